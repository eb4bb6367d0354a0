package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads queries for which of their values meet, and what the names they give stand for. Used by one
 * thread, once.
 */
final class TimeQueries {

  private static final Set<String> CLAUSES =
      Set.of("FROM", "WHERE", "HAVING", "GROUP", "ORDER", "PARTITION", "LIMIT", "WINDOW");

  private final Tokens tokens;
  private final Brackets brackets;
  private final TimeFacts.Builder facts;
  private final TimeExpressions expressions;
  private final TimeTables tables;

  private TimeQueries(Tokens tokens, TimeFacts.Builder facts, boolean parts) {
    this.tokens = tokens;
    this.facts = facts;
    this.brackets = new Brackets(tokens);
    TimeConversions conversions = new TimeConversions(tokens, brackets, facts);
    this.expressions = new TimeExpressions(tokens, brackets, conversions, this, parts);
    this.tables = new TimeTables(tokens, brackets, conversions, expressions, this);
  }

  /** What a query says of times. */
  static TimeFacts ofQuery(Tokens tokens, int from, int to) {
    if (!isOfConcern(tokens)) {
      return TimeFacts.NONE;
    }
    TimeFacts.Builder facts = builder(tokens);
    TimeQueries queries = new TimeQueries(tokens, facts, true);
    if (!queries.brackets.match) {
      return TimeFacts.UNKNOWN;
    }
    queries.query(from, to).forEach(facts::together);
    return facts.build();
  }

  /** What a routine's body says of times. */
  static TimeFacts ofBody(Tokens tokens) {
    if (!isOfConcern(tokens)) {
      return TimeFacts.NONE;
    }
    TimeFacts.Builder facts = builder(tokens);
    TimeQueries queries = new TimeQueries(tokens, facts, false);
    if (!queries.brackets.match) {
      return TimeFacts.UNKNOWN;
    }
    ValuesTogether.Builder all = queries.expressions.list(0, tokens.size);
    facts.together(all);
    facts.variables(all, queries.declaresTimes(all));
    return facts.build();
  }

  /** Whether a body has a variable that may be a time; those that may be texts are taken in. */
  private boolean declaresTimes(ValuesTogether.Builder all) {
    boolean declares = false;
    boolean times = false;
    for (int i = 0; i < tokens.size; i++) {
      String word = tokens.word(i);
      if (word.equals("DECLARE")) {
        declares = true;
      } else if (word.equals("BEGIN")) {
        declares = false;
      } else if (declares && (tokens.is(i - 1, ';') || tokens.word(i - 1).equals("DECLARE"))) {
        int type = tokens.word(i + 1).equals("CONSTANT") ? i + 2 : i + 1;
        TypeName declared = TypeName.read(tokens, type, tokens.size);
        if (declared.kind() == TypeName.Kind.TIME) {
          all.trait(ValueTrait.TIME);
        }
        times |= declared.isTime() || declared.kind() == TypeName.Kind.ZONED_TIME;
        boolean unknown =
            declared.kind() == TypeName.Kind.UNKNOWN || tokens.is(declared.end(), '%');
        times |= unknown;
        if (unknown
            || (declared.kind() == TypeName.Kind.TEXT && !declared.name().equals("record"))) {
          all.trait(ValueTrait.TEXT);
        }
      }
    }
    return times;
  }

  private static TimeFacts.Builder builder(Tokens tokens) {
    return new TimeFacts.Builder(tokens.syntax.mayHave(SyntaxTrait.TIMES_TAKE_CURRENT_DATE));
  }

  private static boolean isOfConcern(Tokens tokens) {
    return tokens.syntax.mayHave(SyntaxTrait.TIMES_TAKE_CURRENT_DATE)
        || tokens.syntax.mayHave(SyntaxTrait.CURRENT_TIME_LITERALS);
  }

  boolean isQuery(int from, int to) {
    if (from >= to) {
      return false;
    } else if (!tokens.is(from, '(')) {
      return Vocabulary.QUERY_STARTS.contains(tokens.word(from)) && !tokens.is(from + 1, '.');
    }
    int after = brackets.close(from, to) + 1;
    boolean goesOn = after >= to || afterSetOperator(after) > after || isEndOfQuery(after);
    return goesOn && isQuery(from + 1, after - 1);
  }

  private boolean isEndOfQuery(int i) {
    return switch (tokens.word(i)) {
      case "ORDER", "LIMIT", "OFFSET", "FETCH" -> true;
      default -> false;
    };
  }

  /** Reads a query; gives what its columns are made of, or one for all of them. */
  List<ValuesTogether.Builder> query(int from, int to) {
    int start = tokens.word(from).equals("WITH") ? commonTables(from + 1, to) : from;
    List<ValuesTogether.Builder> columns = null;
    for (int i = start; i < to; i = brackets.next(i, to)) {
      int after = afterSetOperator(i);
      if (after > i) {
        List<ValuesTogether.Builder> block = block(start, i);
        columns = columns == null ? block : merged(columns, block);
        start = after;
        i = after - 1; // which no bracket is
      }
    }
    List<ValuesTogether.Builder> last = block(start, to);
    return columns == null ? last : merged(columns, last);
  }

  private int afterSetOperator(int i) {
    switch (tokens.is(i - 1, '.') ? "" : tokens.word(i)) {
      case "UNION", "EXCEPT", "INTERSECT", "MINUS" -> {
        int after = i + 1;
        while (tokens.word(after).equals("ALL") || tokens.word(after).equals("DISTINCT")) {
          after++;
        }
        boolean follows =
            tokens.is(after, '(') || Vocabulary.QUERY_STARTS.contains(tokens.word(after));
        return follows ? after : i;
      }
      default -> {
        return i;
      }
    }
  }

  /** The columns of a set operation: each is made of those in the same place. */
  private List<ValuesTogether.Builder> merged(
      List<ValuesTogether.Builder> one, List<ValuesTogether.Builder> other) {
    List<ValuesTogether.Builder> columns = new ArrayList<>();
    if (one.size() == other.size() && !hasAllColumns(one) && !hasAllColumns(other)) {
      for (int i = 0; i < one.size(); i++) {
        columns.add(new ValuesTogether.Builder().and(one.get(i)).and(other.get(i)));
      }
    } else {
      ValuesTogether.Builder all = new ValuesTogether.Builder();
      one.forEach(all::and);
      other.forEach(all::and);
      columns.add(all);
    }
    columns.forEach(facts::together);
    return columns;
  }

  static boolean hasAllColumns(List<ValuesTogether.Builder> columns) {
    return columns.stream().anyMatch(column -> column.has(ValueTrait.ALL_COLUMNS));
  }

  /** One query without set operations. */
  private List<ValuesTogether.Builder> block(int from, int to) {
    switch (tokens.word(from)) {
      case "SELECT" -> {
        int list = clause(from + 1, to);
        List<ValuesTogether.Builder> columns = columns(from + 1, list);
        clauses(list, to);
        return columns;
      }
      case "VALUES" -> {
        return rows(from + 1, to);
      }
      case "TABLE" -> {
        return List.of(ValuesTogether.Builder.of(ValueTrait.ALL_COLUMNS));
      }
      default -> {
        if (tokens.is(from, '(') && isQuery(from + 1, to)) {
          int close = brackets.close(from, to);
          List<ValuesTogether.Builder> columns = new ArrayList<>(query(from + 1, close));
          clauses(close + 1, to);
          return columns;
        }
        return List.of(expressions.list(from, to));
      }
    }
  }

  /** The index of the next clause, or {@code to}. */
  private int clause(int from, int to) {
    int i = from;
    while (i < to && !isClause(i)) {
      i = brackets.next(i, to);
    }
    return Math.min(i, to);
  }

  private boolean isClause(int i) {
    String word = tokens.is(i - 1, '.') ? "" : tokens.word(i);
    return switch (word) {
      case "FROM" -> !tokens.word(i - 1).equals("DISTINCT") || !isComparison(i - 2);
      case "GROUP", "ORDER", "PARTITION" -> tokens.word(i + 1).equals("BY");
      case "WINDOW" -> tokens.word(i + 2).equals("AS");
      default -> CLAUSES.contains(word);
    };
  }

  private boolean isComparison(int i) {
    return tokens.word(i).equals("IS") || tokens.word(i).equals("NOT");
  }

  /** Reads the clauses of a query, or of a window. */
  void clauses(int from, int to) {
    int i = from;
    while (i < to) {
      int next = clause(i + 1, to);
      switch (tokens.word(i)) {
        case "FROM" -> tables.read(i + 1, next);
        case "GROUP", "ORDER", "PARTITION" -> each(i + 2, next);
        default -> facts.together(expressions.list(i, next));
      }
      i = next;
    }
  }

  private void each(int from, int to) {
    int start = from;
    while (start < to) {
      int comma = brackets.comma(start, to);
      facts.together(expressions.expression(start, comma));
      start = comma + 1;
    }
  }

  private List<ValuesTogether.Builder> columns(int from, int to) {
    List<ValuesTogether.Builder> columns = new ArrayList<>();
    int start = from;
    while (start < to) {
      int comma = brackets.comma(start, to);
      columns.add(column(start, comma));
      start = comma + 1;
    }
    return columns;
  }

  private ValuesTogether.Builder column(int from, int to) {
    int last = to - 1;
    boolean named = last > from && tokens.word(last - 1).equals("AS");
    boolean aliased = named || isAlias(from, last);
    ValuesTogether.Builder values =
        expressions.expression(from, aliased ? (named ? last - 1 : last) : to);
    facts.together(values);
    if (aliased) {
      facts.alias(tokens.kind(last) == Tokens.STRING ? unquoted(last) : tokens.part(last), values);
    }
    return values;
  }

  private String unquoted(int i) {
    String spelled = tokens.spelling(i);
    return spelled.substring(1, Math.max(1, spelled.length() - 1));
  }

  private boolean isAlias(int from, int last) {
    boolean name = tokens.isName(last) || tokens.kind(last) == Tokens.STRING;
    if (last <= from || !name || TimeWords.NO_VALUES.contains(tokens.word(last))) {
      return false;
    }
    String before = tokens.word(last - 1);
    return switch (tokens.kind(last - 1)) {
      case Tokens.WORD ->
          !TimeWords.BEFORE_VALUES.contains(before)
              && (tokens.kind(last) != Tokens.STRING || !isType(before));
      case Tokens.SYMBOL -> tokens.is(last - 1, ')') || tokens.is(last - 1, ']');
      default -> true;
    };
  }

  private static boolean isType(String word) {
    return TypeName.kind(Tokens.lower(word)) != TypeName.Kind.UNKNOWN;
  }

  private List<ValuesTogether.Builder> rows(int from, int to) {
    List<ValuesTogether.Builder> columns = null;
    int start = from;
    while (start < to) {
      int comma = brackets.comma(start, clause(start, to));
      List<ValuesTogether.Builder> row = row(start, comma);
      columns = columns == null ? row : merged(columns, row);
      start = comma + 1;
      if (!tokens.is(comma, ',')) {
        break;
      }
    }
    List<ValuesTogether.Builder> all = columns == null ? List.of() : columns;
    for (int i = 0; i < all.size(); i++) {
      facts.alias("c" + (i + 1), all.get(i));
      facts.alias("column" + (i + 1), all.get(i));
    }
    return all;
  }

  private List<ValuesTogether.Builder> row(int from, int to) {
    int open = tokens.word(from).equals("ROW") ? from + 1 : from;
    List<ValuesTogether.Builder> columns = new ArrayList<>();
    if (!tokens.is(open, '(') || brackets.close(open, to) + 1 < to) {
      columns.add(expressions.expression(from, to));
      return columns;
    }
    int close = brackets.close(open, to);
    int start = open + 1;
    while (start < close) {
      int comma = brackets.comma(start, close);
      columns.add(expressions.expression(start, comma));
      start = comma + 1;
    }
    return columns;
  }

  /** Reads WITH; gives the index of the query that follows. */
  private int commonTables(int from, int to) {
    int i = from;
    while (i < to) {
      int open = i;
      while (open < to && !(tokens.word(open - 1).equals("AS") || isMaterialized(open - 1))) {
        open = brackets.next(open, to);
      }
      while (open < to && !tokens.is(open, '(')) {
        open++;
      }
      if (open >= to) {
        return to;
      }
      int close = brackets.close(open, to);
      List<ValuesTogether.Builder> columns = query(open + 1, close);
      int name = tokens.word(i).equals("RECURSIVE") ? i + 1 : i;
      if (tokens.is(name + 1, '(')) {
        tables.names(name + 2, brackets.close(name + 1, to), columns);
      }
      i = close + 1;
      if (!tokens.is(i, ',')) {
        break;
      }
      i++;
    }
    while (i < to && !tokens.is(i, '(') && !Vocabulary.QUERY_STARTS.contains(tokens.word(i))) {
      i++;
    }
    return i;
  }

  private boolean isMaterialized(int i) {
    return tokens.word(i).equals("MATERIALIZED");
  }
}
