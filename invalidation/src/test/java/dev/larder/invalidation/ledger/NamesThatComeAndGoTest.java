package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Symptom: tags and table names that were given to the hooks were kept for ever: 1.2 million took
 * 104 MB. A name takes memory while something depends on it, and no longer; and what depends on it,
 * however loosely, still follows every change.
 */
final class NamesThatComeAndGoTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final int MANY = 20_000;

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "names"));

  @Test
  void aNameThatNothingDependsOnIsFreed() {
    for (int i = 0; i < MANY; i++) {
      ledger.changed(ChangeSet.ofTables(List.of(new TableName("s", "t" + i))), Origin.HOOK);
    }
    await(
        () -> {
          // Making a cell is what removes those that are gone.
          ledger.changed(
              ChangeSet.ofTables(List.of(new TableName("s", "u" + System.nanoTime()))),
              Origin.HOOK);
          return ledger.knownTables().size() < MANY / 100;
        });
  }

  @Test
  void aTagThatIsDependedOnWhileAChangeToItIsUnderWayWaitsForItsEnd() {
    OpenCommit change = ledger.begin(ChangeSet.ofTag("tag"));
    TrackedFootprint tagged = ledger.track(Footprint.of(List.of(BOOK), Set.of("tag")));
    assertThat(tagged.stamp().wasOpen()).isTrue();
    change.end();
    Stamp stamp = tagged.stamp();
    assertThat(stamp.isCurrent()).isTrue();
    ledger.changed(ChangeSet.ofTag("another"), Origin.HOOK);
    assertThat(stamp.isCurrent()).isTrue();
    ledger.changed(ChangeSet.ofTag("tag"), Origin.HOOK);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aStampAloneKeepsFollowingItsTable() {
    Stamp stamp = ledger.track(Footprint.of(List.of(BOOK), Set.of("tag"))).stamp();
    collect();
    assertThat(stamp.isCurrent()).isTrue();
    ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.HOOK);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aStampAloneKeepsFollowingItsTag() {
    Stamp stamp = ledger.track(Footprint.of(List.of(BOOK), Set.of("tag"))).stamp();
    collect();
    ledger.changed(ChangeSet.ofTag("tag"), Origin.HOOK);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aStampOfRowsAloneKeepsFollowingThem() {
    Stamp five = stampOf(5);
    Stamp six = stampOf(6);
    collect();
    RowChange change = new RowChange(Map.of("id", Set.of(5)), null);
    ledger.changed(ChangeSet.ofRows(BOOK, change), Origin.HOOK);
    assertThat(five.isCurrent()).isFalse();
    assertThat(six.isCurrent()).isTrue();
  }

  @Test
  void aStampOfACachesRowsAloneKeepsFollowingThem() {
    AccessPath rows = Objects.requireNonNull(ledger.trackRowsFor("cache", BOOK, "id", null));
    Stamp stamp =
        ledger
            .track(Footprint.of(List.of(BOOK), Set.of()), Map.of(BOOK, "cache"))
            .narrowed(List.of(new TrackedFootprint.Narrowing(BOOK, rows, new int[] {5})))
            .stamp();
    collect();
    ledger.changed(ChangeSet.ofTables(List.of(BOOK)), Origin.HOOK);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aCommitUnderWayHoldsItsCells() {
    OpenCommit commit = ledger.begin(ChangeSet.ofTables(List.of(BOOK)));
    collect();
    assertThat(ledger.track(Footprint.of(List.of(BOOK), Set.of())).stamp().wasOpen()).isTrue();
    commit.end();
    assertThat(ledger.track(Footprint.of(List.of(BOOK), Set.of())).stamp().wasOpen()).isFalse();
  }

  @Test
  void aSnapshotFromBeforeACommitIsNotServedAfterTheCellWasMadeAnew() {
    long position = ledger.position();
    ledger.begin(ChangeSet.ofTables(List.of(BOOK))).end();
    collect();
    TrackedFootprint book = ledger.track(Footprint.of(List.of(BOOK), Set.of()));
    assertThat(book.unmovedSince(position)).isFalse();
    assertThat(book.unmovedSince(ledger.position())).isTrue();
  }

  @Test
  void thePreparedTransactionThatTheServerForgotIsForgotten() {
    WeakReference<OpenCommit> commit = prepared();
    await(() -> commit.refersTo(null));
  }

  @Test
  void aListenerThatEndedIsFreed() {
    WeakReference<ChangeListener> listener = listenedOnce();
    await(() -> listener.refersTo(null));
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
  }

  private WeakReference<ChangeListener> listenedOnce() {
    int[] heard = new int[1];
    ChangeListener listener = change -> heard[0]++;
    Runnable end = ledger.onChange(listener);
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
    end.run();
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
    assertThat(heard[0]).isEqualTo(1);
    return new WeakReference<>(listener);
  }

  private WeakReference<OpenCommit> prepared() {
    OpenCommit commit = ledger.begin(ChangeSet.ofTables(List.of(BOOK)));
    ledger.prepared("gid", commit, () -> OutcomeProbe.Outcome.FINISHED, Duration.ofDays(1));
    return new WeakReference<>(commit);
  }

  private Stamp stampOf(int id) {
    AccessPath rows = Objects.requireNonNull(ledger.trackRows(BOOK, "id", null));
    return ledger
        .track(Footprint.of(List.of(BOOK), Set.of()))
        .narrowed(List.of(new TrackedFootprint.Narrowing(BOOK, rows, new int[] {id})))
        .stamp();
  }

  /** Collects whatever can be: an object made before is gone by then. */
  private static void collect() {
    WeakReference<Object> gone = new WeakReference<>(new Object());
    await(() -> gone.refersTo(null));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("in time").isNegative();
      System.gc();
      Thread.onSpinWait();
    }
  }
}
