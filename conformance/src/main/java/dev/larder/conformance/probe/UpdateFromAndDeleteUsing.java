package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class UpdateFromAndDeleteUsing implements Probe {

  @Override
  public String sentence() {
    return "UPDATE and DELETE that join other tables write to the table they name.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table author (id int primary key, name varchar(40))",
        "insert into author values (1, 'Ann')");
    story.assertCached(TITLE);
    story.assertCached("select count(*) from book");
    if (story.product() == Product.POSTGRESQL) {
      story.through("update book b set title = a.name from author a where a.id = b.id");
      story.assertRight(TITLE);
      story.through("delete from book b using author a where a.id = b.id");
    } else {
      story.through("update book b join author a on a.id = b.id set b.title = a.name");
      story.assertRight(TITLE);
      story.through("delete b from book b join author a on a.id = b.id");
    }
    story.assertRight(TITLE);
    story.assertRight("select count(*) from book");
  }
}
