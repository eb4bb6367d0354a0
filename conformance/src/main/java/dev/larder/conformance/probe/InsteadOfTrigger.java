package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class InsteadOfTrigger implements Probe {

  @Override
  public String sentence() {
    return "A write to a view with an INSTEAD OF trigger is whatever the trigger does.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("create view titles as select id, title from book where id > 0");
    if (story.product() == Product.POSTGRESQL) {
      story.given(
          "create function instead() returns trigger language plpgsql as"
              + " $$ begin update book set title = new.title where id = 1; return new; end $$",
          "create trigger t instead of insert on titles for each row execute function instead()");
    } else {
      story.given(
          "create trigger t instead of insert on titles for each row call"
              + " 'dev.larder.conformance.probe.H2Code$Instead'");
    }
    story.assertCached(TITLE);
    story.through("insert into titles values (9, 'v2')");
    story.assertRight(TITLE);
  }
}
