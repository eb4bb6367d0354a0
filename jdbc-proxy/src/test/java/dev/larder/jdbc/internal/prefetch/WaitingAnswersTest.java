package dev.larder.jdbc.internal.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is loaded for who is about to ask holds no more than its part of the cache's bound. */
final class WaitingAnswersTest {

  private static final int KEYS = 2_000;
  private static final int LIST = 100;
  private static final long BOUND = 1 << 20;

  @Test
  void nothingIsHeldBeyondTheBoundOfAll() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.prefetch", "on");
    settings.setProperty("larder.cache.max-bytes", Long.toString(BOUND));
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      database.execute(
          "create table book (id int primary key, title varchar(2000))",
          "insert into book select x, repeat('x', 200) from system_range(1, " + KEYS + ")");
      for (int round = 0; round < 3; round++) {
        for (int from = 1; from < KEYS; from += LIST) {
          read(larder, from, round == 2 ? 5 : LIST);
          assertThat(larder.statistics().bytes()).isLessThanOrEqualTo(BOUND);
        }
      }
      Statistics.Prefetches counted = larder.statistics().prefetches();
      assertThat(counted.statements()).isPositive();
      assertThat(counted.used() + counted.inVain()).isLessThanOrEqualTo(counted.answers());
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  private static void read(LarderDataSource larder, int from, int count) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement list =
            connection.prepareStatement("select id from book where id >= ? and id < ?");
        PreparedStatement statement =
            connection.prepareStatement("select title from book where id = ?")) {
      list.setInt(1, from);
      list.setInt(2, from + LIST);
      try (ResultSet ids = list.executeQuery()) {
        for (int i = 0; i < count && ids.next(); i++) {
          statement.setInt(1, ids.getInt(1));
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
          }
        }
      }
    }
  }
}
