package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TriggerWithDynamicSql implements Probe {

  @Override
  public String sentence() {
    return "A trigger that builds its SQL at run time may write anything.";
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
            + " $$ begin execute 'insert into ' || tg_argv[0] || ' values (1)'; return new; end $$",
        "create trigger t after update on book for each statement execute function note('log')");
    String entries = "select count(*) from log";
    story.assertCached(entries);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(entries);
  }
}
