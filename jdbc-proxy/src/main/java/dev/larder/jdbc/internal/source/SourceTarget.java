package dev.larder.jdbc.internal.source;

import java.sql.Connection;
import java.sql.SQLException;

/** The server that a source listens to. Implementations are immutable and thread-safe. */
public interface SourceTarget {

  /**
   * A connection for short questions: one that gets no answer within the source's patience is
   * broken.
   *
   * @param use what it is for, as the server shows it where it can
   */
  Connection open(String use) throws SQLException;

  /** Closes what may be in the middle of something, without waiting for it. */
  static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      // It is as closed as it can be.
    }
  }

  /** Closes what is idle, whether or not it can still be. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is as closed as it can be.
    }
  }
}
