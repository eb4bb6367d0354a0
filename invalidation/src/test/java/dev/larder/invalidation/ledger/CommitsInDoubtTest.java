package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.OutcomeProbe.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Commits that got no answer: uncacheable until the server is known to have finished. */
final class CommitsInDoubtTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final ChangeSet CHANGES = ChangeSet.ofTables(List.of(BOOK));
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "doubt"));
  private final TrackedFootprint book = ledger.track(Footprint.of(List.of(BOOK), Set.of()));

  /** A server whose answer the test decides. */
  private static final class Server implements OutcomeProbe {
    final AtomicInteger asked = new AtomicInteger();
    volatile Outcome answer;

    Server(Outcome answer) {
      this.answer = answer;
    }

    @Override
    public Outcome ask() {
      asked.incrementAndGet();
      return answer;
    }
  }

  @Test
  void whatTheServerHasFinishedMovesAndCloses() {
    List<Change> heard = new CopyOnWriteArrayList<>();
    ledger.onChange(heard::add);
    OpenCommit commit = ledger.begin(CHANGES);
    long position = ledger.position();
    commit.outcomeUnknown(new Server(Outcome.FINISHED), FOR_EVER);
    await(() -> !book.stamp().wasOpen());
    assertThat(book.unmovedSince(position)).isFalse();
    await(() -> ledger.commitsInDoubt() == 0 && !heard.isEmpty());
    assertThat(heard).containsExactly(new Change(CHANGES, Origin.UNKNOWN_OUTCOME));
  }

  @Test
  void whatIsRunningStaysOpenWhateverTheQuarantine() {
    staysOpenUntilFinished(Outcome.RUNNING, Duration.ofMillis(1));
  }

  @Test
  void aServerThatCannotBeAskedIsAskedAgainWhateverTheQuarantine() {
    staysOpenUntilFinished(Outcome.NO_ANSWER, Duration.ofMillis(1));
  }

  @Test
  void aServerThatCannotTellIsWaitedForAsLongAsTheQuarantine() {
    staysOpenUntilFinished(Outcome.CANNOT_TELL, FOR_EVER);
    OpenCommit commit = ledger.begin(CHANGES);
    long begun = System.nanoTime();
    commit.outcomeUnknown(new Server(Outcome.CANNOT_TELL), Duration.ofMillis(100));
    await(() -> !book.stamp().wasOpen());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(99));
  }

  private void staysOpenUntilFinished(Outcome outcome, Duration quarantine) {
    Server server = new Server(outcome);
    ledger.begin(CHANGES).outcomeUnknown(server, quarantine);
    await(() -> server.asked.get() >= 3);
    assertThat(book.stamp().wasOpen()).isTrue();
    assertThat(ledger.commitsInDoubt()).isEqualTo(1);
    server.answer = Outcome.FINISHED;
    await(() -> !book.stamp().wasOpen());
  }

  @Test
  void aProbeThatThrowsIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    ledger
        .begin(CHANGES)
        .outcomeUnknown(
            () -> {
              switch (asked.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("deliberate");
                case 2 -> throw new AssertionError("deliberate");
                default -> {
                  return Outcome.FINISHED;
                }
              }
            },
            Duration.ofMillis(1));
    await(() -> asked.get() >= 3 && !book.stamp().wasOpen());
  }

  @Test
  void anotherCommitThatEndsDoesNotCloseTheOneInDoubt() {
    Server server = new Server(Outcome.RUNNING);
    ledger.begin(CHANGES).outcomeUnknown(server, FOR_EVER);
    ledger.begin(CHANGES).end();
    assertThat(book.stamp().wasOpen()).isTrue();
    server.answer = Outcome.FINISHED;
    await(() -> !book.stamp().wasOpen());
  }

  @Test
  void aCommitThatHasEndedIsNotDoubted() {
    OpenCommit commit = ledger.begin(CHANGES);
    commit.end();
    Server server = new Server(Outcome.RUNNING);
    commit.outcomeUnknown(server, FOR_EVER);
    assertThat(ledger.commitsInDoubt()).isZero();
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void whatIsPreparedStaysOpenUntilItIsTakenAndEnded() {
    OpenCommit commit = ledger.begin(CHANGES);
    ledger.prepared("tx", commit, new Server(Outcome.RUNNING), Duration.ofMillis(1));
    assertThat(book.stamp().wasOpen()).isTrue();
    OpenCommit taken = Objects.requireNonNull(ledger.takePrepared("tx"));
    assertThat(taken).isSameAs(commit);
    assertThat(ledger.takePrepared("tx")).isNull();
    assertThat(book.stamp().wasOpen()).isTrue();
    taken.end();
    assertThat(book.stamp().isCurrent()).isTrue();
    await(() -> ledger.commitsInDoubt() == 0);
  }

  @Test
  void whatIsPutBackCanBeTakenAgain() {
    OpenCommit commit = ledger.begin(CHANGES);
    ledger.prepared("tx", commit, new Server(Outcome.RUNNING), FOR_EVER);
    OpenCommit taken = Objects.requireNonNull(ledger.takePrepared("tx"));
    ledger.keepPrepared("tx", taken);
    assertThat(ledger.takePrepared("tx")).isSameAs(commit);
    commit.end();
  }

  @Test
  void whatTheServerKnowsNoMoreIsNoLongerPrepared() {
    OpenCommit commit = ledger.begin(CHANGES);
    ledger.prepared("tx", commit, new Server(Outcome.FINISHED), FOR_EVER);
    await(() -> !book.stamp().wasOpen());
    assertThat(ledger.takePrepared("tx")).isNull();
  }

  @Test
  void aNameNobodyPreparedIsUnknown() {
    assertThat(ledger.takePrepared("never")).isNull();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
