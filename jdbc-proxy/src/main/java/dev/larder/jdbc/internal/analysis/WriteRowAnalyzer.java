package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.RowFacts.Assignment;
import dev.larder.jdbc.internal.analysis.RowFacts.Fixed;
import dev.larder.jdbc.internal.analysis.RowFacts.RowWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows a change of one table writes, where it is an INSERT of values, or an UPDATE or
 * DELETE by a condition, and nothing more. Used by one thread, once.
 *
 * <p>What a conflict, a modifier or a second table adds is not understood here: the change then
 * writes any row.
 */
final class WriteRowAnalyzer {

  private static final Set<String> AFTER_WHERE = Set.of("RETURNING", "ORDER", "LIMIT", "FETCH");

  private final Statement s;
  private final TableWrite write;

  private WriteRowAnalyzer(Statement s, TableWrite write) {
    this.s = s;
    this.write = write;
  }

  /**
   * @param write the one table that the statement writes, as the token scan found it
   */
  static RowFacts read(Statement s, TableWrite write) {
    WriteRowAnalyzer reader = new WriteRowAnalyzer(s, write);
    RowWrite rows =
        switch (write.verb()) {
          case INSERT -> reader.insert();
          case UPDATE -> reader.update();
          case DELETE -> reader.delete();
          default -> null;
        };
    return rows == null ? RowFacts.NONE : new RowFacts(List.of(), null, Set.of(), null, rows);
  }

  /** Whether the table that is written is named at a token. */
  private boolean isTarget(int i) {
    return s.isName(i) && s.name(i).equals(write.table());
  }

  private @Nullable RowWrite insert() {
    if (!s.says(0, "INSERT", "INTO") || !isTarget(2)) {
      return null;
    }
    int at = s.nameEnd(2);
    List<String> columns = new ArrayList<>();
    if (!s.is(at, '(')) {
      return null;
    }
    do {
      at++;
      if (!s.isName(at) || s.nameEnd(at) != at + 1) {
        return null;
      }
      columns.add(s.part(at++));
    } while (s.is(at, ','));
    if (!s.is(at, ')') || !s.says(at + 1, "VALUES")) {
      return null;
    }
    at += 2;
    List<Assignment> assigned = new ArrayList<>();
    while (s.is(at, '(')) {
      int close = s.afterParenthesis(at);
      if (!row(at + 1, close - 1, columns, assigned)) {
        return null;
      }
      at = close;
      if (s.is(at, ',')) {
        at++;
      } else {
        break;
      }
    }
    boolean ends = at == s.size() || s.word(at).equals("RETURNING");
    return ends && !assigned.isEmpty()
        ? new RowWrite(write.table(), Verb.INSERT, List.of(), assigned)
        : null;
  }

  private boolean row(int from, int to, List<String> columns, List<Assignment> into) {
    int column = 0;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i < to && s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (i == to || s.is(i, ',')) {
        if (column == columns.size()) {
          return false;
        }
        into.add(new Assignment(columns.get(column++), value(start, i)));
        start = i + 1;
      }
    }
    return column == columns.size();
  }

  private @Nullable Operand value(int from, int to) {
    return to == from + 1 ? Conjunction.operand(s, from) : null;
  }

  private @Nullable RowWrite update() {
    if (!s.says(0, "UPDATE") || !isTarget(1)) {
      return null;
    }
    int at = afterAlias(s.nameEnd(1), "SET");
    if (!s.says(at, "SET")) {
      return null;
    }
    List<Assignment> assigned = new ArrayList<>();
    do {
      at++;
      int column = s.nameEnd(at) - 1;
      // Perhaps what stands before the dot is the column, and this a field of its value.
      int longest = s.mayHave(SyntaxTrait.FIELDS_ARE_ASSIGNED) ? 0 : 2;
      if (!s.isName(at) || column - at > longest || !s.isSymbol(column + 1, "=")) {
        return null;
      }
      int end = endOfValue(column + 2);
      assigned.add(new Assignment(s.part(column), value(column + 2, end)));
      at = end;
    } while (s.is(at, ','));
    List<Fixed> where = where(at);
    return where == null ? null : new RowWrite(write.table(), Verb.UPDATE, where, assigned);
  }

  private int endOfValue(int from) {
    for (int i = from; i < s.size(); i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (s.is(i, ',')
          || s.word(i).equals("WHERE")
          || s.word(i).equals("FROM")
          || AFTER_WHERE.contains(s.word(i))) {
        return i;
      }
    }
    return s.size();
  }

  private @Nullable RowWrite delete() {
    if (!s.says(0, "DELETE", "FROM") || !isTarget(2)) {
      return null;
    }
    List<Fixed> where = where(afterAlias(s.nameEnd(2), "WHERE"));
    return where == null ? null : new RowWrite(write.table(), Verb.DELETE, where, List.of());
  }

  private int afterAlias(int i, String next) {
    int alias = s.word(i).equals("AS") ? i + 1 : i;
    boolean named =
        s.isName(alias)
            && !s.word(alias).equals(next)
            && !AFTER_WHERE.contains(s.word(alias))
            && s.nameEnd(alias) == alias + 1;
    return named ? alias + 1 : i;
  }

  /** What the condition at a token says of the table; null where something else stands there. */
  private @Nullable List<Fixed> where(int at) {
    if (at >= s.size() || AFTER_WHERE.contains(s.word(at))) {
      return List.of();
    }
    if (!s.says(at, "WHERE")) {
      return null;
    }
    List<Fixed> fixed = new ArrayList<>();
    if (Conjunction.hasAlternatives(s, at + 1, s.size())) {
      return fixed;
    }
    int end = at + 1;
    while (end < s.size() && !AFTER_WHERE.contains(s.word(end))) {
      end = s.is(end, '(') ? s.afterParenthesis(end) : end + 1;
    }
    Conjunction condition = new Conjunction(s).read(at + 1, end);
    for (Conjunction.Value value : condition.values) {
      // A qualifier can only be this table's own name or alias: no other table is there.
      fixed.add(new Fixed(value.column().column(), value.values()));
    }
    return fixed;
  }
}
