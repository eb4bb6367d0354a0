package dev.larder.jdbc.internal.analysis;

import java.util.List;

/**
 * Everything that is known of one SQL text. Immutable and thread-safe; one object per distinct text
 * while it is memoised.
 *
 * @param template the text with comments dropped, white space folded and literals lifted, or the
 *     text itself where it could not be lexed; equal templates with equal literals mean the same
 *     statement to this product
 * @param literals the lifted literals in order, each as the text spells it
 * @param parameters how many JDBC parameter markers the text has
 * @param statements the facts of each statement in the text, in order; empty for a text with no
 *     statement
 * @param hints what the text's {@code larder(...)} comments ask for
 * @param currentTimeLiteral whether a literal may stand for the current time ('now', 'today' and
 *     the like in PostgreSQL)
 */
public record Analysis(
    String template,
    List<String> literals,
    int parameters,
    List<Facts> statements,
    Hints hints,
    boolean currentTimeLiteral) {

  public Analysis {
    literals = List.copyOf(literals);
    statements = List.copyOf(statements);
  }

  /** About how many bytes this object keeps alive beside the facts it shares with others. */
  public int weight() {
    int weight = 128 + 2 * template.length();
    for (String literal : literals) {
      weight += 56 + 2 * literal.length();
    }
    return weight;
  }
}
