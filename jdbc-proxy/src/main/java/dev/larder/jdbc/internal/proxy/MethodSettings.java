package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.execution.StatementRunner.ConnectionCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC methods have set on a connection. What was set while there was no physical connection
 * waits for one. Made when something is set. Not thread-safe.
 */
final class MethodSettings {

  private Map<String, ConnectionCall> pending = Map.of();

  /** What was set on the driver's own connection by ways of its own, and how it was before. */
  private Map<String, ConnectionCall> putBack = Map.of();

  @Nullable Boolean readOnly;
  boolean timeLimited;
  @Nullable String catalog;
  @Nullable String schema;

  /** Sets it when there is a physical connection. */
  void later(String name, ConnectionCall call) {
    if (pending.isEmpty()) {
      pending = Map.of(name, call);
      return;
    }
    Map<String, ConnectionCall> more = new LinkedHashMap<>(pending);
    // Auto-commit goes last: what comes before it must not become part of a transaction.
    ConnectionCall autoCommit = more.remove("autoCommit");
    more.put(name, call);
    if (autoCommit != null && !name.equals("autoCommit")) {
      more.put("autoCommit", autoCommit);
    }
    pending = more;
  }

  void setAllOn(Connection connection) throws SQLException {
    if (!pending.isEmpty()) {
      for (ConnectionCall call : pending.values()) {
        call.run(connection);
      }
    }
  }

  /** They are set. */
  void nothingPending() {
    pending = Map.of();
  }

  /** Remembers how to undo what the physical connection's next user must not find. */
  void putBackLater(String what, ConnectionCall call) {
    if (putBack.isEmpty()) {
      putBack = new LinkedHashMap<>();
    }
    putBack.putIfAbsent(what, call);
  }

  boolean hasPutBack(Connection connection) {
    if (putBack.isEmpty()) {
      return true;
    }
    try {
      for (ConnectionCall call : putBack.values()) {
        call.run(connection);
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
