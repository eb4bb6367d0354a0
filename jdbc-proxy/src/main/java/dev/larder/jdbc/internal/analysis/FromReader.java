package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of one FROM list, and what joins them. Used by one thread, once. */
final class FromReader {

  static final Set<String> AFTER_FROM =
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

  private static final Set<String> JOINS =
      Set.of("JOIN", "INNER", "CROSS", "LEFT", "RIGHT", "FULL", "NATURAL", "STRAIGHT_JOIN");
  private static final Set<String> NO_ALIASES =
      Set.of("ON", "USING", "USE", "FORCE", "IGNORE", "PARTITION", "TABLESAMPLE", "OUTER", "WITH");
  private static final Set<String> NO_TABLES =
      Set.of("LATERAL", "ONLY", "ROWS", "TABLE", "UNNEST", "VALUES", "OJ", "FINAL");

  /**
   * What stands in parentheses.
   *
   * @param close the token after them
   */
  record Enclosed(int open, int close) {}

  /**
   * An ON.
   *
   * @param unless the items of which it need not hold where one is missing
   */
  private record On(Conjunction condition, Set<Integer> unless) {}

  private final Statement s;
  private final Set<String> commonTables;
  private final NamedColumns columns;
  private final List<FromItem> items = new ArrayList<>();
  private final List<On> joins = new ArrayList<>();
  private final List<Mention> common = new ArrayList<>();
  private final List<Enclosed> derived = new ArrayList<>();
  private final List<Enclosed> inConditions = new ArrayList<>();

  /** The item after the last comma: joins bind more tightly. */
  private int first;

  /**
   * @param commonTables the names that WITH clauses define, wherever they are known
   */
  FromReader(Statement s, Set<String> commonTables, NamedColumns columns) {
    this.s = s;
    this.commonTables = commonTables;
    this.columns = columns;
  }

  /** Takes a table for an item by itself. */
  void add(FromItem item) {
    items.add(item);
    first = items.size();
  }

  void read(int from, int to) throws UnknownSyntax {
    int i = item(from, to);
    while (i < to) {
      if (s.is(i, ',')) {
        first = items.size();
        i = item(i + 1, to);
        continue;
      }
      Set<Integer> unless = missing(s.word(i));
      boolean crosses = s.word(i).equals("CROSS");
      i = item(afterJoin(i), to);
      if (s.word(i).equals("USING") && s.is(i + 1, '(')) {
        i = s.afterParenthesis(i + 1);
      } else if (s.word(i).equals("ON")) {
        int end = endOfCondition(i + 1, to);
        joins.add(new On(new Conjunction(s).read(i + 1, end), unless));
        i = end;
      } else if (!crosses && i < to && JOINS.contains(s.word(i))) {
        // Its ON may come after that of the next.
        throw new UnknownSyntax();
      }
    }
  }

  /** Its tables, with what joins them but for WHERE. */
  FromList list(@Nullable FromList outer) {
    FromList list = new FromList(items, outer);
    joins.forEach(join -> list.holds(join.condition(), join.unless()));
    return list;
  }

  /** What names a common table: nothing is known of its rows. */
  List<Mention> commonTables() {
    return common;
  }

  List<Enclosed> derived() {
    return derived;
  }

  /** What stands in parentheses after ON. */
  List<Enclosed> inConditions() {
    return inConditions;
  }

  /**
   * The items that a join leaves out where its condition does not hold.
   *
   * <p>A RIGHT or FULL join after another one would leave out rows that are made of several items.
   */
  private Set<Integer> missing(String join) throws UnknownSyntax {
    int next = items.size();
    boolean alone = next == first + 1;
    return switch (join) {
      case "LEFT" -> Set.of(next);
      case "RIGHT", "FULL" -> {
        if (!alone) {
          throw new UnknownSyntax();
        }
        yield join.equals("RIGHT") ? Set.of(first) : Set.of(first, next);
      }
      default -> Set.of();
    };
  }

  private int afterJoin(int i) throws UnknownSyntax {
    int at = i;
    switch (s.word(i)) {
      case "STRAIGHT_JOIN" -> {
        return i + 1;
      }
      case "INNER", "CROSS" -> at++;
      case "LEFT", "RIGHT", "FULL" -> at += s.word(i + 1).equals("OUTER") ? 2 : 1;
      default -> {}
    }
    if (!s.word(at).equals("JOIN")) {
      throw new UnknownSyntax();
    }
    return at + 1;
  }

  private int endOfCondition(int from, int to) throws UnknownSyntax {
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        int close = s.afterParenthesis(i);
        inConditions.add(new Enclosed(i, close));
        i = close - 1;
      } else if (s.is(i, ',') || (JOINS.contains(s.word(i)) && !s.is(i + 1, '('))) {
        return i;
      } else if (s.word(i).equals("ON") || s.word(i).equals("USING")) {
        throw new UnknownSyntax();
      }
    }
    return to;
  }

  /** Reads the item at a token and gives the token after it. */
  private int item(int i, int to) throws UnknownSyntax {
    ObjectName table = null;
    int after;
    if (s.is(i, '(') && Vocabulary.QUERY_STARTS.contains(s.word(i + 1))) {
      after = s.afterParenthesis(i);
      derived.add(new Enclosed(i, after));
    } else if (i < to && s.isName(i) && !NO_TABLES.contains(s.word(i))) {
      after = s.nameEnd(i);
      table = s.name(i);
      columns.declare(i, after, table.name());
    } else {
      throw new UnknownSyntax();
    }
    int alias = s.word(after).equals("AS") ? after + 1 : after;
    boolean named =
        alias < to
            && s.isName(alias)
            && !JOINS.contains(s.word(alias))
            && !NO_ALIASES.contains(s.word(alias));
    if (!named && alias > after) {
      throw new UnknownSyntax();
    }
    String name = named ? s.name(alias).name() : table == null ? "" : table.name();
    if (named) {
      columns.declare(alias, alias + 1, name);
      after = s.nameEnd(alias);
    }
    boolean ends =
        after >= to
            || s.is(after, ',')
            || JOINS.contains(s.word(after))
            || s.word(after).equals("ON")
            || s.word(after).equals("USING");
    if (!ends) {
      throw new UnknownSyntax();
    }
    if (table != null && isCommon(table)) {
      common.add(new Mention(table, List.of()));
      table = null;
    }
    items.add(new FromItem(table, name));
    return after;
  }

  private boolean isCommon(ObjectName table) {
    return table.schema() == null && commonTables.stream().anyMatch(table.name()::equalsIgnoreCase);
  }
}
