package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.SyntaxTrait;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Traits;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.route.Replication;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.SharedLock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL. Stateless. */
public final class PostgreSql implements Product {

  /** What pgjdbc puts for JDBC's names, or something that is as certain to follow or not. */
  private static final Map<String, String> ESCAPED_FUNCTIONS =
      Map.ofEntries(
          Map.entry("ceiling", "ceil"),
          Map.entry("char", "chr"),
          Map.entry("curdate", "now"),
          Map.entry("curtime", "now"),
          Map.entry("database", "current_database"),
          Map.entry("dayname", "to_char"),
          Map.entry("dayofmonth", "date_part"),
          Map.entry("dayofweek", "date_part"),
          Map.entry("dayofyear", "date_part"),
          Map.entry("hour", "date_part"),
          Map.entry("ifnull", "coalesce"),
          Map.entry("insert", "replace"),
          Map.entry("lcase", "lower"),
          Map.entry("locate", "strpos"),
          Map.entry("log", "ln"),
          Map.entry("log10", "log"),
          Map.entry("minute", "date_part"),
          Map.entry("month", "date_part"),
          Map.entry("monthname", "to_char"),
          Map.entry("quarter", "date_part"),
          Map.entry("second", "date_part"),
          Map.entry("space", "repeat"),
          Map.entry("timestampadd", "date_part"),
          Map.entry("timestampdiff", "date_part"),
          Map.entry("truncate", "trunc"),
          Map.entry("ucase", "upper"),
          Map.entry("week", "date_part"),
          Map.entry("year", "date_part"));

  private static final SqlSyntax SYNTAX =
      new SqlSyntax(
          SqlSyntax.NameCase.LOWER,
          SqlSyntax.Backslash.USUALLY_PLAIN,
          63,
          "POSTGRESQL",
          ESCAPED_FUNCTIONS,
          Traits.of(
              EnumSet.of(
                  SyntaxTrait.OPERATORS_OF_SIGNS,
                  SyntaxTrait.CARRIAGE_RETURN_ENDS_LINE,
                  SyntaxTrait.NESTED_COMMENTS,
                  SyntaxTrait.DIGIT_SEPARATORS,
                  SyntaxTrait.STRINGS_JOIN_ACROSS_LINES,
                  SyntaxTrait.ESCAPE_STRINGS,
                  SyntaxTrait.UNICODE_QUOTATIONS,
                  SyntaxTrait.DOLLAR_QUOTES,
                  SyntaxTrait.DOLLAR_TAGS,
                  SyntaxTrait.DOUBLED_QUESTION_MARKS,
                  SyntaxTrait.LABELS_FOLD,
                  SyntaxTrait.CURRENT_TIME_LITERALS,
                  SyntaxTrait.SYSTEM_COLUMNS,
                  SyntaxTrait.ATTRIBUTES_ARE_CALLS,
                  SyntaxTrait.FIELDS_ARE_ASSIGNED,
                  SyntaxTrait.PRIVATE_TEMPORARY_TABLES,
                  SyntaxTrait.LOCK_ENDS_WITH_TRANSACTION,
                  SyntaxTrait.ANONYMOUS_BLOCKS,
                  SyntaxTrait.LOADS_LIBRARIES,
                  SyntaxTrait.EXPLAIN_OPTIONS_IN_PARENTHESES,
                  SyntaxTrait.SQL_CURSORS,
                  SyntaxTrait.DEFERRABLE_TRANSACTIONS,
                  SyntaxTrait.CALLS_ARE_READ)));

  static final SessionRules SESSIONS =
      new SessionRules(
          "postgresql",
          "default_transaction_isolation",
          Traits.of(
              EnumSet.of(
                  SessionTrait.ROLLBACK_UNDOES_SETTINGS,
                  SessionTrait.SCHEMA_IS_SEARCH_PATH,
                  SessionTrait.CUSTOM_SETTINGS,
                  SessionTrait.RESET_ALL_RESETS_ISOLATION,
                  SessionTrait.READ_UNCOMMITTED_IS_COMMITTED,
                  SessionTrait.TRANSACTION_BEGINS_WITH_STATEMENT,
                  SessionTrait.IGNORES_CATALOG,
                  SessionTrait.TAKES_APPLICATION_NAME)),
          new PostgresInterruptions());

  @Override
  public SqlSyntax syntax() {
    return SYNTAX;
  }

  @Override
  public SettingStatements settingStatements() {
    return new PostgresSettingStatements();
  }

  @Override
  public SessionRules sessionRules() {
    return SESSIONS;
  }

  @Override
  public SessionProbe sessionProbe() {
    return new PostgresSessionProbe();
  }

  @Override
  public ServerQueries serverQueries() {
    return new PostgresServerQueries();
  }

  @Override
  public Optional<CatalogueReader> catalogueReader(
      TextAnalyzer analyzer, FunctionDeclarations declarations, List<String> tables) {
    return Optional.of(new PostgresCatalogueReader(analyzer, declarations));
  }

  @Override
  public Optional<SharedLock> sharedLock() {
    return Optional.of(new PostgresAdvisoryLock());
  }

  @Override
  public Optional<Replication> replication() {
    return Optional.of(new PostgresReplication());
  }
}
