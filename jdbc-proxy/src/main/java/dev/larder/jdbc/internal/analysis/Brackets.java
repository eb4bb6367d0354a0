package dev.larder.jdbc.internal.analysis;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which bracket of a text closes which, and what else is found by counting. Immutable. */
final class Brackets {

  private final Tokens tokens;
  private final int[] closing;
  private final int[] parameters;

  /** Whether each bracket has its other. */
  final boolean match;

  Brackets(Tokens tokens) {
    this.tokens = tokens;
    closing = new int[tokens.size];
    parameters = new int[tokens.size];
    Deque<Integer> open = new ArrayDeque<>();
    boolean matching = true;
    int count = 0;
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.kind(i) == Tokens.PARAMETER) {
        count++;
        parameters[i] = number(i, count);
      } else if (tokens.is(i, '(') || tokens.is(i, '[')) {
        open.push(i);
      } else if (tokens.is(i, ')') || tokens.is(i, ']')) {
        if (open.isEmpty() || tokens.is(open.peek(), '(') != tokens.is(i, ')')) {
          matching = false;
          break;
        }
        closing[open.pop()] = i;
      }
    }
    match = matching && open.isEmpty();
  }

  /** {@code ?2} has its own number. */
  private int number(int i, int count) {
    String spelled = tokens.spelling(i);
    return spelled.length() > 1 && spelled.length() < 9 && Character.isDigit(spelled.charAt(1))
        ? Integer.parseInt(spelled.substring(1))
        : count;
  }

  /** Which parameter of the whole text stands at {@code i}, from 1. */
  int parameter(int i) {
    return parameters[i];
  }

  /** The index of the bracket that closes the one at {@code i}. */
  int close(int i, int to) {
    return Math.min(closing[i], to);
  }

  /** The index of the next token in no deeper brackets. */
  int next(int i, int to) {
    return tokens.is(i, '(') || tokens.is(i, '[') ? close(i, to) + 1 : i + 1;
  }

  /** The index of the first comma in no deeper brackets, or {@code to}. */
  int comma(int from, int to) {
    int i = from;
    while (i < to && !tokens.is(i, ',')) {
      i = next(i, to);
    }
    return Math.min(i, to);
  }

  /** The index of the last such word in no deeper brackets, or {@code to}. */
  int lastWord(int from, int to, String word) {
    int found = to;
    for (int i = from; i < to; i = next(i, to)) {
      if (tokens.word(i).equals(word) && !tokens.is(i - 1, '.')) {
        found = i;
      }
    }
    return found;
  }

  /** The index of the END of the CASE at {@code i}, or the last before {@code to}. */
  int caseEnd(int i, int to) {
    int depth = 0;
    for (int at = i; at < to; at = next(at, to)) {
      String word = tokens.is(at - 1, '.') ? "" : tokens.word(at);
      if (word.equals("CASE")) {
        depth++;
      } else if (word.equals("END") && --depth == 0) {
        return at;
      }
    }
    return to - 1;
  }
}
