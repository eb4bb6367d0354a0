package dev.larder.redis;

import dev.larder.jdbc.history.MutantLoader;
import dev.larder.jdbc.internal.source.SourceContract;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * What another node writes, heard through a Redis stream. The other node is Larder loaded a second
 * time, with a ledger of its own.
 */
@Tag("long")
class RedisNodesTest extends SourceContract {

  private @Nullable DataSource otherNode;

  @Override
  protected TestDatabase fresh() {
    return Databases.h2();
  }

  @Override
  protected Relay relay(TestDatabase database) {
    RedisServer redis = Databases.redis();
    return Relay.to(redis.host(), redis.port());
  }

  @Override
  protected String[] settings(TestDatabase database, Relay relay) {
    return new String[] {
      "larder.writers", "larder-nodes",
      "larder.commit.quarantine", "2s",
      "larder.invalidation.redis", "redis://127.0.0.1:" + relay.port(),
      "larder.invalidation.redis.cluster", database.name(),
      "larder.invalidation.redis.secret", "correct horse battery staple"
    };
  }

  @Override
  protected DataSource elsewhere(TestDatabase database) {
    if (otherNode == null) {
      RedisServer redis = Databases.redis();
      Properties properties = new Properties();
      String[] settings = settings(database, Relay.to(redis.host(), redis.port()));
      for (int i = 0; i < settings.length; i += 2) {
        properties.setProperty(settings[i], settings[i + 1]);
      }
      properties.setProperty("larder.max-staleness", "300ms");
      otherNode = new MutantLoader(Map.of()).wrap(database.dataSource(), properties);
    }
    return otherNode;
  }

  @AfterEach
  void closeOtherNode() throws Exception {
    if (otherNode instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  protected boolean losesWithTheConnection() {
    return false;
  }

  @Override
  protected String leftovers(Statement statement) throws SQLException {
    RedisServer redis = Databases.redis();
    RedisClient client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    try (var connection = client.connect()) {
      return connection
          .sync()
          .clientList()
          .lines()
          .filter(line -> line.contains("name=larder "))
          .collect(Collectors.joining());
    } finally {
      client.shutdown();
    }
  }
}
