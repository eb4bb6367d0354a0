package dev.larder.jdbc.internal.pool;

import dev.larder.jdbc.internal.delegate.ConnectionDelegate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.Executor;

/**
 * A connection that HikariCP may learn from. Used by one thread at a time.
 *
 * <p>HikariCP asks its first connection which isolation level a connection begins with and whether
 * the driver knows network time-outs, and believes what it is told for ever. Where the connection
 * dies at that moment it would believe in level -1 and no longer accept any connection. So it is
 * all asked before, and a connection that can no longer answer gives the answers from then, once.
 */
final class FirstConnection extends ConnectionDelegate {
  private final Connection own;
  private final int isolation;
  private final int networkTimeout;
  private boolean validated;
  private boolean gaveIsolation;
  private boolean gaveNetworkTimeout;
  private boolean tookNetworkTimeout;

  private FirstConnection(Connection own, int isolation, int networkTimeout) {
    this.own = own;
    this.isolation = isolation;
    this.networkTimeout = networkTimeout;
  }

  /** The connection itself where the driver does not know network time-outs. */
  static Connection of(Connection own) throws SQLException {
    int isolation = own.getTransactionIsolation();
    int networkTimeout;
    try {
      networkTimeout = own.getNetworkTimeout();
      own.setNetworkTimeout(Runnable::run, networkTimeout);
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      if (own.isClosed()) {
        throw e;
      }
      return own;
    }
    return new FirstConnection(own, isolation, networkTimeout);
  }

  @Override
  protected Connection delegate() {
    return own;
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    boolean first = !gaveIsolation;
    gaveIsolation = true;
    try {
      return own.getTransactionIsolation();
    } catch (SQLException e) {
      if (first) {
        return isolation;
      }
      throw e;
    }
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    boolean first = !gaveNetworkTimeout;
    gaveNetworkTimeout = true;
    try {
      return own.getNetworkTimeout();
    } catch (SQLException e) {
      if (first) {
        return networkTimeout;
      }
      throw e;
    }
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    boolean first = !tookNetworkTimeout;
    tookNetworkTimeout = true;
    try {
      own.setNetworkTimeout(executor, milliseconds);
    } catch (SQLException e) {
      if (!first) {
        throw e;
      }
    }
  }

  /** HikariCP does not look at the first answer; a failure it does notice, and tries again. */
  @Override
  public boolean isValid(int timeout) throws SQLException {
    boolean valid = own.isValid(timeout);
    if (!valid && !validated) {
      throw new SQLNonTransientConnectionException("the new connection is dead already", "08006");
    }
    validated = true;
    return valid;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(own) ? type.cast(own) : own.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(own) || own.isWrapperFor(type);
  }
}
