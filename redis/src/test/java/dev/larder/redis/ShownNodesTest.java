package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/** SHOW LARDER NODES shows this node and those that it hears. */
final class ShownNodesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static LarderDataSource node(TestDatabase database) {
    RedisServer redis = Databases.redis();
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "larder-nodes");
    settings.setProperty(
        "larder.invalidation.redis", "redis://" + redis.host() + ":" + redis.port());
    settings.setProperty("larder.invalidation.redis.secret", "a secret of all the nodes");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  /** The nodes, each with whether it is this one. */
  private static Map<String, Boolean> shown(LarderDataSource node) throws SQLException {
    Map<String, Boolean> nodes = new HashMap<>();
    try (Connection connection = node.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show larder nodes")) {
      while (rows.next()) {
        nodes.put(rows.getString("node"), rows.getBoolean("is_this"));
        assertThat(rows.getString("heard_over")).isNotEmpty();
        double silent = rows.getDouble("silent_ms");
        assertThat(rows.wasNull()).isEqualTo(rows.getBoolean("is_this"));
        assertThat(silent).isLessThan(PATIENCE.toMillis());
      }
    }
    return nodes;
  }

  private static void ask(LarderDataSource node) throws SQLException {
    try (Connection connection = node.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  @EachDatabase
  void eachShowsItselfAndTheOther(TestDatabase database) throws SQLException {
    try (LarderDataSource one = node(database);
        LarderDataSource other = node(database)) {
      assertThat(shown(one)).isEmpty();
      ask(one);
      assertThat(shown(one).values()).containsExactly(true);
      ask(other);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (shown(one).size() < 2 || shown(other).size() < 2) {
        assertThat(System.nanoTime() - deadline).as("they heard each other").isNegative();
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(shown(one).keySet()).isEqualTo(shown(other).keySet());
      assertThat(shown(one)).isNotEqualTo(shown(other));
      assertThat(shown(one).values()).containsExactlyInAnyOrder(true, false);
    }
  }
}
