package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;

/**
 * The part of the scan that finds clauses and names that forbid keeping an answer. It consumes
 * nothing: each of them may be a name too. Used by one thread, once.
 */
final class ObstacleClauses {

  private final TokenRange range;
  private final SqlSyntax syntax;
  private final ScannedNames.Builder names;

  ObstacleClauses(TokenRange range, ScannedNames.Builder names) {
    this.range = range;
    this.syntax = range.syntax;
    this.names = names;
  }

  /** Takes in the word at {@code i}. */
  void word(int i, String word) {
    switch (word) {
      case "FOR" -> lock(i);
      case "LOCK" -> {
        if (range.word(i + 1).equals("IN")) {
          names.obstacle(BypassReason.LOCKING_CLAUSE, "LOCK IN SHARE MODE");
        }
      }
      case "TABLESAMPLE", "SYSTEM_TIME", "SQL_CALC_FOUND_ROWS" -> nonDeterministic(word);
      case "PROCEDURE" -> {
        if (range.word(i + 1).startsWith("ANALY")) {
          nonDeterministic("PROCEDURE ANALYSE");
        }
      }
      default -> {
        // forbids nothing
      }
    }
  }

  private void lock(int i) {
    String next = range.word(i + 1);
    String last = range.word(i + 2);
    switch (next) {
      case "UPDATE", "SHARE" -> names.obstacle(BypassReason.LOCKING_CLAUSE, "FOR " + next);
      case "NO", "KEY" -> {
        if (last.equals("KEY") || last.equals("SHARE")) {
          names.obstacle(BypassReason.LOCKING_CLAUSE, "FOR " + next + " " + last);
        }
      }
      default -> {
        // FOR of something else
      }
    }
  }

  /**
   * Takes in the name that ends with the token at {@code last}: system columns and types are known
   * by their names, also where those are quoted.
   */
  void name(int last) {
    boolean hasSystemColumns = syntax.mayHave(SyntaxTrait.SYSTEM_COLUMNS);
    String word =
        hasSystemColumns && range.tokens.kind(last) == Tokens.QUOTED
            ? Tokens.upper(range.tokens.part(last))
            : range.word(last);
    if (Vocabulary.CATALOGUE_TYPES.contains(word)) {
      nonDeterministic("a cast to " + word);
    }
    if (hasSystemColumns && Vocabulary.SYSTEM_COLUMNS.contains(word)) {
      nonDeterministic("the system column " + word);
    }
  }

  /** Takes in the variable at {@code i}. */
  void variable(int i) {
    nonDeterministic("a session variable");
    if (range.tokens.isSymbol(i + 1, ":=")) {
      names.assignsVariable();
    }
  }

  private void nonDeterministic(String construct) {
    names.obstacle(BypassReason.NON_DETERMINISTIC_CONSTRUCT, construct);
  }
}
