package dev.larder.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database of a PostgreSQL server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record PostgresDatabase(Endpoint server, String name) implements TestDatabase {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String IN_USE = "55006";
  private static final int DROP_ATTEMPTS = 100;

  static PostgresDatabase create(Endpoint server) {
    String name = "t" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database on " + server, e);
    }
    return new PostgresDatabase(server, name);
  }

  @Override
  public Product product() {
    return Product.POSTGRESQL;
  }

  @Override
  public String url() {
    return server.url(name);
  }

  @Override
  public String urlThrough(Relay relay) {
    return server.urlThrough(name, relay);
  }

  @Override
  public String username() {
    return server.username();
  }

  @Override
  public String password() {
    return server.password();
  }

  @Override
  public String host() {
    return server.host();
  }

  @Override
  public int port() {
    return server.port();
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
    try (Connection connection = server.connect("postgres");
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
