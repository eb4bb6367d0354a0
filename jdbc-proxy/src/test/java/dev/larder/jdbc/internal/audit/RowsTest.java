package dev.larder.jdbc.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final List<String> LABELS = List.of("id", "title");
  private static final List<String> TYPES = List.of("4 int4", "12 varchar");

  @Test
  void orderCountsOnlyWhereItIsAskedFor() {
    Rows kept = rows(List.of("1", "a"), List.of("2", "b"));
    Rows other = rows(List.of("2", "b"), List.of("1", "a"));
    assertThat(kept.differenceTo(other, false)).isNull();
    assertThat(kept.differenceTo(other, true)).hasToString("the value, row 1, column 1 (id)");
  }

  @Test
  void aMultisetCountsEveryRow() {
    Rows kept = rows(List.of("1", "a"), List.of("1", "a"));
    assertThat(kept.differenceTo(rows(List.of("1", "a")), false))
        .hasToString("a row that the database does not answer, row 2");
    assertThat(rows(List.of("1", "a")).differenceTo(kept, false)).hasToString("a row is missing");
    assertThat(kept.differenceTo(rows(List.of("1", "a"), List.of("1", "c")), false))
        .hasToString("the value, row 2, column 2 (title)");
  }

  @Test
  void labelsAndTypesCount() {
    Rows kept = rows();
    assertThat(kept.differenceTo(new Rows(List.of("id", "name"), TYPES, List.of()), false))
        .hasToString("the label, column 2 (title)");
    assertThat(kept.differenceTo(new Rows(LABELS, List.of("4 int4", "12 text"), List.of()), false))
        .hasToString("the column's type, column 2 (title)");
  }

  @Test
  void anOrderInsideParenthesesIsNotTheQuerys() {
    assertThat(RowOrder.isAskedFor("select a from t order by a")).isTrue();
    assertThat(RowOrder.isAskedFor("select a from t ORDER  BY (a), b limit ?")).isTrue();
    assertThat(RowOrder.isAskedFor("select rank() over (partition by (b) order by a) from t"))
        .isFalse();
    assertThat(RowOrder.isAskedFor("select \"order by\" from (select a from t order by a) x"))
        .isFalse();
  }

  @SafeVarargs
  private static Rows rows(List<String>... rows) {
    return new Rows(LABELS, TYPES, List.of(rows));
  }
}
