package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

/** Operators that are spelled with their schema: {@code OPERATOR(pg_catalog.=)}. Stateless. */
final class OperatorNames {

  private OperatorNames() {}

  /** The index behind the operator that begins at {@code i}, or NONE where none does. */
  static int end(Tokens tokens, int i) {
    if (!tokens.syntax.has(SyntaxTrait.OPERATORS_OF_SIGNS)
        || !tokens.word(i).equals("OPERATOR")
        || !tokens.is(i + 1, '(')) {
      return NONE;
    }
    int at = i + 2;
    while (tokens.isName(at) && tokens.is(at + 1, '.')) {
      at += 2;
    }
    boolean operator = tokens.kind(at) == Tokens.SYMBOL && !tokens.is(at, '(');
    return operator && at < tokens.size && tokens.is(at + 1, ')') ? at + 2 : NONE;
  }
}
