package dev.larder.jdbc.internal.route;

import dev.larder.jdbc.internal.delegate.ResultSetDelegate;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A result that still comes from a replica, whose connection is given back when it is closed. As
 * thread-safe as the driver's.
 */
public final class LeasedResult extends ResultSetDelegate {

  private final ResultSet own;
  private final Lease lease;

  public LeasedResult(ResultSet own, Lease lease) {
    this.own = own;
    this.lease = lease;
  }

  @Override
  protected ResultSet delegate() {
    return own;
  }

  /** The driver's statement closes with the connection's return. */
  @Override
  public void close() throws SQLException {
    try {
      own.close();
    } finally {
      lease.answered();
    }
  }
}
