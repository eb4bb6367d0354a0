package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
   * Grouping, windows, ordering and limits come after WHERE. In a LEFT JOIN, a row is filled up with nulls because no row on the
   * right satisfies ON; if ON says right.c = left.d and WHERE says left.d = v, only rows with c = v could have. The other way
   * round, WHERE right.c = v leaves no row that was filled up, so ON held and left.d = v. RIGHT and FULL joins, which mirror
   * this, are left out, as is everything else that is not understood: a table then depends on all of its rows.
   *
   * The token scan counts the mentions of tables by rules of its own. Where the two do not agree, nothing is told.
   */

  private static final int DEEPEST = 24;

  private static final Set<String> AFTER_FROM =
      Set.of(
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "WINDOW",
          "QUALIFY",
          "FOR",
          "PROCEDURE",
          "INTO",
          "LOCK");

  /** After FROM: what makes a row of the answer of several, or of none. */
  private static final Set<String> NO_PLAIN_ROWS =
      Set.of("GROUP", "HAVING", "OVER", "WINDOW", "QUALIFY", "FOR", "PROCEDURE", "INTO", "LOCK");

  private static final Set<String> AFTER_STARS = Set.of("FROM", "EXCLUDE", "REPLACE", "RENAME");
  private static final Set<String> SET_OPERATORS = Set.of("UNION", "EXCEPT", "INTERSECT", "MINUS");
  private static final Set<String> JOINS =
      Set.of("JOIN", "INNER", "CROSS", "LEFT", "RIGHT", "FULL", "NATURAL", "STRAIGHT_JOIN");
  private static final Set<String> NO_ALIASES =
      Set.of("ON", "USING", "USE", "FORCE", "IGNORE", "PARTITION", "TABLESAMPLE", "OUTER", "WITH");
  private static final Set<String> NO_TABLES =
      Set.of("LATERAL", "ONLY", "ROWS", "TABLE", "UNNEST", "VALUES", "OJ", "FINAL");

  /** What was not understood: ends the reading. */
  private static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super(null, null, false, false);
    }
  }

  private final Statement s;
  private final List<Mention> mentions = new ArrayList<>();

  /** The tokens at which FROM lists name tables and aliases. */
  private final Set<Integer> declaring = new HashSet<>();

  private final Set<String> declared = new HashSet<>();
  private final Set<String> members = new HashSet<>();

  private RowPredicateAnalyzer(Statement s) {
    this.s = s;
  }

  /**
   * What a query tells of its rows.
   *
   * @param tables how often it names a table, by another count
   */
  static RowFacts read(Statement s, Set<ObjectName> reads, int tables) {
    RowPredicateAnalyzer reader = new RowPredicateAnalyzer(s);
    try {
      reader.query(0, s.size(), 0);
    } catch (Unknown notUnderstood) {
      return RowFacts.NONE;
    }
    Set<ObjectName> found = new HashSet<>();
    reader.mentions.forEach(mention -> found.add(mention.table()));
    return found.equals(reads) && reader.mentions.size() == tables
        ? new RowFacts(
            reader.mentions,
            reader.names(0),
            reader.members,
            tables == 1 ? reader.shown() : null,
            null)
        : RowFacts.NONE;
  }

  private void query(int from, int to, int depth) throws Unknown {
    if (depth > DEEPEST) {
      throw new Unknown();
    }
    int start = from;
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (SET_OPERATORS.contains(s.word(i))) {
        select(start, i, depth);
        start = i + 1;
        if (s.word(start).equals("ALL") || s.word(start).equals("DISTINCT")) {
          start++;
        }
      }
    }
    select(start, to, depth);
  }

  private void select(int from, int to, int depth) throws Unknown {
    if (!s.word(from).equals("SELECT")) {
      throw new Unknown();
    }
    int list = -1;
    int where = -1;
    int end = to;
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        int close = s.afterParenthesis(i);
        boolean derived = list >= 0 && where < 0 && end == to;
        if (!derived) {
          inside(i, close, depth);
        }
        i = close - 1;
      } else if (list < 0 && s.word(i).equals("FROM") && !s.word(i - 1).equals("DISTINCT")) {
        list = i + 1;
      } else if (list >= 0 && end == to && AFTER_FROM.contains(s.word(i))) {
        if (where < 0 && s.word(i).equals("WHERE")) {
          where = i;
        } else {
          end = i;
        }
      }
    }
    if (list < 0) {
      return;
    }
    List<FromItem> items = new ArrayList<>();
    Conjunction condition = new Conjunction(s);
    items(list, where >= 0 ? where : end, items, condition, depth);
    // What looks like the end of WHERE may be a name: an OR after it would still count.
    if (where >= 0 && !Conjunction.hasAlternatives(s, where + 1, to)) {
      condition.read(where + 1, end);
    }
    mention(items, condition);
  }

  /** Queries within parentheses, however deep, that are no part of the FROM list at hand. */
  private void inside(int open, int close, int depth) throws Unknown {
    if (Vocabulary.QUERY_STARTS.contains(s.word(open + 1))) {
      query(open + 1, close - 1, depth + 1);
      return;
    }
    if (depth > DEEPEST) {
      throw new Unknown();
    }
    for (int i = open + 1; i < close - 1; i++) {
      if (s.is(i, '(')) {
        int end = s.afterParenthesis(i);
        inside(i, end, depth + 1);
        i = end - 1;
      }
    }
  }

  private void items(int from, int to, List<FromItem> items, Conjunction condition, int depth)
      throws Unknown {
    Conjunction inner = new Conjunction(s);
    boolean outerJoins = false;
    int i = item(from, to, items, depth);
    while (i < to) {
      if (s.is(i, ',')) {
        i = item(i + 1, to, items, depth);
        continue;
      }
      boolean left = s.word(i).equals("LEFT");
      outerJoins |= left;
      i = item(afterJoin(i), to, items, depth);
      if (s.word(i).equals("USING") && s.is(i + 1, '(')) {
        i = s.afterParenthesis(i + 1);
      } else if (s.word(i).equals("ON")) {
        int end = endOfCondition(i + 1, to, depth);
        (left ? condition : inner).read(i + 1, end);
        i = end;
      }
    }
    // Of a LEFT JOIN's condition only equalities count: it may fail, and a row still be there.
    condition.values.clear();
    condition.equalities.addAll(inner.equalities);
    if (!outerJoins) {
      condition.values.addAll(inner.values);
    }
  }

  private int afterJoin(int i) throws Unknown {
    int at = i;
    switch (s.word(i)) {
      case "INNER", "CROSS" -> at++;
      case "LEFT" -> at += s.word(i + 1).equals("OUTER") ? 2 : 1;
      default -> {}
    }
    if (!s.word(at).equals("JOIN")) {
      throw new Unknown();
    }
    return at + 1;
  }

  private int endOfCondition(int from, int to, int depth) throws Unknown {
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        int close = s.afterParenthesis(i);
        inside(i, close, depth);
        i = close - 1;
      } else if (s.is(i, ',') || (JOINS.contains(s.word(i)) && !s.is(i + 1, '('))) {
        return i;
      }
    }
    return to;
  }

  /** Reads the item at a token and gives the token after it. */
  private int item(int i, int to, List<FromItem> items, int depth) throws Unknown {
    ObjectName table = null;
    int after;
    if (s.is(i, '(') && Vocabulary.QUERY_STARTS.contains(s.word(i + 1))) {
      after = s.afterParenthesis(i);
      query(i + 1, after - 1, depth + 1);
    } else if (i < to && s.isName(i) && !NO_TABLES.contains(s.word(i))) {
      after = s.nameEnd(i);
      table = s.name(i);
      for (int at = i; at < after; at++) {
        declaring.add(at);
      }
      declared.add(lower(table.name()));
    } else {
      throw new Unknown();
    }
    int alias = s.word(after).equals("AS") ? after + 1 : after;
    boolean named =
        alias < to
            && s.isName(alias)
            && !JOINS.contains(s.word(alias))
            && !NO_ALIASES.contains(s.word(alias));
    if (!named && alias > after) {
      throw new Unknown();
    }
    String name = named ? s.name(alias).name() : table == null ? "" : table.name();
    if (named) {
      declaring.add(alias);
      declared.add(lower(name));
      after = s.nameEnd(alias);
    }
    boolean ends =
        after >= to
            || s.is(after, ',')
            || JOINS.contains(s.word(after))
            || s.word(after).equals("ON")
            || s.word(after).equals("USING");
    if (!ends) {
      throw new Unknown();
    }
    items.add(new FromItem(table, name));
    return after;
  }

  /** Adds a mention for each table, with all that follows from the condition. */
  private void mention(List<FromItem> items, Conjunction condition) {
    FromList tables = new FromList(items);
    condition.values.forEach(tables::fix);
    tables.follow(condition.equalities);
    mentions.addAll(tables.mentions());
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
    Set<String> columns = new HashSet<>();
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
          columns.add(s.part(at));
        }
      }
      all |= star;
      at++;
      if (at < from && !s.is(at, ',')) {
        return null;
      }
    }
    Set<String> choosing = sortsByNames(from) ? names(from) : null;
    return choosing == null ? null : new RowFacts.Shown(columns, all, choosing);
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

  /**
   * Every identifier from a token on, or null where a column may be read unnamed: by a star or by
   * its whole row.
   */
  private @Nullable Set<String> names(int from) {
    Set<String> names = new HashSet<>();
    for (int i = from; i < s.size(); i++) {
      if (s.isSymbol(i, "*") && !isFactor(i) && !isCountOfRows(i)) {
        return null;
      }
      if (s.word(i).equals("NATURAL")) {
        return null;
      }
      if (s.isName(i)) {
        String name = lower(s.name(i).name());
        String part = lower(s.part(i));
        boolean qualifies = s.is(i + 1, '.');
        boolean declares = declaring.contains(i);
        boolean wholeRow = !qualifies && !declares && declared.contains(part);
        if (wholeRow || Vocabulary.PSEUDO_COLUMNS.contains(part)) {
          return null;
        }
        names.add(name);
        names.add(part);
        if (!qualifies && !declares && (s.is(i - 1, '.') || mayBeColumn(i))) {
          members.add(part);
        }
      }
    }
    return names;
  }

  /** Whether a name without a qualifier is not seen to be something else than a column. */
  private boolean mayBeColumn(int i) {
    boolean syntax = Vocabulary.SYNTAX.contains(s.word(i));
    boolean string = s.kind(i) == Tokens.STRING_OR_NAME;
    boolean call = s.is(i + 1, '(') || s.isSymbol(i + 1, "=>");
    boolean typeOfLiteral = s.kind(i + 1) == Tokens.STRING;
    boolean type = s.isSymbol(i - 1, "::");
    boolean field = s.is(i - 1, '(') && s.word(i - 2).equals("EXTRACT");
    return !syntax && !string && !call && !typeOfLiteral && !type && !field && !isAlias(i);
  }

  /** Whether a name follows AS or the end of an expression, and so gives that a name. */
  private boolean isAlias(int i) {
    return switch (s.kind(i - 1)) {
      case Tokens.NUMBER, Tokens.STRING, Tokens.PARAMETER, Tokens.QUOTED -> true;
      case Tokens.WORD ->
          s.word(i - 1).equals("AS")
              || s.word(i - 1).equals("END")
              || !Vocabulary.SYNTAX.contains(s.word(i - 1))
              || s.is(i - 2, '.');
      default -> s.is(i - 1, ')');
    };
  }

  /** As the catalogue's names are compared. */
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a star multiplies, rather than standing for all columns. */
  private boolean isFactor(int i) {
    if (s.is(i - 1, '.') || s.is(i - 1, ',') || s.is(i - 1, '(')) {
      return false;
    }
    return switch (s.kind(i + 1)) {
      case Tokens.NUMBER, Tokens.PARAMETER, Tokens.STRING, Tokens.QUOTED -> true;
      case Tokens.WORD ->
          !AFTER_STARS.contains(s.word(i + 1))
              && !AFTER_FROM.contains(s.word(i + 1))
              && !SET_OPERATORS.contains(s.word(i + 1));
      default -> s.is(i + 1, '(');
    };
  }

  private boolean isCountOfRows(int i) {
    return s.is(i - 1, '(') && s.is(i + 1, ')') && s.word(i - 2).equals("COUNT");
  }
}
