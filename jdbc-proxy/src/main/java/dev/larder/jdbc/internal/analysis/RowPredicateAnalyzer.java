package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.FromReader.Enclosed;
import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows of which tables a query can see, by the tokens of its SELECTs. Used by one
 * thread, once.
 */
final class RowPredicateAnalyzer {

  /*
   * Why a row with another value has no part in the answer. Each row of a SELECT's result is made of one row, or of nulls, of each
   * table of its FROM list, and WHERE keeps those in which a column equals a value: so that table's part is a row with the value.
   * Grouping, windows, ordering and limits come after WHERE. What the ON of an outer join adds to that, FromList says. A query in
   * parentheses that compares a column of its own with one of the query around it is asked for rows of that which WHERE drops as
   * well, but then its answer does not matter. Everything else that is not understood is left out: a table then depends on all
   * of its rows.
   *
   * The token scan counts the mentions of tables by rules of its own. Where the two do not agree, nothing is told.
   */

  private static final int DEEPEST = 24;

  static final Set<String> SET_OPERATORS = Set.of("UNION", "EXCEPT", "INTERSECT", "MINUS");

  /** After FROM: what makes a row of the answer of several, or of none. */
  private static final Set<String> NO_PLAIN_ROWS =
      Set.of("GROUP", "HAVING", "OVER", "WINDOW", "QUALIFY", "FOR", "PROCEDURE", "INTO", "LOCK");

  private final Statement s;
  private final Set<String> commonTables;
  private final List<Mention> mentions = new ArrayList<>();
  private final NamedColumns columns;

  private RowPredicateAnalyzer(Statement s, Set<String> commonTables) {
    this.s = s;
    this.commonTables = commonTables;
    this.columns = new NamedColumns(s);
  }

  /**
   * What a query tells of its rows.
   *
   * @param tables how often it names a table, by another count
   * @param commonTables the names that its WITH clauses define
   */
  static RowFacts read(Statement s, Set<ObjectName> reads, int tables, Set<String> commonTables) {
    RowPredicateAnalyzer reader = new RowPredicateAnalyzer(s, commonTables);
    try {
      reader.query(0, s.size(), 0, null);
    } catch (UnknownSyntax notUnderstood) {
      return RowFacts.NONE;
    }
    Set<ObjectName> found = new HashSet<>();
    reader.mentions.forEach(mention -> found.add(mention.table()));
    return found.equals(reads) && reader.mentions.size() == tables
        ? new RowFacts(
            tables == 1 ? List.of(reader.only()) : reader.mentions,
            reader.columns.from(0),
            reader.columns.members(),
            tables == 1 ? reader.shown() : null,
            null)
        : RowFacts.NONE;
  }

  /**
   * @param outer the FROM list of the query around it, where that may be meant; or null
   */
  private void query(int from, int to, int depth, @Nullable FromList outer) throws UnknownSyntax {
    if (depth > DEEPEST) {
      throw new UnknownSyntax();
    }
    int start = s.word(from).equals("WITH") ? afterWith(from + 1, to, depth) : from;
    for (int i = start; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (SET_OPERATORS.contains(s.word(i))) {
        select(start, i, depth, outer);
        start = i + 1;
        if (s.word(start).equals("ALL") || s.word(start).equals("DISTINCT")) {
          start++;
        }
      }
    }
    select(start, to, depth, outer);
  }

  /** Reads what WITH defines, and gives the token after it. */
  private int afterWith(int from, int to, int depth) throws UnknownSyntax {
    int i = s.word(from).equals("RECURSIVE") ? from + 1 : from;
    while (true) {
      if (!s.isName(i) || s.nameEnd(i) != i + 1) {
        throw new UnknownSyntax();
      }
      columns.declare(i, i + 1, s.name(i).name());
      i++;
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i);
      }
      if (!s.says(i++, "AS")) {
        throw new UnknownSyntax();
      }
      i += s.says(i, "NOT", "MATERIALIZED") ? 2 : s.says(i, "MATERIALIZED") ? 1 : 0;
      if (!s.is(i, '(') || !Vocabulary.QUERY_STARTS.contains(s.word(i + 1))) {
        throw new UnknownSyntax();
      }
      int after = s.afterParenthesis(i);
      query(i + 1, after - 1, depth + 1, null);
      if (after >= to || !s.is(after, ',')) {
        return after;
      }
      i = after + 1;
    }
  }

  private void select(int from, int to, int depth, @Nullable FromList outer) throws UnknownSyntax {
    if (!s.word(from).equals("SELECT")) {
      throw new UnknownSyntax();
    }
    int list = -1;
    int where = -1;
    int end = to;
    List<Enclosed> enclosed = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        int close = s.afterParenthesis(i);
        boolean ofList = list >= 0 && where < 0 && end == to;
        if (!ofList) {
          enclosed.add(new Enclosed(i, close));
        }
        i = close - 1;
      } else if (list < 0 && s.word(i).equals("FROM") && !s.word(i - 1).equals("DISTINCT")) {
        list = i + 1;
      } else if (list >= 0 && end == to && FromReader.AFTER_FROM.contains(s.word(i))) {
        if (where < 0 && s.word(i).equals("WHERE")) {
          where = i;
        } else {
          end = i;
        }
      }
    }
    FromReader reader = new FromReader(s, commonTables, columns);
    if (list >= 0) {
      reader.read(list, where >= 0 ? where : end);
    }
    FromList tables = reader.list(outer);
    // What looks like the end of WHERE may be a name: an OR after it would still count.
    if (where >= 0 && !Conjunction.hasAlternatives(s, end, to)) {
      tables.holds(new Conjunction(s).read(where + 1, end), Set.of());
    }
    tables.conclude();
    mentions.addAll(tables.mentions());
    mentions.addAll(reader.commonTables());
    for (Enclosed derived : reader.derived()) {
      query(derived.open() + 1, derived.close() - 1, depth + 1, null);
    }
    enclosed.addAll(reader.inConditions());
    for (Enclosed each : enclosed) {
      inside(each.open(), each.close(), depth, tables);
    }
  }

  /** Queries within parentheses, however deep, that are no part of the FROM list at hand. */
  private void inside(int open, int close, int depth, FromList outer) throws UnknownSyntax {
    if (Vocabulary.QUERY_STARTS.contains(s.word(open + 1))) {
      query(open + 1, close - 1, depth + 1, outer);
      return;
    }
    if (depth > DEEPEST) {
      throw new UnknownSyntax();
    }
    for (int i = open + 1; i < close - 1; i++) {
      if (s.is(i, '(')) {
        int end = s.afterParenthesis(i);
        inside(i, end, depth + 1, outer);
        i = end - 1;
      }
    }
  }

  /** The one mention of a table, with what the answer passes on of it. */
  private Mention only() {
    Mention only = mentions.get(0);
    return new Mention(only.table(), only.fixed(), PassedColumns.read(s));
  }

  /** What a SELECT shows of its one table, if that is columns of it and nothing else. */
  private RowFacts.@Nullable Shown shown() {
    int from = s.find("FROM");
    for (int i = 1; i < s.size(); i++) {
      boolean more =
          Vocabulary.QUERY_STARTS.contains(s.word(i)) || SET_OPERATORS.contains(s.word(i));
      if (more || (i > from && NO_PLAIN_ROWS.contains(s.word(i)))) {
        return null;
      }
    }
    Set<String> named = new HashSet<>();
    boolean all = false;
    for (int at = 1; at < from; at++) {
      boolean star = s.isSymbol(at, "*");
      if (!star) {
        if (!s.isName(at) || s.kind(at) == Tokens.STRING_OR_NAME) {
          return null;
        }
        at = s.nameEnd(at) - 1;
        star = s.is(at + 1, '.') && s.isSymbol(at + 2, "*");
        if (star) {
          at += 2;
        } else {
          named.add(s.part(at));
        }
      }
      all |= star;
      at++;
      if (at < from && !s.is(at, ',')) {
        return null;
      }
    }
    Set<String> choosing = sortsByNames(from) ? columns.from(from) : null;
    return choosing == null ? null : new RowFacts.Shown(named, all, choosing);
  }

  /** Whether no column is meant by its number, or by a value that might be one. */
  private boolean sortsByNames(int from) {
    boolean sorts = false;
    for (int i = from; i < s.size(); i++) {
      switch (s.word(i)) {
        case "ORDER" -> sorts = true;
        case "LIMIT", "OFFSET", "FETCH" -> sorts = false;
        default -> {
          boolean name = s.kind(i) == Tokens.WORD || s.kind(i) == Tokens.QUOTED;
          if (sorts && !name && s.kind(i) != Tokens.SYMBOL) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
