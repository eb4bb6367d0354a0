package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class DomainColumns implements Probe {

  @Override
  public String sentence() {
    return "A column of a user-defined domain is as fresh as any other.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create domain title_text as varchar(40) check (value <> '')",
        "create table book (id int primary key, title title_text)",
        "insert into book values (1, 'v1')");
    story.assertCached(TITLE);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.through("alter table book alter column title set data type varchar(1) using 'x'");
    story.assertRight(TITLE);
  }
}
