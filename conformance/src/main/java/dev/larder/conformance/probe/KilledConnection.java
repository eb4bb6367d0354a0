package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.SQLException;

final class KilledConnection implements Probe {

  @Override
  public String sentence() {
    return "A connection killed in the middle of its transaction leaves nothing behind.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    Client writer = story.client();
    writer.begin();
    writer.run("update book set title = 'never' where id = 1");
    writer.expects("never", TITLE);
    String number =
        writer.read(
            switch (story.product()) {
              case POSTGRESQL -> "select pg_backend_pid()";
              case MARIADB, MYSQL -> "select connection_id()";
              case H2 -> "select session_id()";
            });
    story.given(
        switch (story.product()) {
          case POSTGRESQL -> "select pg_terminate_backend(" + number + ", 5000)";
          case MARIADB, MYSQL -> "kill " + number;
          case H2 -> "call abort_session(" + number + ")";
        });
    try {
      writer.commit();
    } catch (SQLException asItShould) {
      story.assertRight(TITLE);
    }
    try {
      writer.close();
    } catch (SQLException gone) {
      story.assertRight(TITLE);
    }
    story.assertRight(TITLE);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(TITLE);
  }
}
