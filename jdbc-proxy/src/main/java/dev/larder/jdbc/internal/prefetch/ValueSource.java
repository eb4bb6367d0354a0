package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.bind.PlainParameters;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.trail.KeyColumn;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a parameter of a query that follows another has its value from. Immutable. */
sealed interface ValueSource {

  /** More columns than this are not looked at. */
  int MOST_COLUMNS = 16;

  /** A parameter of the query before, from 0. */
  record OfParameter(int position) implements ValueSource {}

  /** A column of the first row of its answer, from 0. */
  record OfColumn(int column) implements ValueSource {}

  /** It is always the same. */
  record Constant(Object value) implements ValueSource {}

  /** All that a value may be from. */
  static Set<ValueSource> all(Object value, Ran before) {
    Set<ValueSource> found = new LinkedHashSet<>();
    for (int i = 0; i < before.values().size(); i++) {
      if (before.values().get(i).equals(value)) {
        found.add(new OfParameter(i));
      }
    }
    found.add(new Constant(value));
    Snapshot answer = before.answer();
    if (answer != null && answer.rows() > 0) {
      int columns = Math.min(MOST_COLUMNS, answer.columns().size());
      for (int column = 0; column < columns; column++) {
        if (value.equals(inFirstRow(answer, column))) {
          found.add(new OfColumn(column));
        }
      }
    }
    return found;
  }

  /** Its value after one execution; null where that has none, or has not answered yet. */
  static @Nullable Object value(ValueSource source, Ran before) {
    if (source instanceof OfParameter parameter) {
      return parameter.position() < before.values().size()
          ? before.values().get(parameter.position())
          : null;
    } else if (source instanceof Constant constant) {
      return constant.value();
    }
    int column = ((OfColumn) source).column();
    Snapshot answer = before.answer();
    return answer == null || answer.rows() == 0 || column >= answer.columns().size()
        ? null
        : inFirstRow(answer, column);
  }

  private static @Nullable Object inFirstRow(Snapshot answer, int column) {
    return KeyColumn.valueAt(answer, column, 0, PlainParameters::plain);
  }
}
