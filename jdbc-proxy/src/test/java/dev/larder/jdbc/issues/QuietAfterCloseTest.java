package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Symptom: whoever still asked over a data source that was closed made it log that the catalogue
 * cannot be read, and count a failure, although nothing had failed.
 */
class QuietAfterCloseTest {

  @Test
  void aClosedDataSourceIsNoFailureOfTheCache() throws Exception {
    try (TestDatabase database = Databases.h2()) {
      database.execute("create table t (id int primary key)");
      LarderDataSource larder =
          LarderDataSource.builder()
              .url(database.url())
              .username(database.username())
              .password(database.password())
              .build();
      try (Connection early = larder.getConnection();
          Connection late = larder.getConnection()) {
        read(early);
        early.close();

        String log = logged(larder::close, () -> refused(late));

        assertThat(log).doesNotContain("WARN");
        assertThat(larder.statistics().failures()).isZero();
      }
    }
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("select id from t").close();
    }
  }

  private static void refused(Connection connection) {
    try {
      read(connection);
      throw new AssertionError("a closed data source has answered");
    } catch (SQLException closed) {
      assertThat(closed.getSQLState()).isEqualTo("08003");
    }
  }

  /** What is logged meanwhile: the tests' logger writes to standard error. */
  private static String logged(Runnable... works) {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (Runnable work : works) {
        work.run();
      }
    } finally {
      System.setErr(usual);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
