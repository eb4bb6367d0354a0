package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class Rules implements Probe {

  @Override
  public String sentence() {
    return "What a rule makes of a write counts as written.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table log (entry text)",
        "create table other (id int, title text)",
        "insert into other values (1, 'o1')",
        "create rule also as on update to book do also insert into log values (new.title)",
        "create rule instead as on delete to book do instead update other set title = 'o2'");
    story.assertCached("select count(*) from log");
    story.assertCached("select title from other");
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight("select count(*) from log");
    story.through("delete from book where id = 1");
    story.assertRight("select title from other");
    story.assertRight(TITLE);
  }
}
