package dev.larder.jdbc.internal.analysis;

import java.util.List;

/**
 * Reads a list of tables for the values that meet in its conditions, and for what its names of
 * columns stand for. Used by one thread, once.
 */
final class TimeTables {

  private final Tokens tokens;
  private final Brackets brackets;
  private final TimeFacts.Builder facts;
  private final TimeConversions conversions;
  private final TimeExpressions expressions;
  private final TimeQueries queries;

  TimeTables(
      Tokens tokens,
      Brackets brackets,
      TimeConversions conversions,
      TimeExpressions expressions,
      TimeQueries queries) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.facts = conversions.facts;
    this.conversions = conversions;
    this.expressions = expressions;
    this.queries = queries;
  }

  void read(int from, int to) {
    int i = from;
    while (i < to) {
      String word = tokens.word(i);
      if (tokens.is(i, '(')) {
        i = parenthesis(i, to);
      } else if (word.equals("ON")) {
        int end = conditionEnd(i + 1, to);
        facts.together(expressions.list(i + 1, end));
        i = end;
      } else if (word.equals("USING") && tokens.is(i + 1, '(')) {
        int close = brackets.close(i + 1, to);
        for (int at = i + 2; at < close; at++) {
          if (tokens.isName(at)) {
            // What is compared are two columns of one name.
            facts.together(
                new ValuesTogether.Builder().value().value().name(Tokens.lower(tokens.part(at))));
          }
        }
        i = close + 1;
      } else if (isIndexHint(i)) {
        int open = i;
        while (open < to && !tokens.is(open, '(')) {
          open++;
        }
        i = open < to ? brackets.close(open, to) + 1 : to;
      } else if (word.equals("NATURAL")) {
        facts.together(new ValuesTogether.Builder().value().value().trait(ValueTrait.ALL_COLUMNS));
        i++;
      } else if (tokens.isName(i) && !isKeyword(i)) {
        i = table(i, to);
      } else {
        i++;
      }
    }
  }

  /** {@code USE INDEX FOR JOIN (i)}, which may stand where an alias could. */
  private boolean isIndexHint(int i) {
    return switch (tokens.word(i)) {
      case "USE", "FORCE", "IGNORE" -> word(i + 1, "INDEX") || word(i + 1, "KEY");
      default -> false;
    };
  }

  private boolean isKeyword(int i) {
    if (isIndexHint(i)) {
      return true;
    }
    return TimeWords.IN_LISTS_OF_TABLES.contains(tokens.word(i))
        && !((tokens.word(i).equals("LEFT") || tokens.word(i).equals("RIGHT"))
            && tokens.is(i + 1, '('));
  }

  private int parenthesis(int i, int to) {
    int close = brackets.close(i, to);
    if (queries.isQuery(i + 1, close)) {
      return correlated(close + 1, to, queries.query(i + 1, close), false);
    }
    read(i + 1, close);
    return close + 1;
  }

  private int table(int i, int to) {
    int after = Math.min(tokens.nameEnd(i), to);
    ValuesTogether.Builder all = ValuesTogether.Builder.of(ValueTrait.ALL_COLUMNS);
    if (!tokens.is(after, '(') || after >= to) {
      return correlated(after, to, List.of(all), false);
    }
    int close = brackets.close(after, to);
    String name = Tokens.upper(tokens.part(after - 1));
    ValuesTogether.Builder called = expressions.expression(i, close + 1);
    facts.together(called);
    if (TimeWords.NAME_TYPES.contains(name) || TimeWords.GIVE_ANY.contains(name)) {
      declared(after + 1, close);
    }
    facts.alias("c1", called);
    return correlated(close + 1, to, List.of(called), true);
  }

  /** The columns that a table's own list declares: of any type. */
  private void declared(int from, int to) {
    for (int i = from; i < to; i++) {
      boolean begins =
          i == from || tokens.is(i - 1, ',') || tokens.is(i - 1, '(') || word(i - 1, "COLUMNS");
      if (begins && tokens.isName(i)) {
        facts.alias(
            tokens.part(i),
            ValuesTogether.Builder.of(facts.datesAreAdded ? ValueTrait.ANYTHING : ValueTrait.TEXT));
      }
    }
  }

  private boolean word(int i, String word) {
    return tokens.word(i).equals(word);
  }

  /**
   * Reads the name that follows a table, with the names of its columns; gives the index after.
   *
   * @param isValue whether the name alone may stand for the value
   */
  private int correlated(int from, int to, List<ValuesTogether.Builder> columns, boolean isValue) {
    int i = from;
    while (i < to && (word(i, "AS") || word(i, "WITH") || word(i, "ORDINALITY"))) {
      i++;
    }
    boolean named = i < to && tokens.isName(i) && !isKeyword(i);
    if (named && isValue) {
      columns.forEach(column -> facts.alias(tokens.part(nameAt(from)), column));
    }
    int open = named ? i + 1 : i;
    boolean listed = open < to && tokens.is(open, '(') && (named || word(open - 1, "AS"));
    if (!listed) {
      return named ? i + 1 : i;
    }
    int close = brackets.close(open, to);
    names(open + 1, close, columns);
    return close + 1;
  }

  /** The index of the name behind AS and its like. */
  private int nameAt(int from) {
    int i = from;
    while (word(i, "AS") || word(i, "WITH") || word(i, "ORDINALITY")) {
      i++;
    }
    return i;
  }

  /** Takes in the names that a list gives to columns, perhaps with their types. */
  void names(int from, int to, List<ValuesTogether.Builder> columns) {
    int start = from;
    int position = 0;
    int count = 0;
    for (int at = from; at < to; at = brackets.comma(at, to) + 1) {
      count++;
    }
    boolean each = count == columns.size() && !TimeQueries.hasAllColumns(columns);
    while (start < to) {
      int comma = brackets.comma(start, to);
      if (tokens.isName(start)) {
        String name = tokens.part(start);
        if (start + 1 < comma) {
          typed(name, columns, TypeName.read(tokens, start + 1, comma));
        } else if (each) {
          facts.alias(name, columns.get(position));
        } else {
          columns.forEach(column -> facts.alias(name, column));
        }
      }
      position++;
      start = comma + 1;
    }
  }

  private void typed(String name, List<ValuesTogether.Builder> columns, TypeName type) {
    if (facts.datesAreAdded) {
      facts.alias(name, ValuesTogether.Builder.of(ValueTrait.ANYTHING));
      return;
    }
    columns.forEach(column -> conversions.fromText(column, type));
    boolean plain = type.kind() == TypeName.Kind.OTHER || type.isTime();
    facts.alias(
        name,
        type.kind() == TypeName.Kind.TIME
            ? ValuesTogether.Builder.of(ValueTrait.TIME)
            : plain
                ? new ValuesTogether.Builder().value()
                : ValuesTogether.Builder.of(ValueTrait.TEXT));
  }

  /** The index of what ends a join's condition. */
  private int conditionEnd(int from, int to) {
    int i = from;
    while (i < to) {
      String word = tokens.is(i - 1, '.') ? "" : tokens.word(i);
      boolean side = word.equals("LEFT") || word.equals("RIGHT");
      boolean full = word.equals("FULL") && (word(i + 1, "JOIN") || word(i + 1, "OUTER"));
      if (tokens.is(i, ',')
          || TimeWords.JOINS.contains(word)
          || full
          || (side && !tokens.is(i + 1, '('))) {
        return i;
      }
      i = brackets.next(i, to);
    }
    return Math.min(i, to);
  }
}
