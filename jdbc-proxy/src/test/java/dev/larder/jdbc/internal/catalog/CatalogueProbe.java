package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Asks a freshly read catalogue about SQL texts, and answers in short strings. */
final class CatalogueProbe {

  private final SqlAnalyzer analyzer;
  private final Catalogue catalogue;
  private final SearchPath path;

  private CatalogueProbe(SqlAnalyzer analyzer, Catalogue catalogue, SearchPath path) {
    this.analyzer = analyzer;
    this.catalogue = catalogue;
    this.path = path;
  }

  static ProductUnderTest dialect(Product product) {
    return switch (product) {
      case POSTGRESQL -> ProductUnderTest.POSTGRESQL;
      case MARIADB -> ProductUnderTest.MARIADB;
      case MYSQL -> ProductUnderTest.MYSQL;
      case H2 -> ProductUnderTest.H2;
    };
  }

  static CatalogueProbe of(TestDatabase database) {
    return of(database, "");
  }

  static CatalogueProbe of(TestDatabase database, String declarations) {
    try (Connection connection = database.connect()) {
      return of(database, connection, declarations);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  static CatalogueProbe of(TestDatabase database, Connection connection, String declarations)
      throws SQLException {
    ProductUnderTest dialect = dialect(database.product());
    SqlAnalyzer analyzer = dialect.analyzer();
    CatalogueReader reader =
        dialect
            .product()
            .catalogueReader(analyzer, FunctionDeclarations.parse(declarations), List.of())
            .orElseThrow();
    SearchPath path =
        new SearchPath(
            List.of(
                switch (database.product()) {
                  case POSTGRESQL -> "public";
                  case H2 -> "PUBLIC";
                  case MARIADB, MYSQL -> database.name();
                }));
    return new CatalogueProbe(analyzer, reader.read(connection), path);
  }

  CatalogueProbe on(String... schemas) {
    return new CatalogueProbe(analyzer, catalogue, new SearchPath(List.of(schemas)));
  }

  Catalogue catalogue() {
    return catalogue;
  }

  ReadSet readSet(String sql) {
    return catalogue.reads(facts(sql), path);
  }

  WriteSet writeSet(String sql) {
    return catalogue.writes(facts(sql), path);
  }

  /** The tables a query depends on, or the reason why it is refused. */
  String reads(String sql) {
    ReadSet found = readSet(sql);
    return found instanceof ReadSet.Tables tables
        ? names(tables.tables())
        : ((ReadSet.Refused) found).reason().name();
  }

  /** The tables that a statement may change, or "everything". */
  String writes(String sql) {
    WriteSet found = writeSet(sql);
    return found instanceof WriteSet.Tables tables ? names(tables.tables()) : "everything";
  }

  /** Why a statement may change everything, or the reason a query is refused. */
  String why(String sql) {
    return readSet(sql) + " / " + writeSet(sql);
  }

  boolean mayAlterSession(String sql) {
    return catalogue.mayAlterSession(facts(sql), path);
  }

  Facts facts(String sql) {
    return analyzer.factsOfQuery(sql);
  }

  private static String names(Iterable<TableName> tables) {
    TreeSet<String> names = new TreeSet<>();
    tables.forEach(table -> names.add(table.name().toLowerCase(Locale.ROOT)));
    return String.join(" ", names);
  }
}
