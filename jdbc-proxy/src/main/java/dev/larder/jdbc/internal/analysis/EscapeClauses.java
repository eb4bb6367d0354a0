package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

import java.util.Locale;
import java.util.Set;

/** JDBC's escapes in braces, such as {@code {fn lcase(x)}} and {@code {d '...'}}. Stateless. */
final class EscapeClauses {

  private static final Set<String> KEYWORDS = Set.of("D", "T", "TS", "FN", "OJ", "ESCAPE");

  private EscapeClauses() {}

  /** Whether the brace at {@code i} opens an escape that is a part of a query. */
  static boolean opens(Tokens tokens, int i) {
    return tokens.is(i, '{') && KEYWORDS.contains(tokens.word(i + 1));
  }

  /** Whether the name at {@code i} is that of a function that an escape calls. */
  static boolean isCall(Tokens tokens, int i) {
    return tokens.is(i - 2, '{') && tokens.word(i - 1).equals("FN");
  }

  /** The index of what the escape at {@code i} holds, where its keyword is no part of that. */
  static int content(Tokens tokens, int i) {
    if (!opens(tokens, i)) {
      return NONE;
    }
    return tokens.word(i + 1).equals("ESCAPE") ? i + 1 : i + 2;
  }

  /** The product's own function that answers for one that JDBC names, in lower case. */
  static String function(SqlSyntax syntax, String spelled) {
    String name = spelled.toLowerCase(Locale.ROOT);
    return syntax.escapedFunctions().getOrDefault(name, name);
  }
}
