package dev.larder.jdbc.internal.analysis;

import java.util.List;

/**
 * Everything that is known of one SQL text. Immutable and thread-safe; one object per distinct text
 * while it is remembered.
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
 * @param reuse for which texts it holds from now on
 */
public record Analysis(
    String template,
    List<String> literals,
    int parameters,
    List<Facts> statements,
    Hints hints,
    boolean currentTimeLiteral,
    Reuse reuse) {

  /** For which texts what was found may be remembered. */
  public enum Reuse {
    /** For none: nothing was learnt but that nobody had time. */
    NONE,
    /** For this text. */
    TEXT,
    /** For this text, and its facts for every text of its template. */
    TEMPLATE
  }

  public Analysis {
    literals = List.copyOf(literals);
    statements = List.copyOf(statements);
  }

  /** The same of everything but the facts. */
  Analysis with(List<Facts> facts, Reuse holdsFor) {
    return new Analysis(template, literals, parameters, facts, hints, currentTimeLiteral, holdsFor);
  }

  /**
   * Whether the template may hold literals: none were lifted where a text is too long or cannot be
   * read.
   */
  public boolean mayShowLiterals() {
    return literals.isEmpty() && currentTimeLiteral;
  }

  /** Whether it may be remembered by its text. */
  public boolean isRememberable() {
    return reuse != Reuse.NONE;
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
