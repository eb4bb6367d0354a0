package dev.larder.jdbc.internal.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The transactions of a PostgreSQL server that were over at one moment, as {@code
 * pg_current_snapshot()} prints it: every read that starts later sees them. Immutable and
 * thread-safe.
 */
record TransactionSnapshot(long firstUnassigned, Set<Long> running) {

  private static final long LOW_BITS = 0xFFFF_FFFFL;

  static TransactionSnapshot now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_snapshot()::text")) {
      row.next();
      return parse(row.getString(1));
    }
  }

  /** Reads {@code xmin:xmax:xid,xid...}. */
  static TransactionSnapshot parse(String text) {
    String[] parts = text.split(":", -1);
    Set<Long> running = new HashSet<>();
    for (String id : parts[2].split(",")) {
      if (!id.isEmpty()) {
        running.add(Long.parseLong(id));
      }
    }
    return new TransactionSnapshot(Long.parseLong(parts[1]), Set.copyOf(running));
  }

  /** Whether the transaction with this number is over. */
  boolean sees(long id) {
    return id < firstUnassigned && !running.contains(id);
  }

  /**
   * The same by the 32 bits of the number that the wire carries: no two transactions that could be
   * meant share them.
   */
  boolean sees(int lowBits) {
    long id = (firstUnassigned & ~LOW_BITS) | (lowBits & LOW_BITS);
    long half = (LOW_BITS + 1) / 2;
    if (id - firstUnassigned > half) {
      id -= LOW_BITS + 1;
    } else if (firstUnassigned - id > half) {
      id += LOW_BITS + 1;
    }
    return sees(id);
  }

  /** Whether all that was over in the other is over here too. */
  boolean seesAllOf(TransactionSnapshot other) {
    return firstUnassigned >= other.firstUnassigned && running.stream().noneMatch(other::sees);
  }
}
