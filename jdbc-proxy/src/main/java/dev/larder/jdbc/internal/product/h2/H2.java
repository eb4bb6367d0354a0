package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.SyntaxTrait;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Traits;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SessionTrait;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** H2. Stateless. */
public final class H2 implements Product {

  private static final SqlSyntax SYNTAX =
      new SqlSyntax(
          SqlSyntax.NameCase.UPPER,
          SqlSyntax.Backslash.NEVER_ESCAPES,
          Integer.MAX_VALUE,
          "H2",
          Map.of(),
          Traits.of(
              EnumSet.of(
                  SyntaxTrait.BACKTICKS_FOLD,
                  SyntaxTrait.HASHES_IN_NAMES,
                  SyntaxTrait.SLASH_COMMENTS,
                  SyntaxTrait.CARRIAGE_RETURN_ENDS_LINE,
                  SyntaxTrait.NESTED_COMMENTS,
                  SyntaxTrait.DIGIT_SEPARATORS,
                  SyntaxTrait.WIDER_WHITE_SPACE,
                  SyntaxTrait.UNICODE_QUOTATIONS,
                  SyntaxTrait.DOLLAR_QUOTES,
                  SyntaxTrait.NUMBERED_PARAMETERS,
                  SyntaxTrait.SEQUENCE_MEMBERS,
                  SyntaxTrait.BARE_SYSDATE,
                  SyntaxTrait.LISTS_AFTER_KEYWORDS,
                  SyntaxTrait.ARRAY_CONTAINS,
                  SyntaxTrait.TIMES_TAKE_CURRENT_DATE,
                  SyntaxTrait.DEFINITIONS_COMMIT,
                  SyntaxTrait.COMMIT_TRANSACTION_NAMES,
                  SyntaxTrait.CALLS_ARE_READ)));

  static final SessionRules SESSIONS =
      new SessionRules(
          "h2",
          "isolation",
          Traits.of(
              EnumSet.of(
                  SessionTrait.SEARCH_PATH_BESIDE_SCHEMA,
                  SessionTrait.BEGIN_COMMITS,
                  SessionTrait.ISOLATION_OF_NEXT_TRANSACTION,
                  SessionTrait.SNAPSHOT_FIXED_PER_TABLE,
                  SessionTrait.LONE_READS_LOCK_NOTHING,
                  SessionTrait.AUTO_COMMIT_RETURNS_AFTER_TEXT,
                  SessionTrait.IGNORES_READ_ONLY,
                  SessionTrait.IGNORES_CATALOG)),
          new H2Interruptions());

  @Override
  public SqlSyntax syntax() {
    return SYNTAX;
  }

  @Override
  public SettingStatements settingStatements() {
    return new H2SettingStatements();
  }

  @Override
  public SessionRules sessionRules() {
    return SESSIONS;
  }

  @Override
  public SessionProbe sessionProbe() {
    return new H2SessionProbe();
  }

  @Override
  public ServerQueries serverQueries() {
    return new H2ServerQueries();
  }

  @Override
  public Optional<CatalogueReader> catalogueReader(
      TextAnalyzer analyzer, FunctionDeclarations declarations, List<String> tables) {
    return Optional.of(new H2CatalogueReader(analyzer, declarations));
  }
}
