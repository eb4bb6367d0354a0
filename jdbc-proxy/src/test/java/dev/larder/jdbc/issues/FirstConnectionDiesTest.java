package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Interception;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Symptom: the first connection of all died while HikariCP asked it for its isolation level.
 * HikariCP remembered level -1, and "Transaction isolation level -1 not supported" was all that
 * anybody got until the process was started again.
 */
class FirstConnectionDiesTest {

  private static final int ATTEMPTS = 5;

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void thePoolRecoversFromADeathAtAnyStep(TestDatabase database) throws SQLException {
    dieAtEachStep(database);
  }

  @Test
  void theSameForAServerOfH2() throws SQLException {
    try (TestDatabase database = Databases.h2Server()) {
      dieAtEachStep(database);
    }
  }

  private static void dieAtEachStep(TestDatabase database) throws SQLException {
    int step = 0;
    boolean died;
    do {
      step++;
      died = die(database, step);
    } while (died);
    assertThat(step).as("steps until the first answer").isGreaterThan(4);
  }

  /** Whether anything was sent at that step before the first answer. */
  private static boolean die(TestDatabase database, int step) throws SQLException {
    AtomicInteger sent = new AtomicInteger();
    try (Relay relay = Relay.to(database)) {
      Interception death =
          relay.onNext(bytes -> sent.incrementAndGet() == step, Relay.Fate.FORWARD_THEN_CUT);
      try (LarderDataSource larder =
          LarderDataSource.builder()
              .url(database.urlThrough(relay))
              .username(database.username())
              .password(database.password())
              .setting(Setting.POOL_MAXIMUM_SIZE, "2")
              .setting(Setting.POOL_CONNECTION_TIMEOUT, "2s")
              .build()) {
        SQLException last = null;
        boolean answered = false;
        for (int attempt = 0; attempt < ATTEMPTS && !answered; attempt++) {
          try {
            answered = read(larder);
          } catch (SQLException e) {
            last = e;
          }
        }
        assertThat(answered).as("after a death at step %s: %s", step, last).isTrue();
        return death.happened();
      }
    }
  }

  private static boolean read(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select 1")) {
      return row.next();
    }
  }
}
