package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.RowFacts.Assignment;
import dev.larder.jdbc.internal.analysis.RowFacts.Conflict;
import dev.larder.jdbc.internal.analysis.RowFacts.Fixed;
import dev.larder.jdbc.internal.analysis.RowFacts.RowWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows a change of one table writes, where it is an INSERT of values, or an UPDATE or
 * DELETE by a condition. Used by one thread, once.
 *
 * <p>What is not understood here writes any row.
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
    boolean ignores = s.says(0, "INSERT", "IGNORE");
    int at = ignores ? 2 : 1;
    if (!s.says(0, "INSERT") || !s.says(at, "INTO") || !isTarget(at + 1)) {
      return null;
    }
    at = s.nameEnd(at + 1);
    if (s.word(at).equals("AS") && s.isName(at + 1) && s.nameEnd(at + 1) == at + 2) {
      at += 2;
    }
    List<String> columns = null;
    if (s.is(at, '(')) {
      columns = new ArrayList<>();
      at = names(at, columns);
    }
    if (at < 0 || !s.says(at, "VALUES")) {
      return null;
    }
    at++;
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
    return assigned.isEmpty() ? null : inserted(at, assigned, ignores);
  }

  /**
   * Reads what follows the rows of an INSERT.
   *
   * @param ignores whether it leaves out what it cannot insert
   */
  private @Nullable RowWrite inserted(int at, List<Assignment> assigned, boolean ignores) {
    Conflict conflict = ignores ? new Conflict.Skipped() : null;
    int end = at;
    if (s.says(at, "ON", "CONFLICT")) {
      List<String> key = new ArrayList<>();
      int action = s.is(at + 2, '(') ? names(at + 2, key) : at + 2;
      if (action > 0 && s.says(action, "DO", "NOTHING")) {
        conflict = new Conflict.Skipped();
        end = action + 2;
      } else if (action > 0 && !key.isEmpty() && s.says(action, "DO", "UPDATE", "SET")) {
        conflict = new Conflict.Updated(Set.copyOf(key));
        end = assignments(action + 2, assigned);
      }
    } else if (s.says(at, "ON", "DUPLICATE", "KEY", "UPDATE")) {
      conflict = new Conflict.Updated(null);
      end = assignments(at + 3, assigned);
    }
    boolean filtered = conflict instanceof Conflict.Updated && s.word(end).equals("WHERE");
    boolean ends = end == s.size() || filtered || s.word(end).equals("RETURNING");
    return ends ? new RowWrite(write.table(), Verb.INSERT, List.of(), assigned, conflict) : null;
  }

  /** Reads the names in parentheses and gives the token after them, or -1 where more is there. */
  private int names(int open, List<String> names) {
    int at = open;
    do {
      at++;
      if (!s.isName(at) || s.nameEnd(at) != at + 1) {
        return -1;
      }
      names.add(s.part(at++));
    } while (s.is(at, ','));
    return s.is(at, ')') ? at + 1 : -1;
  }

  private boolean row(int from, int to, @Nullable List<String> columns, List<Assignment> into) {
    int place = 0;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i < to && s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (i == to || s.is(i, ',')) {
        if (columns != null && place == columns.size()) {
          return false;
        }
        into.add(
            new Assignment(columns == null ? null : columns.get(place), place, value(start, i)));
        place++;
        start = i + 1;
      }
    }
    return columns == null || place == columns.size();
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
    String name = at == s.nameEnd(1) ? write.table().name() : s.name(at - 1).name();
    List<Assignment> assigned = new ArrayList<>();
    at = assignments(at, assigned);
    List<Fixed> where = at < 0 ? null : where(at, name, "FROM");
    return where == null ? null : new RowWrite(write.table(), Verb.UPDATE, where, assigned);
  }

  /**
   * Reads assignments after the token before them, and gives the token after them; -1 where one of
   * them is not understood.
   */
  private int assignments(int before, List<Assignment> assigned) {
    int at = before;
    do {
      at++;
      int column = s.nameEnd(at) - 1;
      // Perhaps what stands before the dot is the column, and this a field of its value.
      int longest = s.mayHave(SyntaxTrait.FIELDS_ARE_ASSIGNED) ? 0 : 2;
      if (!s.isName(at) || column - at > longest || !s.isSymbol(column + 1, "=")) {
        return -1;
      }
      int end = endOfValue(column + 2);
      assigned.add(new Assignment(s.part(column), value(column + 2, end)));
      at = end;
    } while (s.is(at, ','));
    return at;
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
    // Elsewhere, USING names the table that is written once more.
    String next = s.mayHave(SyntaxTrait.MULTI_TABLE_CHANGES) ? "WHERE" : "USING";
    int at = afterAlias(s.nameEnd(2), next);
    String name = at == s.nameEnd(2) ? write.table().name() : s.name(at - 1).name();
    List<Fixed> where = where(at, name, next);
    return where == null ? null : new RowWrite(write.table(), Verb.DELETE, where, List.of());
  }

  private int afterAlias(int i, String next) {
    int alias = s.word(i).equals("AS") ? i + 1 : i;
    boolean named =
        s.isName(alias)
            && !s.word(alias).equals(next)
            && !s.word(alias).equals("WHERE")
            && !AFTER_WHERE.contains(s.word(alias))
            && s.nameEnd(alias) == alias + 1;
    return named ? alias + 1 : i;
  }

  /**
   * What the condition at a token says of the table; null where something else stands there.
   *
   * @param name by which its columns are qualified
   * @param others what other tables stand behind
   */
  private @Nullable List<Fixed> where(int at, String name, String others) {
    if (at >= s.size() || AFTER_WHERE.contains(s.word(at))) {
      return List.of();
    }
    if (s.says(at, others) && !others.equals("WHERE")) {
      return whereOfSeveral(at, name);
    }
    if (!s.says(at, "WHERE")) {
      return null;
    }
    List<Fixed> fixed = new ArrayList<>();
    int end = endOfWhere(at + 1);
    if (Conjunction.hasAlternatives(s, end, s.size())) {
      return fixed;
    }
    Conjunction condition = new Conjunction(s).read(at + 1, end);
    for (Conjunction.Value value : condition.values) {
      // A qualifier can only be this table's own name or alias: no other table is there.
      fixed.add(new Fixed(value.column().column(), value.values()));
    }
    return fixed;
  }

  /** The same where rows are found together with those of other tables. */
  private @Nullable List<Fixed> whereOfSeveral(int at, String name) {
    int where = at + 1;
    while (where < s.size()
        && !s.word(where).equals("WHERE")
        && !AFTER_WHERE.contains(s.word(where))) {
      where = s.is(where, '(') ? s.afterParenthesis(where) : where + 1;
    }
    FromReader from = new FromReader(s, Set.of(), new NamedColumns(s));
    from.add(new FromItem(write.table(), name));
    try {
      from.read(at + 1, where);
    } catch (UnknownSyntax notUnderstood) {
      return null;
    }
    FromList tables = from.list(null);
    int end = s.says(where, "WHERE") ? endOfWhere(where + 1) : where;
    if (end > where && !Conjunction.hasAlternatives(s, end, s.size())) {
      tables.holds(new Conjunction(s).read(where + 1, end), Set.of());
    }
    tables.conclude();
    return tables.mentions().get(0).fixed();
  }

  private int endOfWhere(int from) {
    int end = from;
    while (end < s.size() && !AFTER_WHERE.contains(s.word(end))) {
      end = s.is(end, '(') ? s.afterParenthesis(end) : end + 1;
    }
    return end;
  }
}
