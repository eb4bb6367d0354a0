package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The rules of the protocol, one by one. */
final class LedgerTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "ledger"));
  private final TrackedFootprint book = track(BOOK);
  private final TrackedFootprint author = track(AUTHOR);

  private TrackedFootprint track(TableName... tables) {
    return ledger.track(Footprint.of(List.of(tables), Set.of()));
  }

  private static ChangeSet changeOf(TableName... tables) {
    return ChangeSet.ofTables(List.of(tables));
  }

  @Test
  void aStampIsCurrentUntilACommitBegins() {
    Stamp stamp = book.stamp();
    assertThat(stamp.wasOpen()).isFalse();
    assertThat(stamp.isCurrent()).isTrue();
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    assertThat(stamp.isCurrent()).isFalse();
    commit.end();
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aStampTakenWhileACommitIsOpenIsNeverCurrent() {
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    Stamp stamp = book.stamp();
    assertThat(stamp.wasOpen()).isTrue();
    assertThat(stamp.isCurrent()).isFalse();
    commit.end();
    assertThat(stamp.isCurrent()).isFalse();
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void beginMovesAndOpensInOneWord() {
    Cell cell = new Cell(7);
    long before = cell.word();
    cell.open(8);
    assertThat(Cell.version(cell.word())).isEqualTo(8).isGreaterThan(Cell.version(before));
    assertThat(Cell.isOpen(cell.word())).isTrue();
  }

  @Test
  void endMovesAgain() {
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    long afterBegin = ledger.position();
    commit.end();
    assertThat(ledger.position()).isGreaterThan(afterBegin);
    assertThat(book.unmovedSince(afterBegin)).isFalse();
    assertThat(book.unmovedSince(ledger.position())).isTrue();
  }

  @Test
  void endingTwiceClosesOnce() {
    OpenCommit first = ledger.begin(changeOf(BOOK));
    OpenCommit second = ledger.begin(changeOf(BOOK));
    first.end();
    first.end();
    assertThat(book.stamp().wasOpen()).as("the second is still open").isTrue();
    second.end();
    assertThat(book.stamp().wasOpen()).isFalse();
  }

  @Test
  void aRollbackMovesNothing() {
    // A rollback is the absence of a begin: a change set that was collected and dropped.
    Stamp stamp = book.stamp();
    long position = ledger.position();
    ChangeSet dropped = changeOf(BOOK).plus(changeOf(AUTHOR));
    assertThat(dropped.isEmpty()).isFalse();
    assertThat(stamp.isCurrent()).isTrue();
    assertThat(ledger.position()).isEqualTo(position);
  }

  @Test
  void aCommitOfSeveralTablesOpensAllOfThem() {
    OpenCommit commit = ledger.begin(changeOf(BOOK, AUTHOR));
    assertThat(book.stamp().wasOpen()).isTrue();
    assertThat(author.stamp().wasOpen()).isTrue();
    commit.end();
    assertThat(track(BOOK, AUTHOR).stamp().isCurrent()).isTrue();
  }

  @Test
  void aCommitToAnotherTableLeavesAStampCurrent() {
    Stamp stamp = book.stamp();
    ledger.begin(changeOf(AUTHOR)).end();
    assertThat(stamp.isCurrent()).isTrue();
  }

  @Test
  void oneMovedTableOutdatesAStampOfMany() {
    Stamp both = track(BOOK, AUTHOR).stamp();
    ledger.begin(changeOf(AUTHOR)).end();
    assertThat(both.isCurrent()).isFalse();
  }

  @Test
  void aPositionBetweenBeginAndEndCountsAsMoved() {
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    long snapshot = ledger.position();
    assertThat(book.unmovedSince(snapshot)).as("open").isFalse();
    commit.end();
    assertThat(book.unmovedSince(snapshot)).as("ended after the snapshot").isFalse();
  }

  @Test
  void aCommitThatEndedBeforeThePositionDoesNotCount() {
    ledger.begin(changeOf(BOOK)).end();
    long snapshot = ledger.position();
    assertThat(book.unmovedSince(snapshot)).isTrue();
    ledger.begin(changeOf(AUTHOR)).end();
    assertThat(book.unmovedSince(snapshot)).isTrue();
    ledger.begin(changeOf(BOOK)).end();
    assertThat(book.unmovedSince(snapshot)).isFalse();
  }

  @Test
  void aTableNeverMetBeforeCountsAsMovedJustNow() {
    long before = ledger.position();
    ledger.begin(changeOf(AUTHOR)).end();
    TrackedFootprint unmet = track(new TableName("public", "unmet"));
    assertThat(unmet.unmovedSince(before)).isFalse();
    assertThat(unmet.unmovedSince(ledger.position())).isTrue();
  }

  @Test
  void aChangeOfEverythingOutdatesEveryAnswer() {
    Stamp ofBook = book.stamp();
    Stamp ofNothing = track().stamp();
    Stamp ofDefinitions = ledger.track(Footprint.ofDefinitions()).stamp();
    ledger.begin(ChangeSet.EVERYTHING).end();
    assertThat(ofBook.isCurrent()).isFalse();
    assertThat(ofNothing.isCurrent()).isFalse();
    assertThat(ofDefinitions.isCurrent()).as("data is not definitions").isTrue();
  }

  @Test
  void aChangeOfDefinitionsOutdatesAnswersAndDefinitions() {
    Stamp ofBook = book.stamp();
    Stamp ofDefinitions = ledger.track(Footprint.ofDefinitions()).stamp();
    ledger.begin(ChangeSet.DEFINITIONS).end();
    assertThat(ofBook.isCurrent()).isFalse();
    assertThat(ofDefinitions.isCurrent()).isFalse();
  }

  @Test
  void aTagOutdatesWhatCarriesItAndNothingElse() {
    Stamp tagged = ledger.track(Footprint.of(List.of(BOOK), Set.of("catalog"))).stamp();
    Stamp otherwise = ledger.track(Footprint.of(List.of(BOOK), Set.of("prices"))).stamp();
    Stamp untagged = book.stamp();
    ledger.changed(ChangeSet.ofTag("catalog"), Origin.HOOK);
    assertThat(tagged.isCurrent()).isFalse();
    assertThat(otherwise.isCurrent()).isTrue();
    assertThat(untagged.isCurrent()).isTrue();
  }

  @Test
  void namesAreComparedAsTheCatalogueSpellsThem() {
    Stamp stamp = book.stamp();
    ledger.begin(changeOf(new TableName("public", "Book"), new TableName("other", "book"))).end();
    assertThat(stamp.isCurrent()).isTrue();
  }

  @Test
  void aChangeThatIsAlreadyInTheDatabaseLeavesNothingOpen() {
    Stamp stamp = book.stamp();
    ledger.changed(changeOf(BOOK), Origin.SOURCE);
    assertThat(stamp.isCurrent()).isFalse();
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void listenersHearOfAChangeAfterItsEnd() {
    List<Change> heard = new ArrayList<>();
    List<Boolean> open = new ArrayList<>();
    ledger.onChange(
        change -> {
          heard.add(change);
          open.add(book.stamp().wasOpen());
        });
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    assertThat(heard).isEmpty();
    commit.end();
    commit.end();
    ledger.changed(ChangeSet.ofTag("t"), Origin.HOOK);
    ledger.changed(ChangeSet.NOTHING, Origin.HOOK);
    assertThat(heard)
        .containsExactly(
            new Change(changeOf(BOOK), Origin.COMMIT),
            new Change(ChangeSet.ofTag("t"), Origin.HOOK));
    assertThat(open).containsOnly(false);
  }

  @Test
  void whatAListenerThrowsReachesNeitherTheWriterNorOtherListeners() {
    List<Change> heard = new ArrayList<>();
    ledger.onChange(
        change -> {
          throw new IllegalStateException("deliberate");
        });
    ledger.onChange(
        change -> {
          throw new AssertionError("deliberate");
        });
    ledger.onChange(heard::add);
    OpenCommit commit = ledger.begin(changeOf(BOOK));
    assertThatCode(commit::end).doesNotThrowAnyException();
    assertThat(heard).hasSize(1);
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void aListenerMayWriteItself() {
    List<Change> heard = new ArrayList<>();
    ledger.onChange(
        change -> {
          heard.add(change);
          if (book.footprint().isMetBy(change.changes())) {
            ledger.changed(changeOf(AUTHOR), Origin.HOOK);
          }
        });
    ledger.begin(changeOf(BOOK)).end();
    assertThat(heard).extracting(Change::origin).containsExactly(Origin.COMMIT, Origin.HOOK);
  }

  @Test
  void theCountOfOpenCommitsSticksAtItsBound() {
    List<OpenCommit> commits = new ArrayList<>();
    for (int i = 0; i < 65_540; i++) {
      commits.add(ledger.begin(changeOf(BOOK)));
    }
    assertThat(book.stamp().wasOpen()).isTrue();
    commits.forEach(OpenCommit::end);
    assertThat(book.stamp().wasOpen()).as("uncacheable rather than wrong").isTrue();
    assertThat(author.stamp().isCurrent()).isTrue();
  }

  @Test
  void theCountReturnsToZeroBelowItsBound() {
    List<OpenCommit> commits = new ArrayList<>();
    for (int i = 0; i < 65_534; i++) {
      commits.add(ledger.begin(changeOf(BOOK)));
    }
    commits.forEach(OpenCommit::end);
    assertThat(book.stamp().isCurrent()).isTrue();
  }

  @Test
  void aVersionNeverGoesBackWhenTicksAreWrittenInTheOtherOrder() {
    Cell cell = new Cell(0);
    cell.open(5);
    cell.open(4);
    assertThat(Cell.version(cell.word())).isEqualTo(5);
    cell.close(7);
    cell.close(6);
    assertThat(Cell.version(cell.word())).isEqualTo(7);
    assertThat(Cell.isOpen(cell.word())).isFalse();
  }

  @Test
  void equalIdentitiesShareALedgerAndOthersDoNot() {
    Ledger one = Ledger.of(new DatabaseIdentity("test", "shared"));
    Ledger same = Ledger.of(new DatabaseIdentity("test", "shared"));
    Ledger other = Ledger.of(new DatabaseIdentity("test", "other"));
    assertThat(one).isSameAs(same).isNotSameAs(other);
    assertThat(Ledger.unshared(new DatabaseIdentity("test", "shared"))).isNotSameAs(one);
  }

  @Test
  void aLedgerThatNobodyHoldsIsForgotten() throws InterruptedException {
    WeakReference<Ledger> gone = abandoned();
    for (int i = 0; i < 200 && !gone.refersTo(null); i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(gone.refersTo(null)).isTrue();
  }

  private static WeakReference<Ledger> abandoned() {
    return new WeakReference<>(Ledger.of(new DatabaseIdentity("test", "nobody holds me")));
  }

  @Test
  void aLedgerWithACommitInDoubtIsNotForgotten() throws InterruptedException {
    DatabaseIdentity identity = new DatabaseIdentity("test", "in doubt");
    AtomicBoolean over = new AtomicBoolean();
    leaveInDoubt(identity, over);
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Stamp stamp = Ledger.of(identity).track(Footprint.of(List.of(BOOK), Set.of())).stamp();
    assertThat(stamp.wasOpen()).isTrue();
    over.set(true);
  }

  private static void leaveInDoubt(DatabaseIdentity identity, AtomicBoolean over) {
    Ledger.of(identity)
        .begin(changeOf(BOOK))
        .outcomeUnknown(
            () -> over.get() ? OutcomeProbe.Outcome.FINISHED : OutcomeProbe.Outcome.RUNNING,
            Duration.ofMinutes(1));
  }

  @Test
  void knownTablesAreThoseDependedOnOrBeingWritten() {
    OpenCommit writing = ledger.begin(changeOf(new TableName("s", "written")));
    assertThat(ledger.knownTables())
        .containsExactlyInAnyOrder(BOOK, AUTHOR, new TableName("s", "written"));
    writing.end();
  }
}
