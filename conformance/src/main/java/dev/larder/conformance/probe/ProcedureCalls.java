package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;

final class ProcedureCalls implements Probe {

  @Override
  public String sentence() {
    return "A procedure that writes is a write, called in SQL or in JDBC's words.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    switch (story.product()) {
      case POSTGRESQL ->
          story.given(
              "create procedure retitle(t text) language plpgsql as"
                  + " $$ begin update book set title = t where id = 1; end $$");
      case MARIADB, MYSQL ->
          story.given(
              "create procedure retitle(t varchar(40)) update book set title = t where id = 1");
      case H2 ->
          story.given("create alias retitle for 'dev.larder.conformance.probe.H2Code.retitle'");
    }
    story.assertCached(TITLE);
    story.through("call retitle('v2')");
    story.assertRight(TITLE);
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      // pgjdbc calls procedures in SQL's words only.
      client.call(
          story.product() == Product.POSTGRESQL ? "call retitle('v3')" : "{call retitle('v3')}");
    }
    story.assertRight(TITLE);
  }
}
