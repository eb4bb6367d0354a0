package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.SyntaxTrait;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Traits;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.mysqlprotocol.InformationSchemaReader;
import dev.larder.jdbc.internal.product.mysqlprotocol.UserLock;
import dev.larder.jdbc.internal.product.mysqlprotocol.VariableStatements;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.SharedLock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MariaDB. Stateless. */
public final class MariaDb implements Product {

  private static final SqlSyntax SYNTAX =
      new SqlSyntax(
          SqlSyntax.NameCase.AS_SPELLED,
          SqlSyntax.Backslash.USUALLY_ESCAPES,
          Integer.MAX_VALUE,
          "MARIADB",
          Map.of(),
          Traits.of(
              EnumSet.of(
                  SyntaxTrait.DOUBLE_QUOTED_STRINGS,
                  SyntaxTrait.HASH_COMMENTS,
                  SyntaxTrait.DASHES_NEED_SPACE,
                  SyntaxTrait.EXECUTABLE_COMMENTS,
                  SyntaxTrait.EXECUTABLE_M_COMMENTS,
                  SyntaxTrait.NAMES_BEGIN_WITH_DIGITS,
                  SyntaxTrait.CHARACTER_SET_INTRODUCERS,
                  SyntaxTrait.NAMES_BEGIN_WITH_DOLLARS,
                  SyntaxTrait.LABELS_ECHO_TEXT,
                  SyntaxTrait.SEQUENCE_MEMBERS,
                  SyntaxTrait.USER_MAY_BE_COLUMN,
                  SyntaxTrait.BARE_SYSDATE,
                  SyntaxTrait.LISTS_AFTER_KEYWORDS,
                  SyntaxTrait.INDEX_HINTS,
                  SyntaxTrait.WORD_OPERATORS,
                  SyntaxTrait.TIMES_TAKE_CURRENT_DATE,
                  SyntaxTrait.MULTI_TABLE_CHANGES,
                  SyntaxTrait.REPLACE_NEVER_UPDATES,
                  SyntaxTrait.COMPOUND_STATEMENTS,
                  SyntaxTrait.SELECT_INTO_VARIABLES,
                  SyntaxTrait.DEFINITIONS_COMMIT,
                  SyntaxTrait.PRIVATE_TEMPORARY_TABLES,
                  SyntaxTrait.DROP_TEMPORARY,
                  SyntaxTrait.ANALYZE_RUNS,
                  SyntaxTrait.CONSISTENT_SNAPSHOTS)));

  static final SessionRules SESSIONS =
      new SessionRules(
          "mariadb",
          "tx_isolation",
          Traits.of(
              EnumSet.of(
                  SessionTrait.SWITCHES_HAVE_SYNONYMS,
                  SessionTrait.BEGIN_COMMITS,
                  SessionTrait.ISOLATION_OF_NEXT_TRANSACTION,
                  SessionTrait.UNREAD_TABLES_FIX_NO_SNAPSHOT,
                  SessionTrait.LONE_READS_LOCK_NOTHING,
                  SessionTrait.RESULTS_STREAM,
                  SessionTrait.TELLS_OF_LAST_STATEMENT,
                  SessionTrait.CATALOG_IS_SCHEMA,
                  SessionTrait.SCHEMA_DEPENDS_ON_DRIVER,
                  SessionTrait.TAKES_APPLICATION_NAME,
                  SessionTrait.TIME_LIMIT_CANCELS)),
          new MariaDbInterruptions());

  @Override
  public SqlSyntax syntax() {
    return SYNTAX;
  }

  @Override
  public SettingStatements settingStatements() {
    return new VariableStatements(MariaDbVariables.ALL);
  }

  @Override
  public SessionRules sessionRules() {
    return SESSIONS;
  }

  @Override
  public SessionProbe sessionProbe() {
    return new MariaDbSessionProbe();
  }

  @Override
  public ServerQueries serverQueries() {
    return new MariaDbServerQueries();
  }

  @Override
  public Optional<CatalogueReader> catalogueReader(
      TextAnalyzer analyzer, FunctionDeclarations declarations, List<String> tables) {
    return Optional.of(
        new InformationSchemaReader(new MariaDbInformationSchema(), analyzer, declarations));
  }

  @Override
  public Optional<SharedLock> sharedLock() {
    return Optional.of(new UserLock());
  }
}
