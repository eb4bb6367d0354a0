package dev.larder.jdbc.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.Parameters;
import dev.larder.jdbc.internal.bind.Setter;
import dev.larder.jdbc.internal.bind.ValueMoment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An execution depends on the rows that its operands name, and on all where they name none. */
final class RowsReadTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final Operand FIRST = new Operand.Parameter(1);

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "rows read"));
  private final TrackedFootprint whole = ledger.track(Footprint.of(List.of(BOOK), List.of()));

  private static RowsRead.OfTable byId(Operand... values) {
    return new RowsRead.OfTable(
        BOOK, "id", ColumnKind.WHOLE_NUMBER, List.of(values), Set.of("id", "title"), null);
  }

  private static Execution with(Object value) {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, Setter.OBJECT, value);
    return new Execution(List.of("7"), Objects.requireNonNull(parameters.view()).frozen());
  }

  private void change(long id, @Nullable Set<String> assigned) {
    RowChange change = new RowChange(Map.of("id", Set.of(ValueHash.of(id))), assigned);
    ledger.changed(ChangeSet.ofRows(BOOK, change), Origin.COMMIT);
  }

  @Test
  void aParameterNamesTheRow() {
    RowsRead rows = new RowsRead(ledger, List.of(byId(FIRST)));
    Stamp five = rows.of(whole, with(5)).stamp();
    change(6, null);
    assertThat(five.isCurrent()).isTrue();
    change(5, Set.of("price"));
    assertThat(five.isCurrent()).as("a column that is not read").isTrue();
    change(5, Set.of("title"));
    assertThat(five.isCurrent()).isFalse();
  }

  @Test
  void aLiteralNamesTheRowToo() {
    RowsRead rows = new RowsRead(ledger, List.of(byId(FIRST, new Operand.Literal(0))));
    Stamp both = rows.of(whole, with(5)).stamp();
    change(6, null);
    assertThat(both.isCurrent()).isTrue();
    change(7, null);
    assertThat(both.isCurrent()).isFalse();
  }

  @Test
  void aValueThatMayBeConvertedNamesNoRow() {
    RowsRead rows = new RowsRead(ledger, List.of(byId(FIRST)));
    assertThat(rows.of(whole, with("5"))).isSameAs(whole);
    assertThat(rows.of(whole, new Execution(List.of(), BoundValues.NONE))).isSameAs(whole);
  }

  @Test
  void manyValuesAreIntervals() {
    Operand[] many =
        IntStream.range(0, 33).mapToObj(i -> new Operand.Literal(i)).toArray(Operand[]::new);
    List<String> literals =
        IntStream.range(0, 33).mapToObj(i -> String.valueOf(100 * i)).collect(Collectors.toList());
    RowsRead rows = new RowsRead(ledger, List.of(byId(many)));
    Stamp stamp = rows.of(whole, new Execution(literals, BoundValues.NONE)).stamp();
    change(5_000, null);
    assertThat(stamp.isCurrent()).isTrue();
    change(3_200, null);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void aRangeIsTheRowsWithin() {
    RowsRead rows =
        new RowsRead(
            ledger, List.of(byId(new Operand.Range(new Operand.Literal(0), false, FIRST, false))));
    TrackedFootprint range = rows.of(whole, with(1_000_000));
    Stamp stamp = range.stamp();
    change(2_000_000, null);
    change(500_000, Set.of("price"));
    assertThat(stamp.isCurrent()).isTrue();
    for (long id : new long[] {7, 8, 500_000, 999_999, 1_000_000}) {
      stamp = range.stamp();
      change(id, null);
      assertThat(stamp.isCurrent()).as("%d", id).isFalse();
    }
    assertThat(rows.of(whole, with(1L << 40))).as("beyond 32 bits").isSameAs(whole);
    assertThat(rows.of(whole, with(3))).as("an empty one").isSameAs(whole);
  }

  @Test
  void rowsThatAnotherNodeShortenedMayBeInAnyRange() {
    RowsRead rows =
        new RowsRead(
            ledger, List.of(byId(new Operand.Range(new Operand.Literal(0), false, FIRST, false))));
    Stamp stamp = rows.of(whole, with(1_000)).stamp();
    RowChange far =
        new RowChange(Map.of("id", Set.of(ValueHash.of(5_000))), null, null, true, false);
    ledger.changed(ChangeSet.ofRows(BOOK, far), Origin.COMMIT);
    assertThat(stamp.isCurrent()).isFalse();
  }

  @Test
  void theKeyIsOfOneTableByOneParameter() {
    assertThat(new RowsRead(ledger, List.of(byId(FIRST))).key()).isNotNull();
    assertThat(new RowsRead(ledger, List.of(byId(new Operand.Literal(0)))).key()).isNull();
    assertThat(new RowsRead(ledger, List.of(byId(FIRST, FIRST))).key()).isNull();
    assertThat(new RowsRead(ledger, List.of(byId(FIRST), byId(FIRST))).key()).isNull();
  }

  @Test
  void anAnswerThatShowsItsRowsDependsOnThose() {
    RowsRead.Shown shown =
        new RowsRead.Shown("id", ColumnKind.WHOLE_NUMBER, Set.of("author", "id"));
    RowsRead rows =
        new RowsRead(
            ledger,
            List.of(
                new RowsRead.OfTable(
                    BOOK, null, null, List.of(), Set.of("id", "title", "author"), shown)));
    Execution execution = new Execution(List.of(), BoundValues.NONE);
    TrackedFootprint narrowed = Objects.requireNonNull(rows.of(whole, execution, new Ids(5L, 6L)));
    Stamp stamp = narrowed.stamp();
    change(7, Set.of("title"));
    assertThat(stamp.isCurrent()).as("a row that is not shown").isTrue();
    change(6, Set.of("title"));
    assertThat(stamp.isCurrent()).isFalse();
    stamp = narrowed.stamp();
    change(7, Set.of("author"));
    assertThat(stamp.isCurrent()).as("a row that may be shown now").isFalse();
    assertThat(rows.of(whole, execution, new Ids("five"))).isNull();
  }

  /** Rows of which nothing but an id is told. */
  private record Ids(Object... ids) implements RowsRead.ShownRows {
    @Override
    public int rows() {
      return ids.length;
    }

    @Override
    public @Nullable Object value(String column, int row) {
      return column.equals("id") ? ids[row] : null;
    }
  }
}
