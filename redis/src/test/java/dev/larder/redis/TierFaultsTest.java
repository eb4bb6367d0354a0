package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost, changed, exchanged or put back in Redis, and a Redis that is not there. */
final class TierFaultsTest {

  /** 32 bytes, told by 64 letters. */
  private static final int NAME = 43;

  private final TestDatabase database = Databases.h2();
  private final RedisServer redis = Databases.redis();
  private final RedisClient client =
      RedisClient.create("redis://" + redis.host() + ":" + redis.port());
  private final RedisCommands<byte[], byte[]> commands =
      client.connect(ByteArrayCodec.INSTANCE).sync();

  @BeforeEach
  void nothingOfOtherTests() {
    keys().forEach(commands::del);
  }

  @AfterEach
  void end() {
    client.shutdown();
    database.close();
  }

  /** A lease has a longer name than a value. */
  private List<byte[]> keys() {
    return commands.keys("larder:tier:*").stream()
        .filter(key -> key.length == "larder:tier:".length() + NAME)
        .toList();
  }

  /** Another node, for which everything was put into the tier by the first. */
  private static Node other(TierNodes all) {
    return all.nodes.get(1);
  }

  private static Node one(TierNodes all) {
    return all.nodes.get(0);
  }

  /** The key under which what was kept since then is. */
  private byte[] keyOf(TierNodes all, int id) throws Exception {
    List<byte[]> before = keys();
    one(all).kept(id);
    List<byte[]> fresh =
        keys().stream().filter(key -> before.stream().noneMatch(b -> equal(b, key))).toList();
    assertThat(fresh).hasSize(1);
    return fresh.get(0);
  }

  private static boolean equal(byte[] a, byte[] b) {
    return Arrays.equals(a, b);
  }

  @Test
  void keysAndValuesTellNothing() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      one(all).write("update book set title = 'a telling title' where id = 1");
      byte[] key = keyOf(all, 1);
      String shown =
          new String(key, StandardCharsets.ISO_8859_1)
              + new String(commands.get(key), StandardCharsets.ISO_8859_1);
      assertThat(shown).doesNotContain("book", "telling", "select", "shelf");
      assertThat(commands.pttl(key)).isPositive();
    }
  }

  @Test
  void aValueThatWasChangedIsNotUsed() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      byte[] key = keyOf(all, 1);
      byte[] value = commands.get(key);
      for (int at = 0; at < value.length; at += 7) {
        byte[] changed = value.clone();
        changed[at] ^= 1;
        commands.set(key, changed);
        Node fresh = other(all);
        // It puts a good one there, which the next round changes again.
        assertThat(fresh.kept(1)).isEqualTo("v0");
        fresh.forget();
      }
      assertThat(other(all).count("hit")).isZero();
      assertThat(other(all).count("tampered") + other(all).count("another-form")).isPositive();
    }
  }

  @Test
  void aValueOfAnotherKeyIsNotUsed() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      byte[] one = keyOf(all, 1);
      byte[] two = keyOf(all, 2);
      byte[] value = commands.get(one);
      commands.set(one, commands.get(two));
      commands.set(two, value);
      assertThat(other(all).title(1)).isEqualTo("v0");
      assertThat(other(all).title(2)).isEqualTo("w0");
      assertThat(other(all).count("hit")).isZero();
      assertThat(other(all).count("tampered")).isEqualTo(2);
    }
  }

  @Test
  void anOldValueThatIsPutBackIsNotUsed() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      Map<byte[], byte[]> old = new HashMap<>();
      byte[] key = keyOf(all, 1);
      old.put(key, commands.get(key));
      // On a busy machine the tier is not asked each time.
      for (int i = 1; i <= 5 || (other(all).count("changed") == 0 && i <= 500); i++) {
        String title = "v" + i;
        one(all).write("update book set title = '" + title + "' where id = 1");
        commands.set(key, old.get(key));
        assertThat(one(all).title(1)).isEqualTo(title);
        commands.set(key, old.get(key));
        until("the other hears", () -> other(all).title(1).equals(title));
      }
      assertThat(other(all).count("changed")).isPositive();
    }
  }

  @Test
  void afterAFlushNothingIsStaleAndTheTierFillsAgain() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      one(all).kept(1);
      commands.flushall();
      assertThat(other(all).title(1)).isEqualTo("v0");
      one(all).write("update book set title = 'v1' where id = 1");
      assertThat(one(all).title(1)).isEqualTo("v1");
      until("the other hears", () -> other(all).title(1).equals("v1"));
      until(
          "what is kept is used again",
          () -> {
            one(all).forget();
            one(all).title(2);
            other(all).forget();
            return other(all).title(2).equals("w0") && other(all).count("hit") > 0;
          });
    }
  }

  /** Who has the lease has died, and the lease lives on: the others ask the database in the end. */
  @Test
  void aLeaseOfOneWhoIsGoneIsWaitedForAndNoLonger() throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      Node node = other(all);
      node.below.delay(Duration.ofMillis(40));
      byte[] lease = leaseOf(keyOf(all, 1));
      until(
          "it has waited",
          () -> {
            leaseIsHeld(lease, node);
            long queries = node.below.queries();
            assertThat(node.title(1)).isEqualTo("v0");
            assertThat(node.below.queries()).isEqualTo(queries + 1);
            return node.count("waited") > 0;
          });
      assertThat(commands.get(lease))
          .as("it is not its own to give back")
          .isEqualTo(new byte[] {1});
    }
  }

  /** Where nobody is to wait for another's load, that of another node is one. */
  @Test
  void noLeaseIsWaitedForWhereNoLoadIs() throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      all.set("larder.cache.max-load-wait", "0s");
      all.open();
      all.open();
      all.meet();
      Node node = other(all);
      node.below.delay(Duration.ofMillis(40));
      byte[] lease = leaseOf(keyOf(all, 1));
      until(
          "it has looked into the tier often",
          () -> {
            leaseIsHeld(lease, node);
            assertThat(node.title(1)).isEqualTo("v0");
            return node.count("absent") > 20;
          });
      assertThat(node.count("waited")).isZero();
    }
  }

  /** Nothing is kept, and somebody loads it who is not there. */
  private void leaseIsHeld(byte[] lease, Node node) {
    keys().forEach(commands::del);
    commands.set(lease, new byte[] {1}, SetArgs.Builder.ex(600));
    node.forget();
  }

  private static byte[] leaseOf(byte[] key) {
    int prefix = "larder:tier:".length();
    byte[] name = Base64.getUrlDecoder().decode(Arrays.copyOfRange(key, prefix, key.length));
    byte[] lease = Arrays.copyOf(name, name.length + 1);
    lease[name.length] = 'l';
    String text = "larder:tier:" + Base64.getUrlEncoder().withoutPadding().encodeToString(lease);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void anotherSecretReadsNothingAndAnOldOneStillReads() throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      Node first = all.open();
      Node stranger = all.set("larder.tier.redis.secret", "quite another secret here").open();
      Node rotated =
          all.set(
                  "larder.tier.redis.secret",
                  "the secret of tomorrow and later, " + TierNodes.SECRET)
              .open();
      all.meet();
      assertThat(first.kept(1)).isEqualTo("v0");
      assertThat(stranger.title(1)).isEqualTo("v0");
      assertThat(stranger.count("hit")).isZero();
      assertThat(rotated.title(1)).isEqualTo("v0");
      assertThat(rotated.count("hit")).isEqualTo(1);
    }
  }

  @Test
  void aRedisThatHangsCostsNoErrorAndNothingStale() throws Exception {
    Relay relay = Relay.to(redis.host(), redis.port());
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      all.set("larder.tier.redis", "redis://127.0.0.1:" + relay.port());
      all.set("larder.tier.redis.timeout", "50ms");
      all.open();
      all.open();
      all.meet();
      one(all).kept(1);
      relay.holdReplies();
      one(all).write("update book set title = 'v1' where id = 1");
      for (int id = 1; id <= 3; id++) {
        one(all).title(id);
      }
      assertThat(one(all).title(1)).isEqualTo("v1");
      until("the other hears", () -> other(all).title(1).equals("v1"));
      until("it is noticed", () -> one(all).state().equals("state: unreachable"));
      long late = one(all).count("late");
      one(all).forget();
      assertThat(one(all).title(1)).isEqualTo("v1");
      assertThat(one(all).count("late")).as("nobody waits any more").isEqualTo(late);
      relay.releaseReplies();
      until("it is back", () -> one(all).state().equals("state: up"));
      relay.cut();
      assertThat(one(all).title(3)).isEqualTo("x0");
      until("it is back again", () -> keptAndUsed(all));
    } finally {
      relay.close();
    }
  }

  private static boolean keptAndUsed(TierNodes all) throws Exception {
    long hits = other(all).count("hit");
    one(all).forget();
    one(all).title(2);
    other(all).forget();
    other(all).title(2);
    return other(all).count("hit") > hits;
  }

  @Test
  void aRedisThatWasNeverThereCostsNoError() throws Exception {
    TierNodes.shelve(database);
    try (TierNodes all = new TierNodes(database)) {
      Node node = all.set("larder.tier.redis", "redis://127.0.0.1:1").open();
      assertThat(node.title(1)).isEqualTo("v0");
      assertThat(node.state()).isEqualTo("state: unreachable");
      node.write("update book set title = 'v1' where id = 1");
      assertThat(node.title(1)).isEqualTo("v1");
    }
  }
}
