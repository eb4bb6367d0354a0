package dev.larder.jdbc.internal.analysis;

import java.util.HashSet;
import java.util.Set;

/** Words that the token scan must know. Constants only. */
final class Vocabulary {

  /** Reserved words that may stand before a parenthesis without being a function. */
  static final Set<String> NOT_FUNCTIONS =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "ARRAY",
          "AS",
          "BETWEEN",
          "CASE",
          "CAST",
          "CHECK",
          "COLLATE",
          "DEFAULT",
          "DISTINCT",
          "DO",
          "ELSE",
          "EXCEPT",
          "EXISTS",
          "FETCH",
          "FOR",
          "FROM",
          "GROUP",
          "HAVING",
          "ILIKE",
          "IN",
          "INTERSECT",
          "INTO",
          "IS",
          "JOIN",
          "LATERAL",
          "LIKE",
          "LIMIT",
          "NOT",
          "OFFSET",
          "ON",
          "ONLY",
          "OR",
          "RETURNING",
          "ROW",
          "SELECT",
          "SET",
          "SOME",
          "THEN",
          "TO",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE",
          "WITH",
          "END",
          "PRIMARY",
          "REFERENCES",
          "UNIQUE",
          "DESC",
          "ASC",
          "MINUS",
          "ORDER",
          "XOR",
          "SIMILAR",
          "ESCAPE",
          "CONSTRAINT");

  /** Types that take a modifier in parentheses. */
  static final Set<String> TYPES =
      Set.of(
          "BINARY",
          "BIT",
          "BPCHAR",
          "CHAR",
          "CHARACTER",
          "CLOB",
          "BLOB",
          "DATETIME",
          "DEC",
          "DECIMAL",
          "DOUBLE",
          "FLOAT",
          "INT",
          "INTEGER",
          "BIGINT",
          "SMALLINT",
          "TINYINT",
          "MEDIUMINT",
          "INTERVAL",
          "NCHAR",
          "NUMBER",
          "NUMERIC",
          "NVARCHAR",
          "REAL",
          "SECOND",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMPTZ",
          "TIMETZ",
          "VARBINARY",
          "VARBIT",
          "VARCHAR",
          "VARCHAR2",
          "VARYING",
          "ENUM",
          "YEAR");

  /** Functions called without parentheses. */
  static final Set<String> BARE_FUNCTIONS =
      Set.of(
          "CURRENT_CATALOG",
          "CURRENT_DATE",
          "CURRENT_PATH",
          "CURRENT_ROLE",
          "CURRENT_SCHEMA",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_USER",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "SESSION_USER",
          "SYSTEM_USER",
          "UTC_DATE",
          "UTC_TIME",
          "UTC_TIMESTAMP",
          "CURRENT_TRANSACTION_ID");

  /** The same, where these words cannot be columns. */
  static final Set<String> BARE_USER = Set.of("USER");

  static final Set<String> BARE_SYSDATE = Set.of("SYSDATE", "SYSTIMESTAMP", "TODAY", "ROWNUM");

  static final Set<String> SEQUENCE_MEMBERS = Set.of("NEXTVAL", "CURRVAL");

  static final Set<String> SYSTEM_COLUMNS = Set.of("CTID", "XMIN", "XMAX", "CMIN", "CMAX");

  static final Set<String> CATALOGUE_TYPES =
      Set.of(
          "REGCLASS",
          "REGPROC",
          "REGPROCEDURE",
          "REGOPER",
          "REGOPERATOR",
          "REGTYPE",
          "REGROLE",
          "REGNAMESPACE",
          "REGCONFIG",
          "REGDICTIONARY",
          "REGCOLLATION");

  /** Words after which a call may follow although they are not reserved. */
  static final Set<String> BEFORE_EXPRESSIONS =
      Set.of(
          "BY",
          "OF",
          "QUALIFY",
          "FIRST",
          "NEXT",
          "PRIOR",
          "TOP",
          "DIV",
          "MOD",
          "RLIKE",
          "REGEXP",
          "TIMESTAMP",
          "WITHIN",
          "PERCENT",
          "SEPARATOR",
          "PROCEDURE",
          "BETWEEN",
          "CALL");

  /**
   * Words of a query that stand for no column where they are not qualified. One that is missing
   * makes a query follow more than it reads.
   */
  static final Set<String> SYNTAX =
      union(
          NOT_FUNCTIONS,
          TYPES,
          BARE_FUNCTIONS,
          Set.of(
              "SELECT",
              "ALL",
              "DISTINCT",
              "DISTINCTROW",
              "FROM",
              "WHERE",
              "NULL",
              "TRUE",
              "FALSE",
              "UNKNOWN",
              "RLIKE",
              "REGEXP",
              "SYMMETRIC",
              "ASYMMETRIC",
              "BINARY",
              "INNER",
              "LEFT",
              "RIGHT",
              "FULL",
              "OUTER",
              "CROSS",
              "NATURAL",
              "STRAIGHT_JOIN",
              "BY",
              "NULLS",
              "FIRST",
              "LAST",
              "LIMIT",
              "NEXT",
              "ROW",
              "ROWS",
              "ONLY",
              "TIES",
              "WITHIN",
              "OVER",
              "PARTITION",
              "RANGE",
              "GROUPS",
              "UNBOUNDED",
              "PRECEDING",
              "FOLLOWING",
              "CURRENT",
              "EXCLUDE",
              "OTHERS",
              "NO",
              "FILTER",
              "IGNORE",
              "RESPECT",
              "WINDOW",
              "QUALIFY",
              "DATE",
              "AT",
              "ZONE",
              "MONTH",
              "DAY",
              "HOUR",
              "MINUTE",
              "WEEK",
              "QUARTER",
              "MICROSECOND",
              "DIV",
              "MOD",
              "ROLLUP",
              "CUBE",
              "SETS",
              "GROUPING",
              "FORMAT",
              "SEPARATOR",
              "LEADING",
              "TRAILING",
              "BOTH",
              "ISNULL",
              "NOTNULL",
              "OVERLAPS",
              "PRECISION",
              "WITHOUT",
              "CHARSET",
              "UNSIGNED",
              "SIGNED",
              "USE",
              "FORCE",
              "INDEX",
              "KEY",
              "SQL_NO_CACHE",
              "SQL_CACHE",
              "HIGH_PRIORITY",
              "SQL_SMALL_RESULT",
              "SQL_BIG_RESULT",
              "SQL_BUFFER_RESULT",
              "AGAINST",
              "BOOLEAN",
              "MODE",
              "LANGUAGE",
              "QUERY",
              "EXPANSION",
              "SOUNDS",
              "PERCENT",
              "TOP",
              "PLACING",
              "MATERIALIZED",
              "RECURSIVE",
              "TABLE",
              "EXTRACT",
              "IF"));

  /** Names that stand for a column of their table by another name. */
  static final Set<String> PSEUDO_COLUMNS = Set.of("_rowid", "_rowid_", "tableoid");

  /** Words between a verb and its target. */
  static final Set<String> MODIFIERS_OF_VERBS =
      Set.of("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "QUICK", "ONLY");

  /** Words with which a query begins. */
  static final Set<String> QUERY_STARTS = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  private Vocabulary() {}

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new HashSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return Set.copyOf(all);
  }
}
