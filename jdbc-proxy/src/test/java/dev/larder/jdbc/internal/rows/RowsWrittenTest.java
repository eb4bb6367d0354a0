package dev.larder.jdbc.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.BoundValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An execution writes the rows that its operands name, and any where they name none. */
final class RowsWrittenTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final ChangeSet BOOKS = ChangeSet.ofTables(List.of(BOOK));

  private static RowsWritten byId(List<Operand> compared, List<Operand> given) {
    RowsWritten.OfColumn id =
        new RowsWritten.OfColumn("id", ColumnKind.WHOLE_NUMBER, compared, given, 0, 255);
    return new RowsWritten(BOOK, List.of(id), RowsWritten.Fate.assigned(Set.of("title")), "id");
  }

  private static ChangeSet changes(RowsWritten rows, String... literals) {
    return rows.within(BOOKS, new Execution(List.of(literals), BoundValues.NONE));
  }

  private static ChangeSet ofRows(Map<String, Set<Integer>> values) {
    return BOOKS.within(BOOK, new RowChange(values, Set.of("title"), "id"));
  }

  @Test
  void theComparedValueNamesTheRow() {
    RowsWritten rows = byId(List.of(new Operand.Literal(0)), List.of());
    assertThat(changes(rows, "5")).isEqualTo(ofRows(Map.of("id", Set.of(ValueHash.of(5L)))));
  }

  @Test
  void theGivenValueNamesTheRowAsItWillBe() {
    RowsWritten rows = byId(List.of(new Operand.Literal(0)), List.of(new Operand.Literal(1)));
    assertThat(changes(rows, "5", "6"))
        .isEqualTo(ofRows(Map.of("id", Set.of(ValueHash.of(5L), ValueHash.of(6L)))));
  }

  @Test
  void aGivenValueThatMayBeClippedNamesNothing() {
    RowsWritten given = byId(List.of(), List.of(new Operand.Literal(0)));
    assertThat(changes(given, "255")).isEqualTo(ofRows(Map.of("id", Set.of(ValueHash.of(255L)))));
    assertThat(changes(given, "256")).isEqualTo(ofRows(Map.of()));
    RowsWritten compared = byId(List.of(new Operand.Literal(0)), List.of());
    assertThat(changes(compared, "256"))
        .isEqualTo(ofRows(Map.of("id", Set.of(ValueHash.of(256L)))));
  }

  @Test
  void aValueThatCannotBeToldNamesNothing() {
    RowsWritten rows = byId(List.of(new Operand.Literal(0)), List.of());
    assertThat(changes(rows, "'5'")).isEqualTo(ofRows(Map.of()));
    assertThat(changes(rows)).isEqualTo(ofRows(Map.of()));
  }
}
