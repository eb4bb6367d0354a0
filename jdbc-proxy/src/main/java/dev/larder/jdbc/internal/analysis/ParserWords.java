package dev.larder.jdbc.internal.analysis;

import java.util.Set;

/**
 * Words that JSqlParser takes for a type, or for syntax that it alone knows, and the products for
 * the name of a column or table as any other. Stateless.
 */
final class ParserWords {

  private static final Set<String> TYPES =
      Set.of(
          "BIGINT",
          "BLOB",
          "BOOL",
          "BYTEA",
          "DECIMAL",
          "DOUBLE",
          "ENUM",
          "FLOAT",
          "FLOAT4",
          "FLOAT8",
          "INT",
          "INT2",
          "INT4",
          "INT8",
          "INTEGER",
          "NCHAR",
          "NUMBER",
          "NUMERIC",
          "NVARCHAR",
          "PRECISION",
          "REAL",
          "SMALLINT",
          "TINYINT",
          "UUID",
          "VARBINARY",
          "VARCHAR");

  private static final Set<String> SYNTAX =
      Set.of(
          "CSV",
          "ERRORS",
          "FINAL",
          "FORCE",
          "IMPORT",
          "NOCYCLE",
          "PIVOT",
          "PREFERRING",
          "PRIOR",
          "RETURNS",
          "SAMPLE",
          "SEMI",
          "SETTINGS",
          "UNKNOWN",
          "UNPIVOT",
          "VERIFY");

  /** A name may stand behind these, and no type and none of that syntax. */
  private static final Set<String> BEFORE_NAMES =
      Set.of(
          "ALL",
          "AND",
          "BETWEEN",
          "BY",
          "CASE",
          "DISTINCT",
          "ELSE",
          "FROM",
          "HAVING",
          "JOIN",
          "LIKE",
          "NOT",
          "ON",
          "OR",
          "SELECT",
          "THEN",
          "WHEN",
          "WHERE");

  /** Its last signs: what closes something, or says that a type follows, is none of them. */
  private static final String OPERATORS = ".,(=<>+-*/%|&^~!#@";

  private ParserWords() {}

  /** Whether the word at {@code i} stands where only a name can. */
  static boolean isName(Tokens tokens, int i) {
    String word = tokens.word(i);
    boolean isType = TYPES.contains(word);
    if ((!isType && !SYNTAX.contains(word)) || i == 0) {
      return false;
    }
    // A call, uuid '...' or double precision.
    byte next = tokens.kind(i + 1);
    if (tokens.is(i + 1, '(')
        || next == Tokens.STRING
        || next == Tokens.STRING_OR_NAME
        || tokens.word(i + 1).equals("PRECISION")) {
      return false;
    }
    String before = tokens.word(i - 1);
    if (before.isEmpty()) {
      char sign = tokens.text.charAt(tokens.end(i - 1) - 1);
      return tokens.kind(i - 1) == Tokens.SYMBOL && OPERATORS.indexOf(sign) >= 0;
    }
    return BEFORE_NAMES.contains(before) || (before.equals("AS") && !isType);
  }
}
