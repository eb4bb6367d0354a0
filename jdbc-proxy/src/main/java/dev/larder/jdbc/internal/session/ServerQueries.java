package dev.larder.jdbc.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one connection to a product can tell of the server's other sessions. Implementations are
 * stateless.
 */
public interface ServerQueries {

  /**
   * Whether the server's end of a lost connection is still there. One that waits for its client may
   * yet be handed a statement that is on its way, so only one that is gone has finished.
   *
   * @throws SQLException also where the product cannot be asked
   */
  boolean isAtWork(Connection connection, Backend backend) throws SQLException;

  /** Whether this user would see the lost one's session if it were there. */
  boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost)
      throws SQLException;

  /** Whether a transaction that was prepared under that name still is, or may be. */
  boolean isPrepared(Connection connection, String id) throws SQLException;

  /**
   * Whether an error may mean that the connection or the server went away, rather than that the
   * server refused a statement. Connection exceptions of the standard need not be told.
   *
   * @param state an SQLSTATE of five characters
   */
  boolean mayHaveLostConnection(String state);

  /**
   * Whether a failure with an SQLSTATE is known to be what the server said of a statement. A driver
   * may hide a lost connection behind a complaint of its own, as Connector/J does in a batch.
   */
  default boolean isServersWord(SQLException failure) {
    return true;
  }

  /**
   * Whether a statement that failed so in a transaction may have been run outside of it, and so be
   * committed: pgjdbc sends BEGIN as a command of its own before the first statement, and the
   * server runs that one though BEGIN was cancelled.
   *
   * @param state an SQLSTATE, or null where the failure bears none
   */
  boolean mayHaveRunAlone(@Nullable String state);

  /**
   * How many connections the server can still give to this user; {@link Integer#MAX_VALUE} where
   * the product has no such limit or no word for it.
   */
  default int freeConnections(Connection connection) throws SQLException {
    return Integer.MAX_VALUE;
  }
}
