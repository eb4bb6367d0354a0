package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.TimeFacts.Conversion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions for which of their values meet. Used by one thread, once.
 *
 * <p>Values are parted only where nothing of one can reach the other: by AND and OR, and where a
 * function's or a conversion's result tells nothing of what it was given. Whatever is not
 * understood stays together.
 */
final class TimeExpressions {

  private static final Set<String> ARITHMETIC =
      Set.of("+", "-", "*", "/", "%", "=", "<", ">", "<=", ">=", "<>", "!=", ".", ";", ":", "<=>");

  private final Tokens tokens;
  private final Brackets brackets;
  private final TimeFacts.Builder facts;
  private final TimeConversions conversions;
  private final TimeQueries queries;

  /** Whether conditions are looked for, which a body's statements blur. */
  private final boolean parts;

  /** The index after what was read last. */
  private int end;

  TimeExpressions(
      Tokens tokens,
      Brackets brackets,
      TimeConversions conversions,
      TimeQueries queries,
      boolean parts) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.facts = conversions.facts;
    this.conversions = conversions;
    this.queries = queries;
    this.parts = parts;
  }

  /** Several expressions with commas between them, all of which meet. */
  ValuesTogether.Builder list(int from, int to) {
    ValuesTogether.Builder all = new ValuesTogether.Builder();
    int start = from;
    while (start < to) {
      int comma = brackets.comma(start, to);
      all.and(expression(start, comma));
      start = comma + 1;
    }
    return all;
  }

  /** One expression; what comes out of a condition is neither a text nor a time. */
  ValuesTogether.Builder expression(int from, int to) {
    ValuesTogether.Builder all = new ValuesTogether.Builder();
    ValuesTogether.Builder last = new ValuesTogether.Builder();
    boolean isCondition = false;
    int betweens = 0;
    int i = from;
    while (i < to) {
      String word = tokens.is(i - 1, '.') ? "" : tokens.word(i);
      if (word.equals("BETWEEN")) {
        betweens++;
        i++;
      } else if (word.equals("AND") && betweens > 0) {
        betweens--;
        i++;
      } else if (parts && (word.equals("AND") || word.equals("OR"))) {
        facts.together(all.and(last));
        all = new ValuesTogether.Builder();
        last = new ValuesTogether.Builder();
        isCondition = true;
        betweens = 0;
        i++;
      } else if (tokens.isSymbol(i, "::")) {
        TypeName type = TypeName.read(tokens, i + 1, to);
        // In a body, a CASE may be a statement, whose END is another's.
        last =
            conversions.converted(
                tokens.word(i - 1).equals("END") && !parts ? unknown() : last, type);
        i = type.end();
      } else if (word.equals("AT") && (isWord(i + 1, "TIME") || isWord(i + 1, "LOCAL"))) {
        last = conversions.zoned(last);
        i += isWord(i + 1, "LOCAL") ? 2 : 3;
      } else if (tokens.is(i, '[') && i > from && !tokens.word(i - 1).equals("ARRAY")) {
        int close = brackets.close(i, to);
        last.and(list(i + 1, close));
        i = close + 1;
      } else if (tokens.is(i, '.') && tokens.is(i - 1, ')') && tokens.isName(i + 1)) {
        last = conversions.field(last, i + 1);
        i += 2;
      } else {
        ValuesTogether.Builder next = operand(i, to);
        if (next != null) {
          all.and(last);
          last = next;
        } else if (tokens.kind(i) == Tokens.SYMBOL) {
          operator(all, i, from);
        }
        i = Math.max(end, i + 1);
      }
    }
    all.and(last);
    if (isCondition) {
      facts.together(all);
      return new ValuesTogether.Builder();
    }
    return all;
  }

  private static ValuesTogether.Builder unknown() {
    return ValuesTogether.Builder.of(ValueTrait.TEXT).trait(ValueTrait.ANYTHING);
  }

  private void operator(ValuesTogether.Builder all, int i, int from) {
    if (tokens.is(i, '*')
        && (i == from || tokens.is(i - 1, '.') || tokens.word(i - 1).equals("DISTINCT"))) {
      all.value().trait(ValueTrait.ALL_COLUMNS);
    } else if (tokens.isSymbol(i, "#=")) {
      // hstore's: a record that takes its values from texts.
      facts.converted(ValuesTogether.Builder.of(ValueTrait.TEXT), Conversion.TIME);
    } else if (!facts.datesAreAdded && !ARITHMETIC.contains(tokens.spelling(i))) {
      boolean bracket = "(){}[],".contains(tokens.spelling(i));
      if (!bracket) {
        all.trait(ValueTrait.TEXT);
      }
    }
  }

  /** One operand that begins at {@code i}; null where none does. */
  private ValuesTogether.@Nullable Builder operand(int i, int to) {
    end = i + 1;
    ValuesTogether.Builder one = new ValuesTogether.Builder().value();
    switch (tokens.kind(i)) {
      case Tokens.STRING, Tokens.NUMBER -> {
        return one;
      }
      case Tokens.PARAMETER -> {
        return one.parameter(brackets.parameter(i));
      }
      case Tokens.POSITION, Tokens.VARIABLE -> {
        return one.name("." + tokens.spelling(i));
      }
      case Tokens.STRING_OR_NAME -> {
        if (!tokens.is(i + 1, '.') && !tokens.is(i + 1, '(')) {
          return one.name(Tokens.lower(tokens.part(i)));
        }
        return name(i, to);
      }
      case Tokens.WORD, Tokens.QUOTED -> {
        return name(i, to);
      }
      default -> {
        if (tokens.is(i, '(')) {
          int close = brackets.close(i, to);
          ValuesTogether.Builder inner = inner(i + 1, close);
          end = close + 1;
          return inner;
        }
        if (tokens.is(i, '[')) {
          int close = brackets.close(i, to);
          ValuesTogether.Builder inner = list(i + 1, close);
          end = close + 1;
          return inner;
        }
        return tokens.is(i, '{') ? escape(i) : null;
      }
    }
  }

  private ValuesTogether.@Nullable Builder escape(int i) {
    return switch (tokens.word(i + 1)) {
      case "D", "TS" -> {
        end = i + 3;
        yield ValuesTogether.Builder.of(ValueTrait.DATE);
      }
      case "T" -> {
        end = i + 3;
        yield ValuesTogether.Builder.of(ValueTrait.TIME);
      }
      case "FN" -> {
        end = i + 2;
        yield null;
      }
      default -> null;
    };
  }

  /** What parentheses hold: a query or expressions. */
  ValuesTogether.Builder inner(int from, int to) {
    if (!queries.isQuery(from, to)) {
      return list(from, to);
    }
    ValuesTogether.Builder all = new ValuesTogether.Builder();
    queries.query(from, to).forEach(all::and);
    return all;
  }

  private ValuesTogether.@Nullable Builder name(int i, int to) {
    int after = Math.min(tokens.nameEnd(i), to);
    boolean single = after == i + 1;
    String word = single ? tokens.word(i) : "";
    if (word.equals("CASE")) {
      return cases(i, to);
    }
    if (word.equals("COLLATE")) {
      end = Math.min(tokens.nameEnd(i + 1), to);
      return null;
    }
    if (word.equals("NULLS")) {
      end = Math.min(i + 2, to);
      return null;
    }
    if (word.equals("INTERVAL")) {
      end = i + 1;
      return facts.datesAreAdded ? ValuesTogether.Builder.of(ValueTrait.DATE) : null;
    }
    if (after < to && tokens.is(after, '(') && !isSyntax(word)) {
      return typed(i, to, word) ? literal(i, to) : call(i, after, to);
    }
    if (typed(i, to, word)) {
      return literal(i, to);
    }
    end = after;
    if (TimeWords.NO_VALUES.contains(word)) {
      return null;
    }
    ValuesTogether.Builder one = new ValuesTogether.Builder().value();
    if (tokens.is(after, '.') && tokens.is(after + 1, '*')) {
      end = after + 2;
      return one.trait(ValueTrait.ALL_COLUMNS);
    }
    String name = Tokens.lower(tokens.part(after - 1));
    boolean certain = !single || tokens.kind(i) == Tokens.QUOTED;
    boolean pseudo = Vocabulary.PSEUDO_COLUMNS.contains(name);
    return pseudo ? one : one.name(certain ? "." + name : name);
  }

  private boolean isWord(int i, String word) {
    return tokens.word(i).equals(word);
  }

  private static boolean isSyntax(String word) {
    return TimeWords.NO_VALUES.contains(word)
        || (Vocabulary.NOT_FUNCTIONS.contains(word) && !word.equals("CAST"));
  }

  /** Whether a literal with its type before it begins at {@code i}. */
  private boolean typed(int i, int to, String word) {
    TypeName.Kind kind = word.isEmpty() ? TypeName.Kind.UNKNOWN : TypeName.kind(Tokens.lower(word));
    if (kind != TypeName.Kind.TIME
        && kind != TypeName.Kind.DATE
        && kind != TypeName.Kind.ZONED_TIME) {
      return false;
    }
    if (tokens.is(i + 1, '(') && (tokens.kind(i + 2) != Tokens.NUMBER || !tokens.is(i + 3, ')'))) {
      return false;
    }
    int after = TypeName.read(tokens, i, to).end();
    return after < to && tokens.kind(after) == Tokens.STRING;
  }

  private ValuesTogether.Builder literal(int i, int to) {
    TypeName type = TypeName.read(tokens, i, to);
    ValuesTogether.Builder value = new ValuesTogether.Builder().value();
    ValuesTogether.Builder typed = conversions.converted(value, type);
    end = type.end() + 1;
    return typed;
  }

  /** A CASE is what its results are; what it compares is not among them. */
  private ValuesTogether.Builder cases(int i, int to) {
    int close = brackets.caseEnd(i, to);
    ValuesTogether.Builder results = new ValuesTogether.Builder();
    ValuesTogether.Builder compared = new ValuesTogether.Builder();
    boolean isSearched = tokens.word(i + 1).equals("WHEN");
    boolean isResult = false;
    int start = i + 1;
    int depth = 0;
    for (int at = i + 1; at <= close; at++) {
      if (tokens.is(at, '(') && at < close) {
        at = brackets.close(at, close);
        continue;
      }
      String word = tokens.is(at - 1, '.') ? "" : tokens.word(at);
      if (word.equals("CASE")) {
        depth++;
      } else if (word.equals("END") && at < close) {
        depth--;
      }
      boolean ends = at == close;
      if (ends
          || (depth == 0 && (word.equals("WHEN") || word.equals("THEN") || word.equals("ELSE")))) {
        ValuesTogether.Builder part = expression(start, at);
        if (isResult) {
          results.and(part);
        } else if (isSearched) {
          facts.together(part);
        } else {
          compared.and(part);
        }
        isResult = !word.equals("WHEN");
        start = at + 1;
      }
    }
    facts.together(compared);
    end = close + 1;
    return results;
  }

  private ValuesTogether.@Nullable Builder call(int i, int open, int to) {
    int close = brackets.close(open, to);
    String name = Tokens.upper(tokens.part(open - 1));
    if (EscapeClauses.isCall(tokens, i)) {
      name = Tokens.upper(EscapeClauses.function(tokens.syntax, name));
    }
    ValuesTogether.Builder called = called(name, open + 1, close);
    end = close + 1;
    if (called != null && open > i + 1 && !tokens.part(open - 3).equals("pg_catalog")) {
      // Not the product's own function of that name.
      called.trait(facts.datesAreAdded ? ValueTrait.ANYTHING : ValueTrait.TEXT);
    }
    return called;
  }

  private ValuesTogether.@Nullable Builder called(String name, int from, int to) {
    switch (name) {
      case "CAST", "TRY_CAST" -> {
        int as = brackets.lastWord(from, to, "AS");
        if (as < to) {
          return conversions.converted(list(from, as), TypeName.read(tokens, as + 1, to));
        }
      }
      case "CONVERT" -> {
        int comma = brackets.comma(from, to);
        if (facts.datesAreAdded && comma < to) {
          TypeName type = TypeName.read(tokens, comma + 1, to);
          ValuesTogether.Builder values = list(from, comma);
          return type.kind() != TypeName.Kind.UNKNOWN
              ? conversions.converted(values, type)
              : values.and(list(comma + 1, to)).trait(ValueTrait.ANYTHING);
        }
      }
      case "EXTRACT" -> {
        int of = brackets.lastWord(from, to, "FROM");
        if (of < to && facts.datesAreAdded) {
          ValuesTogether.Builder values = list(of + 1, to);
          facts.together(
              TimeWords.FIELDS_OF_TIMES.contains(tokens.word(from))
                  ? values
                  : values.trait(ValueTrait.DATE));
          return new ValuesTogether.Builder().value();
        }
      }
      case "IF", "CASEWHEN" -> {
        int comma = brackets.comma(from, to);
        facts.together(expression(from, comma));
        return list(comma + 1, to).function(Tokens.lower(name));
      }
      case "OVER", "FILTER" -> {
        queries.clauses(from, to);
        return null;
      }
      case "EXISTS" -> {
        inner(from, to);
        return new ValuesTogether.Builder().value();
      }
      default -> {}
    }
    ValuesTogether.Builder values = inner(from, to);
    return facts.datesAreAdded
        ? conversions.ofTimes(name, values)
        : conversions.ofTexts(name, values, from, to);
  }
}
