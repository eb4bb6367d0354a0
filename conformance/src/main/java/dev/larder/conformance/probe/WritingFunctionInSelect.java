package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class WritingFunctionInSelect implements Probe {

  @Override
  public String sentence() {
    return "A SELECT that calls a writing function is a write.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    switch (story.product()) {
      case POSTGRESQL ->
          story.given(
              "create function retitle(t text) returns int language plpgsql as"
                  + " $$ begin update book set title = t where id = 1; return 7; end $$");
      case MARIADB, MYSQL ->
          story.given(
              "create function retitle(t varchar(40)) returns int modifies sql data begin"
                  + " update book set title = t where id = 1; return 7; end");
      case H2 ->
          story.given("create alias retitle for 'dev.larder.conformance.probe.H2Code.retitle'");
    }
    story.assertCached(TITLE);
    story.expects("7", "select retitle('v2')");
    story.assertRight(TITLE);
    story.assertCached(TITLE);
    story.expects("7", "select retitle(?)", "v3");
    story.assertRight(TITLE);
    story.assertNeverFromMemory("select retitle('v4')");
  }
}
