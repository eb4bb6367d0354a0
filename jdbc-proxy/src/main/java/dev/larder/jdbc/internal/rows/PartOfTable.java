package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.TableName;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A part of a table in words, without any value. Stateless and thread-safe. */
final class PartOfTable {

  private PartOfTable() {}

  /**
   * Such as {@code of book the rows with that id, and of these title}.
   *
   * @param by the columns whose values tell the rows; none for all rows
   * @param columns the columns that count, or null for all
   */
  static String inWords(TableName table, Set<String> by, @Nullable Set<String> columns) {
    String rows = by.isEmpty() ? "" : " the rows with that " + list(by, " or ");
    String counted =
        columns == null ? "" : (by.isEmpty() ? " only " : ", of these only ") + list(columns, ", ");
    return "of " + table + rows + counted;
  }

  private static String list(Set<String> names, String between) {
    return String.join(between, new TreeSet<>(names));
  }
}
