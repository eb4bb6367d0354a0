package dev.larder.jdbc.internal.source.binlog;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Reach;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The tables of which the binary log tells every change before anybody sees it. Stateless.
 *
 * <p>Other storage engines show a row before its statement is in the log, or commit when they like:
 * what is written there moves its cells as well, but nothing is proven of it.
 */
final class InnoDbTables {

  private static final String TABLES =
      "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
          + " WHERE ENGINE = 'InnoDB' AND TABLE_SCHEMA NOT IN"
          + " ('mysql', 'sys', 'information_schema', 'performance_schema')";

  private InnoDbTables() {}

  static Reach read(Connection sql) throws SQLException {
    Set<TableName> tables = new HashSet<>();
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(new TableName(rows.getString(1), rows.getString(2)));
      }
    }
    return Reach.of(tables);
  }
}
