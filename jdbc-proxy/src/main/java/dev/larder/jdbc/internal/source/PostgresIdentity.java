package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.session.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The check that a source listens to the very server that the DataSource reads from. Thread-safe.
 *
 * @param database what the ledger says the database is
 * @param readers lends connections of the DataSource
 */
public record PostgresIdentity(DatabaseIdentity database, PhysicalConnections readers) {

  /**
   * Compares, over a connection of the source's own.
   *
   * @throws SourceException where it is another database, or a standby, whose readers see a commit
   *     later than the primary's
   */
  void check(Connection sql) throws SQLException, SourceException {
    if (isStandby(sql)) {
      throw new SourceException(
          "the source leads to a standby; it has to lead to the primary"
              + " (larder.invalidation.postgres.url, or targetServerType=primary)");
    }
    String here = identity(sql);
    if (!here.equals(database.value())) {
      throw new SourceException(
          "the source leads to the database "
              + here
              + " but the DataSource to "
              + database.value()
              + "; if the first half is missing, both users need EXECUTE on pg_control_system()");
    }
    if (Boolean.TRUE.equals(readers.ask(PostgresIdentity::isStandby))) {
      throw new SourceException(
          "the DataSource reads from a standby, which shows a commit later than the source");
    }
  }

  private static boolean isStandby(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static String identity(Connection sql) throws SQLException {
    String system = "";
    try (Statement statement = sql.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
      row.next();
      system = row.getString(1);
    } catch (SQLException notForThisUser) {
      if (!Refusal.is(notForThisUser)) {
        throw notForThisUser;
      }
      // As where the DataSource's own connections are looked at: the database's name is left.
      system = "";
    }
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_database()")) {
      row.next();
      return system + "/" + row.getString(1);
    }
  }
}
