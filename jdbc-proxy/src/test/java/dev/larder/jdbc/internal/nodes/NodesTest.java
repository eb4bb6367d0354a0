package dev.larder.jdbc.internal.nodes;

import static dev.larder.jdbc.internal.nodes.Neighbour.BOOK;
import static dev.larder.jdbc.internal.nodes.Neighbour.SECRET;
import static dev.larder.jdbc.internal.nodes.Neighbour.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.OpenCommit;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Stamp;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.ValueHash;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Pulse;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What nodes tell each other, and what they believe. */
class NodesTest {

  private static final Duration BOUND = Duration.ofMillis(300);
  private static RedisClient client;
  private static StatefulRedisConnection<String, byte[]> connection;

  private String cluster;

  @BeforeAll
  static void connect() {
    client = RedisClient.create(Neighbour.redis());
    connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
  }

  @AfterAll
  static void disconnect() {
    client.shutdown();
  }

  @BeforeEach
  void name(TestInfo test) {
    cluster = test.getDisplayName() + " " + UUID.randomUUID();
  }

  private String stream() {
    return MessageSeal.streamName(cluster, Neighbour.DATABASE);
  }

  private static RedisCommands<String, byte[]> commands() {
    return connection.sync();
  }

  private void add(byte[] message, byte[] signature) {
    commands()
        .xadd(stream(), Map.of(RedisStream.MESSAGE, message, RedisStream.SIGNATURE, signature));
  }

  @Test
  void aCommitIsOpenElsewhereFromBeforeItIsSentUntilItIsOver() {
    try (Neighbour one = Neighbour.in(cluster);
        Neighbour two = Neighbour.in(cluster)) {
      one.untilCovering();
      two.untilCovering();
      Stamp before = two.settled();
      OpenCommit commit = one.ledger.begin(BOOK);
      until("it is open at the other", () -> two.book.stamp().wasOpen());
      assertThat(before.isCurrent()).isFalse();
      commit.end();
      until("it is over at the other", () -> !two.book.stamp().wasOpen());
      assertThat(two.report().gaps()).as("the first connecting alone").isEqualTo(1);

      Stamp settled = two.settled();
      one.ledger.changed(BOOK, Origin.HOOK);
      until("a hook's word is heard too", () -> !settled.isCurrent());
    }
  }

  @Test
  void aCommitOfSomeRowsLeavesTheOthersWhereTheyAreElsewhere() {
    try (Neighbour one = Neighbour.in(cluster);
        Neighbour two = Neighbour.in(cluster)) {
      one.untilCovering();
      two.untilCovering();
      TrackedFootprint first = two.rowsOfBook(1);
      TrackedFootprint second = two.rowsOfBook(2);
      two.settled();
      until("nothing is open", () -> !first.stamp().wasOpen() && !second.stamp().wasOpen());
      Stamp spared = second.stamp();
      RowChange row = new RowChange(Map.of("id", Set.of(ValueHash.of(1))), null);
      OpenCommit commit = one.ledger.begin(ChangeSet.ofRows(Neighbour.TABLE, row));
      until("it is open at the other", () -> first.stamp().wasOpen());
      assertThat(two.book.stamp().wasOpen()).as("for those who read any row").isTrue();
      commit.end();
      until("it is over at the other", () -> !first.stamp().wasOpen());
      until("for everybody", () -> !two.book.stamp().wasOpen());
      assertThat(spared.isCurrent()).isEqualTo(two.report().gaps() == 1);
    }
  }

  @Test
  void whatANodeOfALaterReleaseSaysIsNeverTakenForNothing() {
    try (Neighbour two = Neighbour.in(cluster)) {
      two.untilCovering();
      MessageSeal seal = new MessageSeal(SECRET, cluster, Neighbour.DATABASE);
      UUID later = UUID.randomUUID();
      byte[] message = new NodeMessage(later, 1, new Changed(BOOK)).toBytes();
      message[0]++;
      add(message, seal.sign(message));
      until("it is noticed", () -> two.report().rejected() == 1);
      until("nothing is covered", () -> !two.covers());
      Stamp before = two.settled();
      byte[] pulse =
          new NodeMessage(
                  later, 2, new Pulse(1, 50, Map.of(two.nodes.node(), Long.MAX_VALUE), Map.of()))
              .toBytes();
      add(pulse, seal.sign(pulse));
      until("it covers again", two::covers);
      assertThat(before.isCurrent()).isFalse();
    }
  }

  @Test
  void aNodeThatDiesBeforeItsCommitIsOverKeepsTheTablesOpenUntilItIsGivenUp() {
    try (Neighbour two =
        new Neighbour(cluster, Neighbour.redis(), SECRET, BOUND, Duration.ofMillis(1_500))) {
      Neighbour one = Neighbour.in(cluster).untilCovering();
      two.untilCovering();
      one.ledger.begin(BOOK);
      until("it is open at the other", () -> two.book.stamp().wasOpen());
      one.vanish();
      until("nothing is covered", () -> !two.covers());
      assertThat(two.book.stamp().wasOpen()).isTrue();
      try (Neighbour three = Neighbour.in(cluster)) {
        until("a newcomer finds it open", () -> three.book.stamp().wasOpen());
        assertThat(three.covers()).isFalse();
      }
      until("it is given up", () -> !two.book.stamp().wasOpen());
      two.untilCovering();
    }
  }

  @Test
  void aNodeThatTakesItsLeaveIsNotWaitedFor() {
    try (Neighbour two = Neighbour.in(cluster)) {
      Neighbour one = Neighbour.in(cluster).untilCovering();
      two.untilCovering();
      one.close();
      two.untilCovering();
      assertThat(two.report().gaps()).isEqualTo(1);
    }
  }

  @Test
  void whatWasTrimmedAwayUnreadIsAGap() {
    RedisServer redis = Databases.redis();
    try (Relay relay = Relay.to(redis.host(), redis.port());
        Neighbour one = Neighbour.in(cluster);
        Neighbour two =
            new Neighbour(
                cluster,
                "redis://127.0.0.1:" + relay.port(),
                SECRET,
                BOUND,
                BOUND.multipliedBy(99))) {
      one.untilCovering();
      two.untilCovering();
      Stamp before = two.settled();
      relay.holdReplies();
      relay.cut();
      one.ledger.begin(BOOK).end();
      commands().xtrim(stream(), 0);
      relay.releaseReplies();
      until("it shows", () -> !before.isCurrent());
      two.untilCovering();
      assertThat(two.report().gaps()).isGreaterThan(1);
    }
  }

  @Test
  void aNodeThatCannotReachTheOthersStillCommitsAndTheyStopToCountOnIt() {
    RedisServer redis = Databases.redis();
    try (Relay relay = Relay.to(redis.host(), redis.port());
        Neighbour one =
            new Neighbour(
                cluster,
                "redis://127.0.0.1:" + relay.port(),
                SECRET,
                BOUND,
                BOUND.multipliedBy(99));
        Neighbour two = Neighbour.in(cluster)) {
      one.untilCovering();
      two.untilCovering();
      Stamp before = two.settled();
      relay.holdReplies();
      relay.cut();
      for (int i = 0; i < 10; i++) {
        one.ledger.begin(BOOK).end();
      }
      until("nothing is covered", () -> !two.covers());
      assertThat(before.isCurrent()).as("nobody could tell").isTrue();
      relay.releaseReplies();
      until("it shows that something is missing", () -> !before.isCurrent());
      two.untilCovering();
    }
  }

  @Test
  void whatIsForgedMalformedRepeatedOrOfAnotherClusterIsDroppedAndCounted() throws Exception {
    try (Neighbour one = Neighbour.in(cluster);
        Neighbour two = Neighbour.in(cluster)) {
      one.untilCovering();
      two.untilCovering();
      Stamp first = two.settled();
      one.ledger.begin(BOOK).end();
      until("it is heard", () -> !first.isCurrent());
      Stamp before = two.settled();
      byte[] message = new NodeMessage(UUID.randomUUID(), 1, new Changed(BOOK)).toBytes();
      byte[] signature = new byte[32];
      MessageSeal seal = new MessageSeal(SECRET, cluster, Neighbour.DATABASE);
      add(message, signature);
      add(
          message,
          new MessageSeal("another secret, as long", cluster, Neighbour.DATABASE).sign(message));
      add(message, new MessageSeal(SECRET, "another cluster", Neighbour.DATABASE).sign(message));
      byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
      add(garbage, garbage);
      add(garbage, seal.sign(garbage));
      commands().xadd(stream(), Map.of("other", garbage));
      StreamMessage<String, byte[]> said = first(one.nodes);
      add(part(said, RedisStream.MESSAGE), part(said, RedisStream.SIGNATURE));
      until("all are counted", () -> two.report().rejected() == 7);
      assertThat(before.isCurrent()).isTrue();
      assertThat(two.report().gaps()).isEqualTo(1);

      add(message, seal.sign(message));
      until("what is genuine is heard", () -> !before.isCurrent());
      assertThat(two.report().rejected()).isEqualTo(7);
    }
  }

  private static byte[] part(StreamMessage<String, byte[]> message, String name) {
    return Objects.requireNonNull(message.getBody().get(name), name);
  }

  private StreamMessage<String, byte[]> first(RedisNodes from) throws MalformedMessageException {
    for (var message : commands().xrange(stream(), Range.unbounded(), Limit.unlimited())) {
      byte[] bytes = part(message, RedisStream.MESSAGE);
      if (NodeMessage.parse(bytes).sender().equals(from.node())) {
        return message;
      }
    }
    throw new AssertionError("it has said nothing");
  }
}
