package dev.larder.jdbc.internal.analysis;

import org.jspecify.annotations.Nullable;

/** The body of an anonymous block, out of the string that holds it. Stateless. */
final class Block {

  private Block() {}

  /** What a string holds, or null where that depends on more than its spelling. */
  static @Nullable String body(String spelled) {
    if (spelled.startsWith("$")) {
      int tag = spelled.indexOf('$', 1) + 1;
      return spelled.substring(tag, spelled.length() - tag);
    }
    boolean plain =
        spelled.length() > 1
            && spelled.startsWith("'")
            && spelled.endsWith("'")
            && spelled.indexOf('\\') < 0;
    return plain ? spelled.substring(1, spelled.length() - 1).replace("''", "'") : null;
  }

  /** What a body may do, or null where that cannot be told. */
  static @Nullable BodyFacts read(String body, SqlSyntax syntax) {
    try {
      Lexer lexer = new Lexer(body, syntax, syntax.backslashEscapes(), false);
      Tokens tokens = lexer.lex().withoutHints();
      return lexer.ambiguous() || locks(tokens) ? null : BodyReader.read(tokens);
    } catch (Lexer.Failure unreadable) {
      return null;
    }
  }

  /** A lock that is taken in a block is held by the transaction, as one that a query takes. */
  private static boolean locks(Tokens tokens) {
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.word(i).equals("FOR")) {
        switch (tokens.word(i + 1)) {
          case "UPDATE", "SHARE", "NO", "KEY" -> {
            return true;
          }
          default -> {
            // A loop.
          }
        }
      }
    }
    return false;
  }
}
