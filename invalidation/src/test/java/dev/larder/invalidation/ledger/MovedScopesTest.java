package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ledger.TrackedFootprint.Narrowing;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stamp says which of its scopes have moved. */
final class MovedScopesTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");
  private static final TableName SHOP = new TableName("public", "shop");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "moved"));

  private void changed(TableName table) {
    ledger.changed(ChangeSet.ofTables(List.of(table)), Origin.COMMIT);
  }

  private TrackedFootprint of(TableName... tables) {
    return ledger.track(Footprint.of(List.of(tables), List.of("tag")));
  }

  /** The rows of a table with the value 1 in a column. */
  private Narrowing row(TableName table) {
    AccessPath path = Objects.requireNonNull(ledger.trackRows(table, "id", null));
    return new Narrowing(table, path, new int[] {ValueHash.of(1L)});
  }

  private static Collection<TableName> tables(Stamp stamp) {
    return stamp.moved().stream().map(scope -> ((Scope.Table) scope).table()).toList();
  }

  @Test
  void nothingHasMovedOfOneThatIsCurrent() {
    assertThat(of(BOOK, AUTHOR).stamp().moved()).isEmpty();
    assertThat(of(BOOK, AUTHOR).narrowed(List.of(row(BOOK))).stamp().moved()).isEmpty();
  }

  @Test
  void whatHasMovedIsNamed() {
    Stamp stamp = of(BOOK, AUTHOR, SHOP).stamp();
    changed(SHOP);
    assertThat(tables(stamp)).containsExactly(SHOP);
    changed(BOOK);
    assertThat(tables(stamp)).containsExactlyInAnyOrder(BOOK, SHOP);
    ledger.changed(ChangeSet.ofTag("tag"), Origin.HOOK);
    assertThat(stamp.moved()).hasSize(3).contains(new Scope.Tag("tag"));
  }

  @Test
  void ofRowsTheTableIsNamedBesideOneThatIsNotNarrowed() {
    Stamp stamp = of(BOOK, AUTHOR).narrowed(List.of(row(BOOK))).stamp();
    changed(BOOK);
    assertThat(tables(stamp)).containsExactly(BOOK);
    changed(AUTHOR);
    assertThat(tables(stamp)).containsExactlyInAnyOrder(BOOK, AUTHOR);
  }

  @Test
  void ofRowsOfAllTablesTheOneThatMovedIsAmongThem() {
    Stamp stamp = of(BOOK, AUTHOR, SHOP).narrowed(List.of(row(BOOK), row(AUTHOR))).stamp();
    assertThat(stamp.moved()).isEmpty();
    changed(AUTHOR);
    assertThat(tables(stamp)).contains(AUTHOR).doesNotContain(SHOP);
  }
}
