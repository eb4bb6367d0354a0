package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.RowFacts.Passed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which columns of a query's answer are columns of its one table that keep rows apart: what
 * the answer shows with a value there is made of the table's rows with that value, and of no
 * others. Stateless.
 */
final class PassedColumns {

  /*
   * Without groups each row of the answer is one of the table's, as long as nothing counts rows: a limit, a window, or an aggregate,
   * which makes one row of all. With groups a row is made of all that share the grouping columns. Texts that say anything beyond
   * that pass no column.
   */

  /** Words that let a row depend on others, or on how many there are, or that begin a query. */
  private static final Set<String> TOGETHER =
      Set.of(
          "SELECT",
          "WITH",
          "VALUES",
          "TABLE",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "MINUS",
          "JOIN",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "TOP",
          "ROWNUM",
          "OVER",
          "WINDOW",
          "QUALIFY",
          "FOR",
          "PROCEDURE",
          "INTO",
          "LOCK");

  private static final Set<String> AFTER_GROUPING = Set.of("HAVING", "ORDER");

  private PassedColumns() {}

  /**
   * The columns of the answer to a query that names one table once, in their order; empty where
   * nothing is known of them.
   */
  static List<Passed> read(Statement s) {
    int from = next(s, 1, "FROM");
    if (!s.word(0).equals("SELECT") || from == s.size() || !keepsRowsApart(s)) {
      return List.of();
    }
    int group = next(s, from, "GROUP");
    Set<String> grouping = null;
    if (group < s.size()) {
      grouping = grouping(s, group);
      if (grouping == null) {
        return List.of();
      }
    } else if (next(s, from, "HAVING") < s.size() || calls(s, from)) {
      return List.of();
    }
    List<Passed> columns = new ArrayList<>();
    for (int at = 1; at < from; ) {
      int end = endOfItem(s, at, from);
      Passed column = item(s, at, end);
      if (grouping != null && column != null) {
        // Some products would group by what the list has under that name.
        if (isNamedAnew(column, grouping)) {
          return List.of();
        }
        boolean groups = column.column() != null && grouping.contains(lower(column.column()));
        column = groups ? column : new Passed(column.name(), null);
      }
      if (column == null) {
        return List.of();
      }
      columns.add(column);
      at = end + 1;
    }
    return columns;
  }

  private static boolean keepsRowsApart(Statement s) {
    for (int i = 1; i < s.size(); i++) {
      if (TOGETHER.contains(s.word(i))) {
        return false;
      }
    }
    return !s.word(1).equals("DISTINCT");
  }

  /** Where a word stands outside of parentheses; the end where it does not. */
  private static int next(Statement s, int from, String word) {
    for (int i = from; i < s.size(); i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (s.word(i).equals(word) && !s.word(i - 1).equals("DISTINCT")) {
        return i;
      }
    }
    return s.size();
  }

  /** Whether a list calls anything: it may be an aggregate. */
  private static boolean calls(Statement s, int to) {
    for (int i = 1; i < to; i++) {
      if (s.isName(i) && s.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }

  /** The columns by which rows are put together, in lower case; null where it is by more. */
  private static @Nullable Set<String> grouping(Statement s, int group) {
    Set<String> columns = new HashSet<>();
    if (!s.says(group, "GROUP", "BY")) {
      return null;
    }
    int at = group + 1;
    do {
      at++;
      String column = column(s, at, s.size());
      if (column == null) {
        return null;
      }
      columns.add(lower(column));
      at = s.nameEnd(at);
    } while (s.is(at, ','));
    return at == s.size() || AFTER_GROUPING.contains(s.word(at)) ? columns : null;
  }

  private static int endOfItem(Statement s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (s.is(i, ',')) {
        return i;
      }
    }
    return to;
  }

  /** What stands in a list; null where that may be several columns. */
  private static @Nullable Passed item(Statement s, int from, int to) {
    if (to <= from || s.isSymbol(to - 1, "*")) {
      return null;
    }
    boolean named = to - from > 2 && s.word(to - 2).equals("AS") && s.isName(to - 1);
    int end = named ? to - 2 : to;
    String column = column(s, from, end);
    if (column != null && s.nameEnd(from) != end) {
      column = null;
    }
    return new Passed(named ? s.part(to - 1) : column, column);
  }

  /** The column that is spelled at a token, whatever qualifies it. */
  private static @Nullable String column(Statement s, int i, int to) {
    Conjunction.Spelled spelled = Conjunction.column(s, i, to);
    if (spelled != null) {
      return spelled.column();
    }
    // A schema, a table and a column.
    int last = i < to && s.isName(i) ? s.nameEnd(i) - 1 : i;
    return last == i + 4 && last < to && s.kind(last) != Tokens.STRING_OR_NAME
        ? s.part(last)
        : null;
  }

  private static boolean isNamedAnew(Passed column, Set<String> grouping) {
    String name = column.name();
    return name != null
        && grouping.contains(lower(name))
        && !name.equalsIgnoreCase(column.column());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
