package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class MultiTableWrites implements Probe {

  @Override
  public String sentence() {
    return "A multi-table UPDATE or DELETE writes to all its tables.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table author (id int primary key, name varchar(40))",
        "insert into author values (1, 'Ann'), (2, 'Bob')");
    String name = "select name from author where id = 1";
    story.assertCached(TITLE);
    story.assertCached(name);
    story.through("update book b, author a set b.title = 'v2', a.name = 'Anna' where a.id = b.id");
    story.assertRight(TITLE);
    story.assertRight(name);
    story.assertCached(TITLE);
    story.assertCached(name);
    story.through("delete a, b from author a join book b on a.id = b.id where a.id = 1");
    story.assertRight(TITLE);
    story.assertRight(name);
  }
}
