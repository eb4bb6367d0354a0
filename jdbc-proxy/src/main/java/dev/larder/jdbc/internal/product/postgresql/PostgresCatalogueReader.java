package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads the catalogue of PostgreSQL 15 and newer. Thread-safe.
 *
 * <p>pg_catalog shows every object to every user, so nothing here depends on privileges.
 */
final class PostgresCatalogueReader implements CatalogueReader {

  /*
   * All queries see one snapshot, in a read-only transaction of the reader's own. Its search path is
   * empty, so that the texts which pg_get_viewdef and pg_get_expr print qualify every name but those
   * of pg_catalog; pg_depend gives the relations and routines behind a definition exactly, and the
   * texts add what pg_depend leaves out: the built-in functions, which the server pins.
   */

  private final TextAnalyzer analyzer;
  private final FunctionDeclarations declarations;

  PostgresCatalogueReader(TextAnalyzer analyzer, FunctionDeclarations declarations) {
    this.analyzer = analyzer;
    this.declarations = declarations;
  }

  @Override
  public Catalogue read(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    if (autoCommit) {
      connection.setAutoCommit(false);
    }
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        statement.execute("SET LOCAL search_path TO ''");
      }
      PostgresReading reading = new PostgresReading(new CatalogueQueries(connection));
      readAll(reading);
      leave(connection, autoCommit);
      return reading.draft().finish(PostgresBuiltIns.ALL, analyzer, declarations);
    } catch (SQLException | RuntimeException failure) {
      try {
        leave(connection, autoCommit);
      } catch (SQLException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  @Override
  public String fingerprint(Connection connection) throws SQLException {
    return PostgresFingerprint.of(connection);
  }

  /** Relations and routines come first: all others refer to these. */
  private static void readAll(PostgresReading reading) throws SQLException {
    new PostgresRelations(reading).read();
    new PostgresRoutines(reading).read();
    new PostgresRules(reading).read();
    new PostgresPolicies(reading).read();
    new PostgresTriggers(reading).read();
    new PostgresColumns(reading).read();
    new PostgresTypes(reading).read();
    new PostgresImplicitCalls(reading).read();
  }

  private static void leave(Connection connection, boolean autoCommit) throws SQLException {
    connection.rollback();
    if (autoCommit) {
      connection.setAutoCommit(true);
    }
  }
}
