package dev.larder.jdbc.internal.trail;

import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.column.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The column of an earlier answer that look-ups take their values out of. Immutable and
 * thread-safe.
 *
 * @param template of the query whose answer it is
 * @param column from 0
 * @param row which has the value that was looked up last, from 0
 * @param lookUps how many of the latest look-ups have their values from there
 */
public record KeyColumn(String template, Snapshot answer, int column, int row, int lookUps) {

  /** What comes of the rows behind, as far as it is to be looked up. */
  public record Rest(List<Object> values, int lastRow) {}

  /**
   * The different values of the rows behind.
   *
   * @param comparable a value as two are equal in Java if they are for the database; null where
   *     that is not told
   * @param most how many values at most
   */
  public Rest rest(UnaryOperator<@Nullable Object> comparable, int most) {
    Set<Object> values = new LinkedHashSet<>();
    Object first = valueAt(answer, column, row, comparable);
    int at = row;
    while (at + 1 < answer.rows() && values.size() < most) {
      at++;
      Object value = valueAt(answer, column, at, comparable);
      if (value != null && !value.equals(first)) {
        values.add(value);
      }
    }
    return new Rest(new ArrayList<>(values), at);
  }

  /** What a column has in a row; null for NULL, or where {@code comparable} says nothing of it. */
  public static @Nullable Object valueAt(
      Snapshot answer, int column, int row, UnaryOperator<@Nullable Object> comparable) {
    try {
      Column values = answer.columns().get(column);
      Object value = values.isNull(row) ? null : values.getObject(row);
      return value == null ? null : comparable.apply(value);
    } catch (SQLException e) {
      // The driver would refuse it too.
      return null;
    }
  }
}
