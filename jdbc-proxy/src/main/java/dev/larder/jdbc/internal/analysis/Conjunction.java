package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition as far as it is a conjunction of comparisons with {@code =} and {@code IN}, or with
 * both ends of a range: what must hold for it to be true. Used by one thread, once.
 *
 * <p>A part that is not understood is left out, which only says less; of a condition that may be
 * true by one of several parts, what each of them says of one column is known together.
 */
final class Conjunction {

  /**
   * A column as the condition spells it.
   *
   * @param qualifier the table's name or alias, or null
   */
  record Spelled(@Nullable String qualifier, String column) {}

  /** A column that must equal one of several values. */
  record Value(Spelled column, List<Operand> values) {}

  /** Two columns that must be equal. */
  record Equality(Spelled left, Spelled right) {}

  /**
   * An end of a range.
   *
   * @param isLeast whether it is the lower one
   * @param isOutside whether the column is not equal to it
   */
  private record Bound(Spelled column, Operand value, boolean isLeast, boolean isOutside) {}

  private static final int DEEPEST = 16;
  private static final int MOST_ALTERNATIVES = 64;
  private static final Set<String> NO_COLUMNS = Set.of("TRUE", "FALSE", "NULL", "DEFAULT");

  private final Statement s;
  final List<Value> values = new ArrayList<>();
  final List<Equality> equalities = new ArrayList<>();

  Conjunction(Statement s) {
    this.s = s;
  }

  /** Adds what the condition between two tokens says. */
  Conjunction read(int from, int to) {
    read(from, to, 0);
    return this;
  }

  private void read(int from, int to, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (hasAlternatives(s, from, to)) {
      alternatives(from, to, depth);
      return;
    }
    List<Bound> bounds = new ArrayList<>();
    int start = from;
    int cases = 0;
    boolean between = false;
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
        continue;
      }
      switch (s.word(i)) {
        case "CASE" -> cases++;
        case "END" -> cases--;
        case "BETWEEN" -> between = true;
        case "AND" -> {
          if (between) {
            between = false;
          } else if (cases == 0) {
            part(start, i, depth, bounds);
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    part(start, to, depth, bounds);
    ranges(bounds);
  }

  /** Of a condition that is true where one of several is: what all of them say of a column. */
  private void alternatives(int from, int to, int depth) {
    List<Conjunction> parts = new ArrayList<>();
    int start = from;
    int cases = 0;
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
        continue;
      }
      switch (s.word(i)) {
        case "CASE" -> cases++;
        case "END" -> cases--;
        case "XOR" -> {
          return;
        }
        case "OR" -> {
          if (cases == 0) {
            parts.add(alternative(start, i, depth));
            start = i + 1;
          }
        }
        default -> {
          if (s.isSymbol(i, "||")) {
            return;
          }
        }
      }
    }
    if (start == from) {
      return;
    }
    parts.add(alternative(start, to, depth));
    for (Value value : parts.get(0).values) {
      Set<Operand> all = new LinkedHashSet<>(value.values());
      boolean inAll = true;
      for (Conjunction other : parts) {
        inAll &= other.addValues(value.column(), all);
      }
      if (inAll && all.size() <= MOST_ALTERNATIVES) {
        values.add(new Value(value.column(), List.copyOf(all)));
      }
    }
  }

  private Conjunction alternative(int from, int to, int depth) {
    Conjunction part = new Conjunction(s);
    part.read(from, to, depth + 1);
    return part;
  }

  /** Adds the values of a column; whether it has any. */
  private boolean addValues(Spelled column, Set<Operand> into) {
    for (Value value : values) {
      if (value.column().equals(column)) {
        into.addAll(value.values());
        return true;
      }
    }
    return false;
  }

  /** The columns of which both ends are known. */
  private void ranges(List<Bound> bounds) {
    for (Bound least : bounds) {
      for (Bound most : bounds) {
        if (least.isLeast() && !most.isLeast() && least.column().equals(most.column())) {
          Operand.Range range =
              new Operand.Range(least.value(), least.isOutside(), most.value(), most.isOutside());
          values.add(new Value(least.column(), List.of(range)));
        }
      }
    }
  }

  /** Whether OR, or what binds as loosely, stands between two tokens outside of parentheses. */
  static boolean hasAlternatives(Statement s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s.is(i, '(')) {
        i = s.afterParenthesis(i) - 1;
      } else if (s.word(i).equals("OR") || s.word(i).equals("XOR") || s.isSymbol(i, "||")) {
        return true;
      }
    }
    return false;
  }

  private void part(int from, int to, int depth, List<Bound> bounds) {
    if (s.is(from, '(') && s.afterParenthesis(from) == to) {
      if (!Vocabulary.QUERY_STARTS.contains(s.word(from + 1))) {
        read(from + 1, to - 1, depth + 1);
      }
      return;
    }
    if (s.word(from).equals("ARRAY_CONTAINS") && s.has(SyntaxTrait.ARRAY_CONTAINS)) {
      contains(from + 1, to);
      return;
    }
    Spelled left = column(s, from, to);
    int after = left == null ? from + 1 : s.nameEnd(from);
    if (left != null && s.word(after).equals("IN") && s.is(after + 1, '(')) {
      in(left, after + 1, to);
      return;
    }
    if (left != null && s.word(after).equals("BETWEEN")) {
      between(left, after + 1, to, bounds);
      return;
    }
    if (!s.isSymbol(after, "=") || after + 1 >= to) {
      bound(from, after, to, bounds);
      return;
    }
    if (left != null && s.is(after + 2, '(') && isAny(after + 1)) {
      any(left, after + 2, to);
      return;
    }
    Spelled right = column(s, after + 1, to);
    int end = right == null ? after + 2 : s.nameEnd(after + 1);
    if (end != to) {
      return;
    }
    Operand leftValue = left == null ? operand(s, from) : null;
    Operand rightValue = right == null ? operand(s, after + 1) : null;
    if (left != null && right != null) {
      equalities.add(new Equality(left, right));
    } else if (left != null && rightValue != null) {
      values.add(new Value(left, List.of(rightValue)));
    } else if (right != null && leftValue != null) {
      values.add(new Value(right, List.of(leftValue)));
    }
  }

  private void between(Spelled column, int from, int to, List<Bound> bounds) {
    Operand least = operand(s, from);
    Operand most = from + 3 == to && s.word(from + 1).equals("AND") ? operand(s, from + 2) : null;
    if (least != null && most != null) {
      bounds.add(new Bound(column, least, true, false));
      bounds.add(new Bound(column, most, false, false));
    }
  }

  /** A comparison by the symbol at a token. */
  private void bound(int from, int at, int to, List<Bound> bounds) {
    boolean less = s.isSymbol(at, "<") || s.isSymbol(at, "<=");
    boolean more = s.isSymbol(at, ">") || s.isSymbol(at, ">=");
    if (!less && !more) {
      return;
    }
    boolean outside = s.isSymbol(at, "<") || s.isSymbol(at, ">");
    Spelled left = column(s, from, to);
    Spelled right = column(s, at + 1, to);
    Operand first = left == null && at == from + 1 ? operand(s, from) : null;
    Operand second = right == null && at + 2 == to ? operand(s, at + 1) : null;
    if (left != null && second != null) {
      bounds.add(new Bound(left, second, more, outside));
    } else if (right != null && first != null && s.nameEnd(at + 1) == to) {
      bounds.add(new Bound(right, first, less, outside));
    }
  }

  private void in(Spelled column, int open, int to) {
    List<Operand> found = new ArrayList<>();
    int close = list(open, to, found);
    if (s.is(close, ')') && close + 1 == to) {
      values.add(new Value(column, found));
    }
  }

  /**
   * Reads operands between commas.
   *
   * @param open what stands before the first of them
   * @return what stands after the last of them, or {@code to} where there is anything else
   */
  private int list(int open, int to, List<Operand> found) {
    int i = open;
    do {
      Operand value = i + 1 < to ? operand(s, i + 1) : null;
      if (value == null) {
        return to;
      }
      found.add(value);
      i += 2;
    } while (i < to && s.is(i, ','));
    return i;
  }

  private boolean isAny(int i) {
    return s.word(i).equals("ANY") || s.word(i).equals("SOME");
  }

  /** An array that a parameter is, or whose elements are spelled. */
  private void any(Spelled column, int open, int to) {
    if (s.afterParenthesis(open) != to) {
      return;
    }
    int close = to - 1;
    List<Operand> found = new ArrayList<>();
    if (s.kind(open + 1) == Tokens.PARAMETER && open + 2 == close) {
      found.add(new Operand.Elements(s.parameter(open + 1), false));
    } else if (s.word(open + 1).equals("ARRAY") && s.is(open + 2, '[')) {
      int end = list(open + 2, close, found);
      if (!s.is(end, ']') || end + 1 != close) {
        return;
      }
    }
    if (!found.isEmpty()) {
      values.add(new Value(column, found));
    }
  }

  /** A call with a parameter and a column, in H2 as good as {@code = ANY}. */
  private void contains(int open, int to) {
    boolean ofParameter =
        s.is(open, '(')
            && s.afterParenthesis(open) == to
            && s.kind(open + 1) == Tokens.PARAMETER
            && s.is(open + 2, ',');
    Spelled column = ofParameter ? column(s, open + 3, to) : null;
    if (column != null && s.nameEnd(open + 3) == to - 1) {
      values.add(new Value(column, List.of(new Operand.Elements(s.parameter(open + 1), true))));
    }
  }

  /** The column that is spelled at a token, if one or two names are. */
  static @Nullable Spelled column(Statement s, int i, int to) {
    if (i >= to || !s.isName(i)) {
      return null;
    }
    int end = s.nameEnd(i);
    if (end > to || end - i > 3) {
      return null;
    }
    String word = end == i + 1 ? s.word(i) : "";
    if (NO_COLUMNS.contains(word)
        || Vocabulary.BARE_FUNCTIONS.contains(word)
        || Vocabulary.BARE_SYSDATE.contains(word)
        || Vocabulary.BARE_USER.contains(word)
        || s.kind(i) == Tokens.STRING_OR_NAME
        || s.kind(end - 1) == Tokens.STRING_OR_NAME) {
      return null;
    }
    ObjectName name = s.name(i);
    return new Spelled(name.schema(), name.name());
  }

  /** The parameter or literal that is one token, or null. */
  static @Nullable Operand operand(Statement s, int i) {
    return switch (s.kind(i)) {
      case Tokens.PARAMETER -> new Operand.Parameter(s.parameter(i));
      case Tokens.NUMBER, Tokens.STRING -> new Operand.Literal(s.literal(i));
      default -> null;
    };
  }
}
