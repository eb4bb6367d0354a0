package dev.larder.jdbc.internal.monitoring;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One question that is asked of a server again and again, on a connection beside its pool: a busy
 * pool must not delay it. Used by one thread.
 */
public final class MonitoringQuery implements AutoCloseable {

  /** Takes the one row of an answer. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Looks at a connection before it is asked the first time. */
  @FunctionalInterface
  public interface Look {
    void at(Connection connection) throws SQLException;
  }

  private final Pool<PhysicalProfile> server;
  private final String sql;
  private final Duration patience;
  private final Look look;
  private @Nullable PhysicalConnection<PhysicalProfile> connection;
  private @Nullable PreparedStatement statement;

  /**
   * @param patience how long the server may take over an answer; an open connection is given up
   *     then
   */
  public MonitoringQuery(Pool<PhysicalProfile> server, String sql, Duration patience) {
    this(server, sql, patience, connection -> {});
  }

  /**
   * @param look what is done first on each connection
   */
  public MonitoringQuery(Pool<PhysicalProfile> server, String sql, Duration patience, Look look) {
    this.server = server;
    this.sql = sql;
    this.patience = patience;
    this.look = look;
  }

  /**
   * Asks it.
   *
   * @param parameters for each place in its text
   */
  public <T> T ask(Reader<T> reader, long... parameters) throws SQLException {
    try {
      PreparedStatement prepared = statement;
      if (prepared == null) {
        prepared = open();
      }
      for (int i = 0; i < parameters.length; i++) {
        prepared.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = prepared.executeQuery()) {
        row.next();
        return reader.read(row);
      }
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private PreparedStatement open() throws SQLException {
    PhysicalConnection<PhysicalProfile> opened = server.openApart();
    connection = opened;
    Connection inAutoCommit = opened.inAutoCommit();
    // The limit is kept by the socket: a server that hangs sends nothing that could end the wait.
    inAutoCommit.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    look.at(inAutoCommit);
    PreparedStatement prepared = inAutoCommit.prepareStatement(sql);
    statement = prepared;
    return prepared;
  }

  @Override
  public void close() {
    PhysicalConnection<PhysicalProfile> open = connection;
    connection = null;
    statement = null;
    if (open != null) {
      open.discard();
    }
  }
}
