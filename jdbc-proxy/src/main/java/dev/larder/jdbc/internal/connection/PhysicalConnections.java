package dev.larder.jdbc.internal.connection;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a physical connection comes from. Implementations are as thread-safe as what is behind. */
@FunctionalInterface
public interface PhysicalConnections {

  PhysicalConnection<PhysicalProfile> borrow() throws SQLException;

  /** Whether it will never lend again. */
  default boolean isClosed() {
    return false;
  }

  /** What a connection is borrowed for. */
  @FunctionalInterface
  interface Question<T> {
    @Nullable T ask(Connection connection) throws SQLException;
  }

  /** The same, where what is known of the connection matters. */
  @FunctionalInterface
  interface ProfiledQuestion<T> {
    @Nullable T ask(Connection connection, PhysicalProfile profile) throws SQLException;
  }

  /** Asks over a connection in auto-commit, which is given back at once. */
  default <T> @Nullable T ask(Question<T> question) throws SQLException {
    return askProfiled((connection, profile) -> question.ask(connection));
  }

  /** Asks over a connection in auto-commit, which is given back at once. */
  default <T> @Nullable T askProfiled(ProfiledQuestion<T> question) throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = borrow();
    try {
      return question.ask(borrowed.inAutoCommit(), borrowed.profile());
    } finally {
      borrowed.release();
    }
  }
}
