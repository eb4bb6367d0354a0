package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.*;

import dev.larder.jdbc.internal.analysis.SqlSyntax.Backslash;
import dev.larder.jdbc.internal.analysis.SqlSyntax.NameCase;
import java.util.EnumSet;

/** A product, until each has a room of its own. Immutable and thread-safe. */
public enum Dialect {
  POSTGRESQL(
      new SqlSyntax(
          NameCase.LOWER,
          Backslash.USUALLY_PLAIN,
          63,
          "POSTGRESQL",
          Traits.of(
              EnumSet.of(
                  OPERATORS_OF_SIGNS,
                  CARRIAGE_RETURN_ENDS_LINE,
                  NESTED_COMMENTS,
                  DIGIT_SEPARATORS,
                  STRINGS_JOIN_ACROSS_LINES,
                  ESCAPE_STRINGS,
                  UNICODE_QUOTATIONS,
                  DOLLAR_QUOTES,
                  DOLLAR_TAGS,
                  DOUBLED_QUESTION_MARKS,
                  LABELS_FOLD,
                  CURRENT_TIME_LITERALS,
                  SYSTEM_COLUMNS,
                  FIELDS_ARE_ASSIGNED,
                  PRIVATE_TEMPORARY_TABLES,
                  LOCK_ENDS_WITH_TRANSACTION,
                  ANONYMOUS_BLOCKS,
                  LOADS_LIBRARIES,
                  EXPLAIN_OPTIONS_IN_PARENTHESES,
                  SQL_CURSORS))),
      new PostgresSettings()),
  MARIADB(
      new SqlSyntax(
          NameCase.AS_SPELLED,
          Backslash.USUALLY_ESCAPES,
          Integer.MAX_VALUE,
          "MARIADB",
          Traits.of(
              EnumSet.of(
                  DOUBLE_QUOTED_STRINGS,
                  HASH_COMMENTS,
                  DASHES_NEED_SPACE,
                  EXECUTABLE_COMMENTS,
                  NAMES_BEGIN_WITH_DIGITS,
                  CHARACTER_SET_INTRODUCERS,
                  NAMES_BEGIN_WITH_DOLLARS,
                  LABELS_ECHO_TEXT,
                  SEQUENCE_MEMBERS,
                  USER_MAY_BE_COLUMN,
                  BARE_SYSDATE,
                  LISTS_AFTER_KEYWORDS,
                  MULTI_TABLE_CHANGES,
                  REPLACE_NEVER_UPDATES,
                  COMPOUND_STATEMENTS,
                  SELECT_INTO_VARIABLES,
                  DEFINITIONS_COMMIT,
                  PRIVATE_TEMPORARY_TABLES,
                  DROP_TEMPORARY,
                  ANALYZE_RUNS,
                  CONSISTENT_SNAPSHOTS))),
      new MariaDbSettings()),
  H2(
      new SqlSyntax(
          NameCase.UPPER,
          Backslash.NEVER_ESCAPES,
          Integer.MAX_VALUE,
          "H2",
          Traits.of(
              EnumSet.of(
                  BACKTICKS_FOLD,
                  HASHES_IN_NAMES,
                  SLASH_COMMENTS,
                  CARRIAGE_RETURN_ENDS_LINE,
                  NESTED_COMMENTS,
                  DIGIT_SEPARATORS,
                  WIDER_WHITE_SPACE,
                  UNICODE_QUOTATIONS,
                  DOLLAR_QUOTES,
                  NUMBERED_PARAMETERS,
                  SEQUENCE_MEMBERS,
                  BARE_SYSDATE,
                  LISTS_AFTER_KEYWORDS,
                  DEFINITIONS_COMMIT,
                  COMMIT_TRANSACTION_NAMES))),
      new H2Settings()),
  /** Any other product: analysed, never cached unless the user lists its tables. */
  OTHER(SqlSyntax.UNSURE, new UnknownSettings());

  private final SqlSyntax syntax;
  private final SettingStatements settings;

  Dialect(SqlSyntax syntax, SettingStatements settings) {
    this.syntax = syntax;
    this.settings = settings;
  }

  public SqlSyntax syntax() {
    return syntax;
  }

  public SettingStatements settings() {
    return settings;
  }
}
