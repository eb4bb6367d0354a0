package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ValueHashes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reader of rows is moved by the changes that may touch them, and by no others. */
final class AccessPathTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final ChangeSet BOOKS = ChangeSet.ofTables(List.of(BOOK));

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "rows"));
  private final TrackedFootprint table = ledger.track(Footprint.of(List.of(BOOK), List.of()));

  @Test
  void aChangeOfOneRowMovesItsReadersAndThoseOfTheTable() {
    Stamp five = byId(5).stamp();
    Stamp six = byId(6).stamp();
    Stamp all = table.stamp();
    ledger.changed(rows("id", 5), Origin.COMMIT);
    assertThat(five.isCurrent()).isFalse();
    assertThat(six.isCurrent()).isTrue();
    assertThat(all.isCurrent()).isFalse();
  }

  @Test
  void aChangeOfAnyRowMovesAllReaders() {
    Stamp five = byId(5).stamp();
    ledger.changed(BOOKS, Origin.COMMIT);
    assertThat(five.isCurrent()).isFalse();
    five = byId(5).stamp();
    ledger.changed(ChangeSet.EVERYTHING, Origin.COMMIT);
    assertThat(five.isCurrent()).isFalse();
  }

  @Test
  void aChangeFoundByAnotherColumnMovesAllReaders() {
    Stamp five = byId(5).stamp();
    ledger.changed(rows("author", 5), Origin.COMMIT);
    assertThat(five.isCurrent()).isFalse();
  }

  @Test
  void aReaderOfSeveralValuesDependsOnEach() {
    Stamp both = by("id", null, 5, 6).stamp();
    ledger.changed(rows("id", 7), Origin.COMMIT);
    assertThat(both.isCurrent()).isTrue();
    ledger.changed(rows("id", 6), Origin.COMMIT);
    assertThat(both.isCurrent()).isFalse();
  }

  @Test
  void anAssignmentSparesReadersOfOtherColumns() {
    Stamp titles = by(null, Set.of("id", "title")).stamp();
    Stamp title = by("id", Set.of("id", "title"), 5).stamp();
    Stamp allOfIt = byId(5).stamp();
    RowChange price = new RowChange(Map.of("id", hashes(5)), Set.of("price"));
    ledger.changed(ChangeSet.ofRows(BOOK, price), Origin.COMMIT);
    assertThat(titles.isCurrent()).isTrue();
    assertThat(title.isCurrent()).isTrue();
    assertThat(allOfIt.isCurrent()).isFalse();
    RowChange both = new RowChange(Map.of(), Set.of("price", "title"));
    ledger.changed(ChangeSet.ofRows(BOOK, both), Origin.COMMIT);
    assertThat(titles.isCurrent()).isFalse();
    assertThat(title.isCurrent()).isFalse();
  }

  @Test
  void theRowsThatAnAnswerShowsAreMovedByAssignmentsToThemAlone() {
    Set<String> choosing = Set.of("author", "title");
    AccessPath found = Objects.requireNonNull(ledger.trackRows(BOOK, "author", choosing));
    AccessPath shown =
        Objects.requireNonNull(ledger.trackShown(BOOK, "id", null, choosing, "author"));
    TrackedFootprint page = table.narrowed(List.of(of(found, 1), beside(shown, 1, 5, 6)));
    Map<RowChange, Boolean> spared =
        Map.of(
            new RowChange(Map.of("id", hashes(7)), Set.of("price")), true,
            new RowChange(Map.of("id", hashes(6)), Set.of("price")), false,
            new RowChange(Map.of(), Set.of("price")), false,
            new RowChange(Map.of("author", hashes(2)), Set.of("price")), true,
            new RowChange(Map.of("author", hashes(1)), Set.of("price")), false,
            new RowChange(Map.of("author", hashes(2)), Set.of("title")), true,
            new RowChange(Map.of("id", hashes(7)), Set.of("price", "title")), false,
            new RowChange(Map.of("id", hashes(6), "author", hashes(2)), null), true,
            new RowChange(Map.of("id", hashes(7), "author", hashes(1)), null), false,
            new RowChange(Map.of("id", hashes(7)), null), false);
    spared.forEach(
        (change, expected) -> {
          Stamp stamp = page.stamp();
          ledger.changed(ChangeSet.ofRows(BOOK, change), Origin.COMMIT);
          assertThat(stamp.isCurrent()).as("%s", change).isEqualTo(expected);
        });
  }

  @Test
  void anOnlyRowIsWrittenByWhatItShowsBeside() {
    AccessPath byId = Objects.requireNonNull(ledger.trackRowsBeside(BOOK, "id", null, "isbn"));
    int[] five = {ValueHash.of(5L)};
    int[] isbn = {ValueHash.of(50L)};
    TrackedFootprint found =
        table.narrowed(List.of(new TrackedFootprint.Narrowing(BOOK, byId, five, true, isbn)));
    Map<RowChange, Boolean> spared =
        Map.of(
            new RowChange(Map.of("isbn", hashes(60)), Set.of("price")), true,
            new RowChange(Map.of("isbn", hashes(50)), Set.of("price")), false,
            new RowChange(Map.of("isbn", hashes(60, 50)), Set.of("isbn")), false,
            new RowChange(Map.of("id", hashes(6), "isbn", hashes(50)), Set.of("price")), true,
            new RowChange(Map.of("id", hashes(5), "isbn", hashes(60)), Set.of("price")), false,
            new RowChange(Map.of("isbn", hashes(60)), null), false,
            new RowChange(Map.of("price", hashes(60)), Set.of("price")), false);
    spared.forEach(
        (change, expected) -> {
          Stamp stamp = found.stamp();
          ledger.changed(ChangeSet.ofRows(BOOK, change), Origin.COMMIT);
          assertThat(stamp.isCurrent()).as("%s", change).isEqualTo(expected);
        });
    assertThatThrownBy(() -> table.narrowed(List.of(of(byId, 5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsThatOnlyComeSpareWhoHasFoundTheOnlyOne() {
    AccessPath byId = Objects.requireNonNull(ledger.trackRows(BOOK, "id", null));
    int[] five = {ValueHash.of(5L)};
    TrackedFootprint found =
        table.narrowed(List.of(new TrackedFootprint.Narrowing(BOOK, byId, five, true)));
    ValueHashes[] unknown = {null};
    RowChange added = RowChange.added(new String[] {"id"}, unknown, null);
    Stamp there = found.stamp();
    Stamp missing = byId(5).stamp();
    ledger.changed(ChangeSet.ofRows(BOOK, added), Origin.COMMIT);
    assertThat(there.isCurrent()).isTrue();
    assertThat(missing.isCurrent()).isFalse();
    ledger.changed(ChangeSet.ofRows(BOOK, new RowChange(Map.of(), null)), Origin.COMMIT);
    assertThat(there.isCurrent()).isFalse();
    Stamp again = found.stamp();
    ledger.changed(rows("id", 5), Origin.COMMIT);
    assertThat(again.isCurrent()).isFalse();
  }

  @Test
  void whileACommitIsOpenOnlyItsRowsAre() {
    byId(5).stamp();
    byId(6).stamp();
    OpenCommit commit = ledger.begin(rows("id", 5));
    assertThat(byId(5).stamp().wasOpen()).isTrue();
    assertThat(byId(6).stamp().wasOpen()).isFalse();
    commit.end();
    assertThat(byId(5).stamp().wasOpen()).isFalse();
  }

  /** Its cell was not there to be opened, so nothing is known of it until the table was closed. */
  @Test
  void aRowFirstReadDuringACommitCountsAsOpen() {
    OpenCommit commit = ledger.begin(rows("id", 5));
    long before = ledger.position();
    Stamp five = byId(5).stamp();
    assertThat(five.wasOpen()).isTrue();
    assertThat(byId(6).stamp().wasOpen()).isTrue();
    commit.end();
    assertThat(byId(5).stamp().wasOpen()).isFalse();
    assertThat(byId(5).unmovedSince(before)).isFalse();
    assertThat(byId(5).unmovedSince(ledger.position())).isTrue();
  }

  /** A row waits for the commits that may have missed it, not for a moment without any. */
  @Test
  void aRowFirstReadUnderSteadyCommitsCountsWhenThoseBeforeItAreOver() {
    OpenCommit before = ledger.begin(rows("id", 7));
    assertThat(byId(5).stamp().wasOpen()).isTrue();
    OpenCommit after = ledger.begin(rows("id", 7));
    assertThat(byId(5).stamp().wasOpen()).isTrue();
    before.end();
    assertThat(byId(5).stamp().wasOpen()).isFalse();
    assertThat(byId(7).stamp().wasOpen()).as("who is first asked for now").isTrue();
    after.end();
    assertThat(byId(7).stamp().wasOpen()).isFalse();
  }

  @Test
  void itWaitsForOneOfThoseHoweverManyComeAndGoMeanwhile() {
    OpenCommit before = ledger.begin(rows("id", 5));
    for (int i = 0; i < 10; i++) {
      assertThat(byId(5).stamp().wasOpen()).isTrue();
      OpenCommit after = ledger.begin(rows("id", 6));
      assertThat(byId(5).stamp().wasOpen()).isTrue();
      after.end();
    }
    before.end();
    assertThat(byId(5).stamp().wasOpen()).isFalse();
  }

  @Test
  void severalChangesAreTheirUnion() {
    ChangeSet both = rows("id", 5).plus(rows("id", 6));
    assertThat(both.rows().get(BOOK)).isEqualTo(rows("id", 5, 6).rows().get(BOOK));
    assertThat(rows("id", 5).plus(BOOKS).rows().get(BOOK)).isEqualTo(RowChange.ANY);
    assertThat(BOOKS.plus(rows("id", 5)).rows().get(BOOK)).isEqualTo(RowChange.ANY);
    assertThat(rows("id", 5).plus(rows("author", 1)).rows().get(BOOK)).isEqualTo(RowChange.ANY);
    assertThat(rows("id", 5).plus(ChangeSet.NOTHING)).isEqualTo(rows("id", 5));
  }

  @Test
  void aChangeOfVeryManyRowsIsOneOfAnyRow() {
    ChangeSet many = rows("id", 0);
    for (int i = 1; i <= 2_000; i++) {
      many = many.plus(rows("id", i));
    }
    assertThat(many.rows().get(BOOK)).isEqualTo(RowChange.ANY);
  }

  @Test
  void thereAreNotMoreLooksThanACommitCanAfford() {
    int looks = 0;
    while (ledger.trackRows(BOOK, "column" + looks, null) != null) {
      looks++;
      assertThat(looks).isLessThan(1_000);
    }
    assertThat(ledger.trackRows(BOOK, "column0", null))
        .isSameAs(ledger.trackRows(BOOK, "column0", null))
        .isNotNull();
  }

  @Test
  void valuesThatADatabaseHoldsForEqualHaveOneHash() {
    assertThat(ValueHash.of(5L)).isEqualTo(ValueHash.of((byte) 5));
    assertThat(ValueHash.of("ab  ")).isEqualTo(ValueHash.of("ab"));
    assertThat(ValueHash.of("ab")).isNotEqualTo(ValueHash.of("AB"));
    UUID id = UUID.fromString("6fa459ea-ee8a-3ca4-894e-db77e160355e");
    assertThat(ValueHash.of(id)).isEqualTo(ValueHash.of(UUID.fromString(id.toString())));
  }

  private TrackedFootprint byId(long id) {
    return by("id", null, id);
  }

  private TrackedFootprint by(@Nullable String column, @Nullable Set<String> reads, long... ids) {
    AccessPath rows = Objects.requireNonNull(ledger.trackRows(BOOK, column, reads));
    return table.narrowed(List.of(of(rows, ids)));
  }

  private static TrackedFootprint.Narrowing of(AccessPath rows, long... ids) {
    int[] hashes = Arrays.stream(ids).mapToInt(ValueHash::of).toArray();
    return new TrackedFootprint.Narrowing(BOOK, rows, hashes);
  }

  private static TrackedFootprint.Narrowing beside(AccessPath rows, long beside, long... ids) {
    int[] held = {ValueHash.of(beside)};
    return new TrackedFootprint.Narrowing(BOOK, rows, of(rows, ids).hashes(), false, held);
  }

  private static ChangeSet rows(String column, long... ids) {
    return ChangeSet.ofRows(BOOK, new RowChange(Map.of(column, hashes(ids)), null));
  }

  private static Set<Integer> hashes(long... ids) {
    return Arrays.stream(ids).mapToObj(ValueHash::of).collect(Collectors.toSet());
  }
}
