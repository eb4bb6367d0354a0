package dev.larder.invalidation.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.SourceReport.State;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watch makes of a source that behaves, and of one that does not. */
class SourceWatchTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "watch"));
  private final TrackedFootprint book = ledger.track(Footprint.of(Set.of(BOOK), Set.of()));
  private final TrackedFootprint author = ledger.track(Footprint.of(Set.of(AUTHOR), Set.of()));
  private final ScriptedSource source = new ScriptedSource();
  private final AtomicBoolean definitionsKnown = new AtomicBoolean(true);
  private SourceWatch watch = new SourceWatch(source, ledger, A_MINUTE);
  private Coverage coverage = new Coverage(List.of(watch), since -> definitionsKnown.get());

  @AfterEach
  void close() {
    watch.close();
  }

  private void begin(Duration maxStaleness) {
    watch = new SourceWatch(source, ledger, maxStaleness);
    coverage = new Coverage(List.of(watch), since -> definitionsKnown.get());
    watch.start();
  }

  @Test
  void aLiveSourceLiftsTheAgeBound() {
    assertThat(coverage.allowedAge(book, SECOND)).isEqualTo(SECOND);
    begin(A_MINUTE);
    until(() -> covers(book));
    assertThat(watch.report().state()).isEqualTo(State.COVERING);
    assertThat(watch.report().lag()).isPositive();
    assertThat(Coverage.NONE.allowedAge(book, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void whatItReportsMovesItsCells() {
    begin(A_MINUTE);
    until(() -> covers(book));
    Stamp before = book.stamp();
    Stamp other = author.stamp();
    source.wire.add(sink -> sink.changed(ChangeSet.ofTables(Set.of(BOOK))));
    until(() -> !before.isCurrent());
    assertThat(other.isCurrent()).isTrue();
    assertThat(watch.report().changes()).isEqualTo(1);
  }

  @Test
  void whatNotEverybodySeesYetStaysOpen() {
    begin(A_MINUTE);
    until(() -> covers(book));
    AtomicReference<OpenCommit> arriving = new AtomicReference<>();
    source.wire.add(sink -> arriving.set(sink.opened(ChangeSet.ofTables(Set.of(BOOK)))));
    until(() -> arriving.get() != null);
    assertThat(book.stamp().wasOpen()).isTrue();
    source.wire.add(sink -> requireNonNull(arriving.get()).end());
    until(() -> !book.stamp().wasOpen());
    source.wire.add(sink -> sink.opened(ChangeSet.ofTables(Set.of(BOOK))));
    until(() -> book.stamp().wasOpen());
    source.refuses = true;
    source.cut();
    until(() -> !book.stamp().wasOpen());
    assertThat(covers(book)).isFalse();
  }

  @Test
  void connectingDistrustsEverythingBefore() {
    Stamp before = book.stamp();
    begin(A_MINUTE);
    until(() -> covers(book));
    assertThat(before.isCurrent()).isFalse();
    Stamp between = book.stamp();
    source.cut();
    until(() -> source.connects.get() == 2 && covers(book));
    assertThat(between.isCurrent()).isFalse();
    assertThat(watch.report().gaps()).isEqualTo(2);
  }

  @Test
  void aGapWithinASessionDistrustsEverythingToo() {
    begin(A_MINUTE);
    until(() -> covers(book));
    Stamp before = book.stamp();
    source.wire.add(sink -> sink.gap("trimmed"));
    until(() -> !before.isCurrent());
    assertThat(source.connects).hasValue(1);
  }

  @Test
  void whatALostSourceHadProvenIsRememberedUntilTheNextDistrustsIt() {
    assertThat(coverage.lastProven(book, SECOND)).isEmpty();
    begin(A_MINUTE);
    until(() -> covers(book));
    assertThat(coverage.lastProven(book, SECOND)).isPresent();
    source.refuses = true;
    source.cut();
    until(() -> watch.report().state() == State.DISCONNECTED && !covers(book));
    long last = coverage.lastProven(book, SECOND).orElseThrow();
    assertThat(last - System.nanoTime()).isNegative();
    definitionsKnown.set(false);
    assertThat(coverage.lastProven(book, SECOND)).isEmpty();
    definitionsKnown.set(true);
    Stamp between = book.stamp();
    source.refuses = false;
    until(() -> covers(book));
    assertThat(between.isCurrent()).isFalse();
    assertThat(coverage.lastProven(book, SECOND).orElseThrow() - last).isPositive();
  }

  @Test
  void aLostSourceCoversNothingFromThatMoment() {
    begin(A_MINUTE);
    until(() -> covers(book));
    source.refuses = true;
    source.cut();
    until(() -> watch.report().state() == State.DISCONNECTED);
    assertThat(covers(book)).isFalse();
    until(() -> watch.report().problem() != null);
    assertThat(watch.report().problem()).isIn("cut", "refused");
    source.refuses = false;
    until(() -> covers(book));
    until(() -> watch.report().problem() == null);
  }

  @Test
  void aSourceThatAcceptsAndSaysNothingNeverCoversAndIsTriedAgain() {
    source.answersMarks = false;
    begin(Duration.ofMillis(100));
    until(() -> source.connects.get() > 1);
    assertThat(coverage.allowedAge(book, 100_000_000L)).isEqualTo(100_000_000L);
    assertThat(watch.report().problem()).contains("no sign of life");
    source.answersMarks = true;
    until(() -> covers(book));
  }

  @Test
  void aSilentSourceProvesNothingNewer() {
    begin(A_MINUTE);
    until(() -> covers(book));
    source.answersMarks = false;
    long asked = System.nanoTime();
    // Marks that were answered before may still be on the wire.
    source.wire.add(sink -> sink.warning(null));
    until(() -> source.wire.isEmpty());
    assertThat(watch.isProven(book, asked + SECOND)).isFalse();
    assertThat(watch.isProven(book, asked - 600 * SECOND)).isTrue();
  }

  @Test
  void repeatedAndReorderedSignsOfLifeProveNothingNew() {
    source.answersMarks = false;
    begin(A_MINUTE);
    until(() -> source.lastMark >= 2);
    long asked = System.nanoTime();
    source.wire.add(sink -> sink.marked(2));
    source.wire.add(sink -> sink.marked(1));
    source.wire.add(sink -> sink.marked(2));
    source.wire.add(sink -> sink.marked(Long.MAX_VALUE));
    until(() -> source.wire.isEmpty());
    until(() -> watch.isProven(book, asked - 600 * SECOND));
    assertThat(watch.isProven(book, asked)).isFalse();
  }

  @Test
  void repeatedAndReorderedChangesOnlyForgetMore() {
    begin(A_MINUTE);
    until(() -> covers(book));
    Stamp before = book.stamp();
    AtomicReference<OpenCommit> first = new AtomicReference<>();
    source.wire.add(sink -> first.set(sink.opened(ChangeSet.ofTables(Set.of(BOOK)))));
    source.wire.add(sink -> sink.changed(ChangeSet.ofTables(Set.of(BOOK))));
    source.wire.add(sink -> requireNonNull(first.get()).end());
    source.wire.add(sink -> requireNonNull(first.get()).end());
    until(() -> watch.report().changes() == 2 && !book.stamp().wasOpen());
    assertThat(before.isCurrent()).isFalse();
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void whatIsOutOfReachKeepsTheAgeBound() {
    source.reach = Reach.of(Set.of(BOOK));
    begin(A_MINUTE);
    until(() -> covers(book));
    assertThat(covers(author)).isFalse();
    source.reach = Reach.of(Set.of(BOOK, AUTHOR));
    until(() -> covers(author));
  }

  @Test
  void definitionsThatNobodyCanVouchForKeepTheAgeBound() {
    begin(A_MINUTE);
    until(() -> covers(book));
    definitionsKnown.set(false);
    assertThat(covers(book)).isFalse();
  }

  @Test
  void messagesThatAreDroppedAreCounted() {
    begin(A_MINUTE);
    source.wire.add(sink -> sink.rejected("malformed"));
    until(() -> watch.report().rejected() == 1);
    until(() -> covers(book));
  }

  @Test
  void closingEndsTheSession() {
    begin(A_MINUTE);
    until(() -> covers(book));
    watch.close();
    assertThat(covers(book)).isFalse();
    assertThat(watch.report().state()).isEqualTo(State.CLOSED);
    assertThat(source.closes.get()).isPositive();
  }

  /** Whether an answer of any age may be served, with the widest bound. */
  private boolean covers(TrackedFootprint footprint) {
    long bound = A_MINUTE.toNanos();
    return coverage.allowedAge(footprint, bound) == Long.MAX_VALUE;
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20 * SECOND;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
