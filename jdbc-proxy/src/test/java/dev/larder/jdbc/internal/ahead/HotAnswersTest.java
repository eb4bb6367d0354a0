package dev.larder.jdbc.internal.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is loaded ahead holds no more than its part of the cache's bound. */
final class HotAnswersTest {

  private static final int KEYS = 1_000;
  private static final long BOUND = 256 << 10;

  @Test
  void nothingIsHeldBeyondTheBoundOfAll() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.max-staleness", "20ms");
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.refresh", "on");
    settings.setProperty("larder.refresh.max-load", "1");
    settings.setProperty("larder.cache.max-bytes", Long.toString(BOUND));
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      database.execute(
          "create table book (id int primary key, title varchar(2000))",
          "insert into book select x, repeat('x', 1000) from system_range(0, " + KEYS + ")");
      long loads = 0;
      for (int round = 0; round < 100 && loads < KEYS; round++) {
        for (int id = 0; id < KEYS; id++) {
          read(larder, id % 100);
          read(larder, id);
        }
        loads = larder.statistics().refreshes().loads();
        assertThat(larder.statistics().bytes()).isLessThanOrEqualTo(BOUND);
      }
      assertThat(loads).isPositive();
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  private static void read(LarderDataSource larder, int id) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select title from book where id = ?")) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
    }
  }
}
