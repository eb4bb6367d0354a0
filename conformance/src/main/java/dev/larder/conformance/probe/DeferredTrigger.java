package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class DeferredTrigger implements Probe {

  @Override
  public String sentence() {
    return "A trigger that fires at COMMIT writes at COMMIT.";
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
        "create function note() returns trigger language plpgsql as"
            + " $$ begin insert into log values (new.title); return new; end $$",
        "create constraint trigger t after update on book deferrable initially deferred"
            + " for each row execute function note()");
    String entries = "select count(*) from log";
    story.assertCached(entries);
    try (Client client = story.client()) {
      client.begin();
      client.run("update book set title = 'v2' where id = 1");
      story.assertRight(entries);
      client.commit();
    }
    story.assertRight(entries);
  }
}
