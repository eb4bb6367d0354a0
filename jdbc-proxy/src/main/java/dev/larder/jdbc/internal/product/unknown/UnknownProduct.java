package dev.larder.jdbc.internal.product.unknown;

import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import java.util.List;
import java.util.Optional;

/** Any product of which nothing is known: unsure of everything. Stateless. */
public final class UnknownProduct implements Product {

  static final SessionRules SESSIONS = SessionRules.unsure("an unknown product");

  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.UNSURE;
  }

  @Override
  public SettingStatements settingStatements() {
    return new UnknownSettingStatements();
  }

  @Override
  public SessionRules sessionRules() {
    return SESSIONS;
  }

  @Override
  public SessionProbe sessionProbe() {
    return new UnknownSessionProbe();
  }

  @Override
  public ServerQueries serverQueries() {
    return new UnknownServerQueries();
  }

  @Override
  public Optional<CatalogueReader> catalogueReader(
      TextAnalyzer analyzer, FunctionDeclarations declarations, List<String> tables) {
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(connection -> new DeclaredCatalogue(tables, declarations));
  }
}
