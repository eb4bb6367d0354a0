package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever accounts for the rows it writes is not disturbed by them; everybody else is. */
class ExemptCachesTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");
  private static final ChangeSet BOOKS = ChangeSet.ofTables(Set.of(BOOK));
  private static final ChangeSet BY_A = BOOKS.exempting("a", BOOK);

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "caches"));

  private TrackedFootprint trackedBy(String cache) {
    return ledger.track(Footprint.of(Set.of(BOOK), Set.of()), Map.of(BOOK, cache));
  }

  @Test
  void aCachesOwnChangeMovesAllButItsOwn() {
    Stamp a = trackedBy("a").stamp();
    Stamp b = trackedBy("b").stamp();
    Stamp plain = ledger.track(Footprint.of(Set.of(BOOK), Set.of())).stamp();
    OpenCommit open = ledger.begin(BY_A);
    assertThat(a.isCurrent()).isTrue();
    assertThat(b.isCurrent()).isFalse();
    assertThat(plain.isCurrent()).isFalse();
    assertThat(trackedBy("b").stamp().wasOpen()).isTrue();
    open.end();
    assertThat(a.isCurrent()).isTrue();
    assertThat(trackedBy("b").stamp().wasOpen()).isFalse();
  }

  @Test
  void anybodyElsesChangeMovesEverybody() {
    Stamp a = trackedBy("a").stamp();
    ledger.changed(BOOKS, Origin.HOOK);
    assertThat(a.isCurrent()).isFalse();
    Stamp again = trackedBy("a").stamp();
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
    assertThat(again.isCurrent()).isFalse();
  }

  @Test
  void aTransactionIsKeptOnlyWhereAllItsWritesAre() {
    assertThat(BY_A.plus(BY_A).exemptCaches()).containsEntry(BOOK, "a");
    assertThat(BY_A.plus(BOOKS).exemptCaches()).isEmpty();
    assertThat(BOOKS.plus(BY_A).exemptCaches()).isEmpty();
    assertThat(BY_A.plus(BOOKS.exempting("b", BOOK)).exemptCaches()).isEmpty();
    ChangeSet both = BY_A.plus(ChangeSet.ofTables(Set.of(AUTHOR)));
    assertThat(both.exemptCaches()).containsOnlyKeys(BOOK);
    assertThat(ChangeSet.NOTHING.plus(BY_A)).isEqualTo(BY_A);
    assertThat(both.plus(ChangeSet.EVERYTHING).scopes()).contains(Scope.EVERYTHING);
  }

  @Test
  void aCommitThatBeganBeforeACacheWasThereIsWaitedFor() {
    OpenCommit before = ledger.begin(BOOKS);
    TrackedFootprint late = trackedBy("late");
    assertThat(late.stamp().wasOpen()).isTrue();
    assertThat(late.lastMove()).isEqualTo(Long.MAX_VALUE);
    before.end();
    Stamp stamp = late.stamp();
    assertThat(stamp.wasOpen()).isFalse();
    assertThat(stamp.isCurrent()).isTrue();
    ledger.changed(BOOKS, Origin.COMMIT);
    assertThat(stamp.isCurrent()).isFalse();
  }

  private TrackedFootprint row(String cache, long id) {
    AccessPath rows = ledger.trackRowsFor(cache, BOOK, "id", null);
    return trackedBy(cache)
        .narrowed(
            List.of(
                new TrackedFootprint.Narrowing(
                    BOOK, Objects.requireNonNull(rows), new int[] {ValueHash.of(id)})));
  }

  private static ChangeSet change(long id) {
    return ChangeSet.ofRows(BOOK, new RowChange(Map.of("id", Set.of(ValueHash.of(id))), null));
  }

  @Test
  void ofARowACacheDependsOnWhatOthersChangeInIt() {
    Stamp one = row("a", 1).stamp();
    Stamp two = row("a", 2).stamp();
    ledger.changed(change(1).exempting("a", BOOK), Origin.COMMIT);
    ledger.changed(BY_A, Origin.COMMIT);
    assertThat(one.isCurrent()).isTrue();
    ledger.changed(change(1), Origin.COMMIT);
    assertThat(one.isCurrent()).isFalse();
    assertThat(two.isCurrent()).isTrue();
    ledger.changed(change(2).exempting("b", BOOK), Origin.COMMIT);
    assertThat(two.isCurrent()).isFalse();
    two = row("a", 2).stamp();
    ledger.changed(BOOKS, Origin.COMMIT);
    assertThat(two.isCurrent()).isFalse();
  }

  /** Its cell was not there to be opened: it waits for others, but not for the cache's own. */
  @Test
  void aRowFirstReadDuringACommitCountsAsOpen() {
    row("a", 2).stamp();
    OpenCommit own = ledger.begin(change(1).exempting("a", BOOK));
    assertThat(row("a", 1).stamp().wasOpen()).isFalse();
    own.end();
    long before = ledger.position();
    OpenCommit others = ledger.begin(change(3));
    assertThat(row("a", 3).stamp().wasOpen()).isTrue();
    assertThat(row("a", 2).stamp().wasOpen()).isFalse();
    others.end();
    assertThat(row("a", 3).stamp().wasOpen()).isFalse();
    assertThat(row("a", 3).unmovedSince(before)).isFalse();
    assertThat(row("a", 3).unmovedSince(ledger.position())).isTrue();
  }

  @Test
  void whatACacheOfAnotherTableWritesMeetsTheTable() {
    assertThat(Footprint.of(Set.of(BOOK), Set.of()).isMetBy(BY_A)).isTrue();
  }
}
