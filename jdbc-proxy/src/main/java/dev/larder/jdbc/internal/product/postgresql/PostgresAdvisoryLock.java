package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.session.SharedLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An advisory lock, which any number of sessions share. Stateless. */
final class PostgresAdvisoryLock implements SharedLock {

  /** "lard" and "lost", in ASCII. */
  private static final String KEY = "1818325604, 1819243380";

  private static final String LOOK =
      "select count(*) from pg_catalog.pg_locks where locktype = 'advisory'"
          + " and classid = 1818325604 and objid = 1819243380 and objsubid = 2"
          + " and database = (select oid from pg_catalog.pg_database"
          + " where datname = current_database())";

  @Override
  public void take(Connection connection, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_catalog.pg_advisory_lock_shared(" + KEY + ")");
    }
  }

  @Override
  public boolean isHeldByAnyone(Connection connection, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (ResultSet row = statement.executeQuery(LOOK)) {
        row.next();
        return row.getLong(1) > 0;
      }
    }
  }
}
