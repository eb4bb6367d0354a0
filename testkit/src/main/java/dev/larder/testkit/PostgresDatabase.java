package dev.larder.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database of a PostgreSQL server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record PostgresDatabase(Endpoint server, String name) implements ServerDatabase {
  private static final String ENTRANCE = "postgres";
  private static final String IN_USE = "55006";
  private static final int DROP_ATTEMPTS = 100;

  static PostgresDatabase create(Endpoint server) {
    return new PostgresDatabase(server, ServerDatabase.create(server, ENTRANCE));
  }

  @Override
  public Product product() {
    return Product.POSTGRESQL;
  }

  @Override
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(username());
    source.setPassword(password());
    return source;
  }

  @Override
  public void close() {
    try (Connection connection = server.connect(ENTRANCE);
        Statement statement = connection.createStatement()) {
      if (!first(statement, "SELECT datname FROM pg_database WHERE datname = '" + name + "'")
          .isEmpty()) {
        rollBackPrepared(statement);
        drop(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop " + name + " on " + server, e);
    }
  }

  /* A prepared transaction keeps its database, and can be ended only from inside it. */
  private void rollBackPrepared(Statement statement) throws SQLException {
    List<String> ids =
        first(
            statement,
            "SELECT quote_literal(gid) FROM pg_prepared_xacts WHERE database = '" + name + "'");
    if (!ids.isEmpty()) {
      try (Connection inside = server.connect(name);
          Statement rollback = inside.createStatement()) {
        for (String id : ids) {
          rollback.execute("ROLLBACK PREPARED " + id);
        }
      }
    }
  }

  /* FORCE ends ordinary sessions but not the reader of a logical replication slot. */
  private void drop(Statement statement) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      first(
          statement,
          "SELECT pg_terminate_backend(active_pid, 1000)::text FROM pg_replication_slots"
              + " WHERE active AND database = '"
              + name
              + "'");
      try {
        statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        return;
      } catch (SQLException e) {
        if (!IN_USE.equals(e.getSQLState()) || attempt == DROP_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static List<String> first(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return url();
  }
}
