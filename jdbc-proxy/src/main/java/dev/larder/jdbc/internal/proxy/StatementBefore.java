package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.Diagnostics;
import dev.larder.jdbc.internal.result.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a server would tell of the statement before, where memory has answered since: MariaDB can be
 * asked for it (FOUND_ROWS, SHOW WARNINGS). Made only for products that tell of it. Not
 * thread-safe.
 */
final class StatementBefore {

  /** The last answer from a table, if it came from memory and the server knows nothing of it. */
  private @Nullable Snapshot untold;

  /** The last query without a table, if it was answered from memory after that. */
  private @Nullable CachedStatement untoldAfter;

  /** Whether the statement that began last has reached the server. */
  private boolean told;

  /** Whether it reads no table: MariaDB goes on telling of the one before. */
  private boolean withoutTables;

  /** A statement begins. */
  void begins(boolean readsNoTable) {
    told = false;
    withoutTables = readsNoTable;
  }

  /** The query that began last was given an answer, perhaps from memory. */
  void given(CachedStatement text, Snapshot answer) {
    if (withoutTables && (untold != null || !told)) {
      untoldAfter = text;
    } else if (!told) {
      untold = answer;
      untoldAfter = null;
    }
  }

  /** The server has answered the statement that began last. */
  void reachedServer() {
    told = true;
    if (!withoutTables) {
      forgetUntold();
    }
  }

  /** Whether the server would tell of another statement than the application's last. */
  boolean isServerBehind() {
    return untold != null || untoldAfter != null;
  }

  /** Whether the last answer from a table came from memory. */
  boolean isTableAnswerUntold() {
    return untold != null;
  }

  /** Makes the server tell of what memory has answered, by asking it the like. */
  void catchUp(Connection own) throws SQLException {
    try (Statement statement = own.createStatement()) {
      if (untold != null) {
        drain(statement.executeQuery(Diagnostics.queryOf(untold.rows())));
      }
      if (untoldAfter != null) {
        boolean alone = untoldAfter.analysis().parameters() == 0;
        drain(statement.executeQuery(alone ? untoldAfter.sql() : "select 1"));
      }
    }
    forgetUntold();
  }

  private void forgetUntold() {
    untold = null;
    untoldAfter = null;
  }

  /** The server tells of what was read to its end. */
  private static void drain(ResultSet result) throws SQLException {
    try (result) {
      while (result.next()) {
        continue;
      }
    }
  }
}
