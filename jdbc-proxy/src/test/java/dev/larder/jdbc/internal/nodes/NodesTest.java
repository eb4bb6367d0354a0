package dev.larder.jdbc.internal.nodes;

import static dev.larder.jdbc.internal.nodes.Neighbour.BOOK;
import static dev.larder.jdbc.internal.nodes.Neighbour.SECRET;
import static dev.larder.jdbc.internal.nodes.Neighbour.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.transport.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What nodes tell each other, and what they believe. */
class NodesTest {

  private static final Duration BOUND = Duration.ofMillis(300);
  private final StreamsInMemory streams = new StreamsInMemory();
  private String cluster;

  @BeforeEach
  void name(TestInfo test) {
    cluster = test.getDisplayName();
  }

  private Neighbour join() {
    return Neighbour.in(cluster, streams.line());
  }

  private String stream() {
    return MessageSigner.streamName(cluster, Neighbour.DATABASE);
  }

  private void add(byte[] message, byte[] signature) {
    streams.add(stream(), message, signature);
  }

  @Test
  void aCommitIsOpenElsewhereFromBeforeItIsSentUntilItIsOver() {
    try (Neighbour one = join();
        Neighbour two = join()) {
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
    try (Neighbour one = join();
        Neighbour two = join()) {
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
    try (Neighbour two = join()) {
      two.untilCovering();
      MessageSigner signer = new MessageSigner(SECRET, cluster, Neighbour.DATABASE);
      UUID later = UUID.randomUUID();
      byte[] message = new NodeMessage(later, 1, new Changed(BOOK)).toBytes();
      message[0]++;
      add(message, signer.sign(message));
      until("it is noticed", () -> two.report().rejected() == 1);
      until("nothing is covered", () -> !two.covers());
      Stamp before = two.settled();
      byte[] heartbeat =
          new NodeMessage(
                  later,
                  2,
                  new Heartbeat(1, 50, Map.of(two.source.node(), Long.MAX_VALUE), Map.of()))
              .toBytes();
      add(heartbeat, signer.sign(heartbeat));
      until("it covers again", two::covers);
      assertThat(before.isCurrent()).isFalse();
    }
  }

  @Test
  void aNodeThatDiesBeforeItsCommitIsOverKeepsTheTablesOpenUntilItIsGivenUp() {
    try (Neighbour two = new Neighbour(cluster, streams.line(), BOUND, Duration.ofMillis(1_500))) {
      Neighbour one = join().untilCovering();
      two.untilCovering();
      one.ledger.begin(BOOK);
      until("it is open at the other", () -> two.book.stamp().wasOpen());
      one.vanish();
      until("nothing is covered", () -> !two.covers());
      assertThat(two.book.stamp().wasOpen()).isTrue();
      try (Neighbour three = join()) {
        until("a newcomer finds it open", () -> three.book.stamp().wasOpen());
        assertThat(three.covers()).isFalse();
      }
      until("it is given up", () -> !two.book.stamp().wasOpen());
      two.untilCovering();
    }
  }

  @Test
  void aNodeThatTakesItsLeaveIsNotWaitedFor() {
    try (Neighbour two = join()) {
      Neighbour one = join().untilCovering();
      two.untilCovering();
      one.close();
      two.untilCovering();
      assertThat(two.report().gaps()).isEqualTo(1);
    }
  }

  @Test
  void whatWasTrimmedAwayUnreadIsAGap() {
    StreamsInMemory.Line line = streams.line();
    try (Neighbour one = join();
        Neighbour two = new Neighbour(cluster, line, BOUND, BOUND.multipliedBy(99))) {
      one.untilCovering();
      two.untilCovering();
      Stamp before = two.settled();
      line.cut();
      one.ledger.begin(BOOK).end();
      streams.clear(stream());
      line.mend();
      until("it shows", () -> !before.isCurrent());
      two.untilCovering();
      assertThat(two.report().gaps()).isGreaterThan(1);
    }
  }

  @Test
  void aNodeThatCannotReachTheOthersStillCommitsAndTheyStopToCountOnIt() {
    StreamsInMemory.Line line = streams.line();
    try (Neighbour one = new Neighbour(cluster, line, BOUND, BOUND.multipliedBy(99));
        Neighbour two = join()) {
      one.untilCovering();
      two.untilCovering();
      Stamp before = two.settled();
      line.cut();
      for (int i = 0; i < 10; i++) {
        one.ledger.begin(BOOK).end();
      }
      until("nothing is covered", () -> !two.covers());
      assertThat(before.isCurrent()).as("nobody could tell").isTrue();
      line.mend();
      until("it shows that something is missing", () -> !before.isCurrent());
      two.untilCovering();
    }
  }

  @Test
  void whatIsForgedMalformedRepeatedOrOfAnotherClusterIsDroppedAndCounted() throws Exception {
    try (Neighbour one = join();
        Neighbour two = join()) {
      one.untilCovering();
      two.untilCovering();
      Stamp first = two.settled();
      one.ledger.begin(BOOK).end();
      until("it is heard", () -> !first.isCurrent());
      Stamp before = two.settled();
      byte[] message = new NodeMessage(UUID.randomUUID(), 1, new Changed(BOOK)).toBytes();
      byte[] signature = new byte[32];
      MessageSigner signer = new MessageSigner(SECRET, cluster, Neighbour.DATABASE);
      add(message, signature);
      add(
          message,
          new MessageSigner("another secret, as long", cluster, Neighbour.DATABASE).sign(message));
      add(message, new MessageSigner(SECRET, "another cluster", Neighbour.DATABASE).sign(message));
      byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
      add(garbage, garbage);
      add(garbage, signer.sign(garbage));
      streams.add(stream(), null, null);
      StreamEntry said = first(one.source);
      streams.add(stream(), said.message(), said.signature());
      until("all are counted", () -> two.report().rejected() == 7);
      assertThat(before.isCurrent()).isTrue();
      assertThat(two.report().gaps()).isEqualTo(1);

      add(message, signer.sign(message));
      until("what is genuine is heard", () -> !before.isCurrent());
      assertThat(two.report().rejected()).isEqualTo(7);
    }
  }

  private StreamEntry first(ClusterSource from) throws MalformedMessageException {
    for (StreamEntry entry : streams.entries(stream())) {
      byte[] message = entry.message();
      if (message != null && NodeMessage.parse(message).sender().equals(from.node())) {
        return entry;
      }
    }
    throw new AssertionError("it has said nothing");
  }
}
