package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Savepoint;

final class SavepointRollback implements Probe {

  @Override
  public String sentence() {
    return "What was undone by ROLLBACK TO SAVEPOINT is not committed, and the rest is.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String second = "select title from book where id = 2";
    story.assertCached(TITLE);
    story.assertCached(second);
    try (Client writer = story.client()) {
      writer.begin();
      writer.run("update book set title = 'v2' where id = 1");
      Savepoint savepoint = writer.connection().setSavepoint("s");
      writer.run("update book set title = 'never' where id = 2");
      writer.expects("never", second);
      writer.connection().rollback(savepoint);
      writer.expects("w1", second);
      writer.expects("v2", TITLE);
      story.expects("w1", second);
      writer.run("savepoint t");
      writer.run("update book set title = 'never' where id = 2");
      writer.run("rollback to savepoint t");
      writer.expects("w1", second);
      writer.commit();
    }
    story.assertRight(TITLE);
    story.assertRight(second);
  }
}
