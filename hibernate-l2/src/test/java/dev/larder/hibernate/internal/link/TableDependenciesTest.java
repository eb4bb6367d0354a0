package dev.larder.hibernate.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.internal.link.TableDependencies.Key;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From what Hibernate spells to cells of a ledger, where names alone tell. */
final class TableDependenciesTest {

  private static final TableName BOOK = new TableName("", "book");
  private static final TableName SHELF = new TableName("", "shelf");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "dependencies"));

  private ResolvedDependencies resolve(TableDependencies tables) {
    return Objects.requireNonNull(Resolution.of(tables, new TableResolver.OfNames(), ledger, null));
  }

  @Test
  void aKeyAsksForTheColumnsThatCount() {
    assertThat(new Key("id", Set.of()).query("book")).isEqualTo("select * from book where id = ?");
    assertThat(new Key("id", Set.of("title")).query("book"))
        .isEqualTo("select title from book where id = ?");
  }

  @Test
  void anEntryDependsOnTheRowsOfItsKeyAlone() {
    ResolvedDependencies book =
        resolve(
            new TableDependencies(
                Set.of("book"), Set.of(), Map.of(), Map.of("book", new Key("id", Set.of()))));
    Stamp ofOne = book.footprint(1).stamp();
    Stamp ofAll = book.footprint(null).stamp();
    new StandaloneHooks(ledger).rows("book", "id", 2);
    assertThat(ofOne.isCurrent()).isTrue();
    assertThat(ofAll.isCurrent()).isFalse();
    new StandaloneHooks(ledger).rows("book", "id", 1);
    assertThat(ofOne.isCurrent()).isFalse();
  }

  @Test
  void aValueThatNobodyCanCompareStandsForTheWholeTable() {
    ResolvedDependencies book =
        resolve(
            new TableDependencies(
                Set.of("book"), Set.of(), Map.of(), Map.of("book", new Key("id", Set.of()))));
    Stamp ofOne = book.footprint(1).stamp();
    new StandaloneHooks(ledger).rows("book", "title", "x");
    assertThat(ofOne.isCurrent()).isFalse();
  }

  @Test
  void whatItsOwnCacheAccountsForDoesNotTouchIt() {
    TableDependencies tables =
        new TableDependencies(
            Set.of("book", "shelf"), Set.of(), Map.of("book", "1:Book"), Map.of());
    ResolvedDependencies book = resolve(tables);
    assertThat(book.isUntouchedBy(WrittenTables.ofTable("book", "1:Book"))).isTrue();
    assertThat(book.isUntouchedBy(WrittenTables.ofTable("book", "2:Book"))).isFalse();
    assertThat(book.isUntouchedBy(WrittenTables.ofTable("book"))).isFalse();
    assertThat(book.isUntouchedBy(WrittenTables.ofTable("shelf"))).isFalse();
    assertThat(book.isUntouchedBy(WrittenTables.ofTable("other"))).isTrue();
  }

  @Test
  void twoNamesOfOneTableAreAccountedForByOneCacheOnly() {
    ResolvedDependencies book =
        resolve(
            new TableDependencies(
                Set.of("a.book", "b.book"),
                Set.of(),
                Map.of("a.book", "1:Book", "b.book", "1:Other"),
                Map.of()));
    assertThat(book.caches()).isEmpty();
    assertThat(DependencyResolver.tables(book.footprint())).containsExactly(BOOK);
  }

  @Test
  void theTablesOfAFootprint() {
    ResolvedDependencies both =
        resolve(new TableDependencies(Set.of("book", "shelf"), Set.of(), Map.of(), Map.of()));
    assertThat(DependencyResolver.tables(both.footprint())).containsExactlyInAnyOrder(BOOK, SHELF);
    Stamp stamp = both.footprint(1).stamp();
    ledger.changed(ChangeSet.ofTables(Set.of(SHELF)), Origin.HOOK);
    assertThat(stamp.isCurrent()).isFalse();
  }
}
