package dev.larder.jdbc.history;

import java.sql.Connection;

/** How a transaction is isolated, or that each statement is one. */
enum Level {
  AUTO_COMMIT(Connection.TRANSACTION_READ_COMMITTED),
  READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED),
  READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
  REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
  SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

  final int jdbc;

  Level(int jdbc) {
    this.jdbc = jdbc;
  }
}
