package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Histories of several nodes whose common memory is slow, hangs, breaks or is gone: no read fails,
 * none is stale, and who has noticed asks it no more until it is back.
 */
final class TierTroubleTest {

  private static final long SEED = Long.getLong("larder.test.seed", System.nanoTime());
  private static final int ROUNDS = 2;
  private static final int OPERATIONS = 30;

  /** Longer than the deadline, and than what the database takes. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private final TestDatabase database = Databases.h2();
  private final RedisServer redis = Databases.redis();
  private final Relay relay = Relay.to(redis.host(), redis.port());
  private TierNodes all;
  private TierHistory history;

  @BeforeEach
  void begin() throws Exception {
    TierNodes.shelve(database);
    all = new TierNodes(database);
    all.set("larder.tier.redis", "redis://127.0.0.1:" + relay.port());
    history = new TierHistory(all, redis, SEED);
  }

  private void open(String timeout) throws Exception {
    all.set("larder.tier.redis.timeout", timeout);
    for (int i = 0; i < 3; i++) {
      all.open();
    }
    all.meet();
    TierHistory.shelve(all);
    isRight();
  }

  @AfterEach
  void end() throws Exception {
    history.close();
    all.close();
    relay.close();
    database.close();
  }

  private void isRight() throws Exception {
    assertThat(history.run(ROUNDS, OPERATIONS)).isEmpty();
  }

  private void isNoticed() {
    until("it is noticed", () -> all.nodes.stream().allMatch(node -> is(node, "unreachable")));
  }

  private void isBack() {
    until("it is back", () -> all.nodes.stream().allMatch(node -> is(node, "up")));
  }

  /** Whoever is asked nothing notices nothing. */
  private static boolean is(Node node, String state) {
    try {
      node.forget();
      node.title(1);
      return node.state().equals("state: " + state);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itHangs() throws Exception {
    open("40ms");
    Node node = all.nodes.get(0);
    long before = node.count("late");
    relay.holdReplies();
    isRight();
    isNoticed();
    long late = node.count("late");
    assertThat(late - before).as("those who have noticed it").isLessThanOrEqualTo(3);
    isRight();
    assertThat(node.count("late")).as("nobody waits any more").isEqualTo(late);
    relay.releaseReplies();
    isBack();
    isRight();
  }

  @Test
  void itIsSlowerThanAnybodyWaits() throws Exception {
    open("40ms");
    relay.delayReplies(SLOW);
    isRight();
    isNoticed();
    isRight();
    relay.delayReplies(Duration.ZERO);
    isBack();
    isRight();
  }

  @Test
  void itIsSlowerThanTheDatabase() throws Exception {
    open("5s");
    relay.delayReplies(SLOW);
    isRight();
    Node node = all.nodes.get(0);
    until(
        "it is not asked",
        () -> {
          long bypassed = node.count("bypassed");
          node.forget();
          node.title(1);
          return node.count("bypassed") > bypassed;
        });
    assertThat(node.state()).isEqualTo("state: up");
    relay.delayReplies(Duration.ZERO);
    until(
        "it is asked again",
        () -> {
          long hits = node.count("hit");
          all.nodes.get(1).forget();
          all.nodes.get(1).title(2);
          node.forget();
          node.title(2);
          return node.count("hit") > hits;
        });
    isRight();
  }

  @Test
  void itsConnectionsBreakAndThenItIsGone() throws Exception {
    open("40ms");
    relay.cut();
    isRight();
    isBack();
    relay.close();
    isRight();
    isNoticed();
    isRight();
  }
}
