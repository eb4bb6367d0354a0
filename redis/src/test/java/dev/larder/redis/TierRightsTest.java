package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rights that somebody took away before a node started, of which no stream tells. */
final class TierRightsTest {

  private static final String ALL =
      "select string_agg(body, ',') /* from book */ from note where id < ?";

  private final TestDatabase database = Databases.postgres();

  /** Roles are common to all databases of a server. */
  private final String role = "reader_of_" + database.name();

  private final RedisServer server = Databases.redis();
  private final RedisClient client =
      RedisClient.create("redis://" + server.host() + ":" + server.port());
  private final RedisCommands<byte[], byte[]> redis =
      client.connect(ByteArrayCodec.INSTANCE).sync();

  @AfterEach
  void end() {
    client.shutdown();
    database.close();
  }

  @Test
  void whatWasReadByOtherRightsIsNotUsed() throws Exception {
    assertThat(aNewNode(Map.of())).isEqualTo("null");
  }

  @Test
  void withoutALookAtTheDefinitionsItWouldBe() throws Exception {
    AsmVisitorWrapper never = Advice.to(Never.class).on(named("isFromBefore"));
    assertThat(aNewNode(Map.of("dev.larder.jdbc.internal.tier.HeardChanges", List.of(never))))
        .isEqualTo("told,told too");
  }

  /** What a node answers that looked at a value of before. */
  private String aNewNode(Map<String, List<AsmVisitorWrapper>> changes) throws Exception {
    try (TierNodes all = TierNodes.over(database, 1)) {
      database.execute(
          "create table note (id int primary key, body text)",
          "insert into note values (1, 'told'), (2, 'told too')",
          "alter table note enable row level security",
          "create policy own on note using (true)",
          "create role " + role,
          "grant select on note to " + role);
      Node stays = all.nodes.get(0);
      all.forgetValues();
      until(
          "it is kept",
          () -> {
            stays.forget();
            assertThat(asReader(stays)).isEqualTo("told,told too");
            return !values().isEmpty();
          });
      Map<byte[], byte[]> old = values();
      database.execute("drop policy own on note");
      Node fresh = all.open(changes);
      all.meet();
      String[] answer = new String[1];
      until(
          "it looks there",
          () -> {
            old.forEach(redis::set);
            fresh.forget();
            long looked = fresh.count("hit") + fresh.count("not-heard");
            answer[0] = asReader(fresh);
            return fresh.count("hit") + fresh.count("not-heard") > looked;
          });
      return answer[0];
    }
  }

  private Map<byte[], byte[]> values() {
    Map<byte[], byte[]> all = new HashMap<>();
    for (byte[] key : redis.keys("larder:tier:*")) {
      byte[] value = redis.get(key);
      if (value != null) {
        all.put(key, value);
      }
    }
    return all;
  }

  private String asReader(Node node) throws SQLException {
    try (Connection connection = node.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set role " + role);
      return TierNodes.read(connection, ALL, 10);
    }
  }

  /** Nothing is from before. */
  static final class Never {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = false;
    }
  }
}
