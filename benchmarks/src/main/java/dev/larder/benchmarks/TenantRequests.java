package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Requests of tenants on PostgreSQL, as row security by a setting has them: a transaction that sets
 * its tenant for itself, three reads of one row, and a commit. For one thread.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=tenant}.
 */
final class TenantRequests implements Turns.Work {

  private static final String SET = "select set_config('app.tenant', ?, true)";
  private static final String ROW = Reading.ROW + " and ? >= 0";
  private static final int TENANTS = 10;
  private static final int READS = 3;
  private static final int CHECKED_AFTER = 1_000;

  private final Side.Opened opened;
  private final boolean repeated;
  private final Sink sink = new Sink();
  private int turn;

  /**
   * @param repeated whether a tenant asks again what it has asked before
   */
  TenantRequests(Side.Opened opened, boolean repeated) {
    this.opened = opened;
    this.repeated = repeated;
  }

  @Override
  public void once() throws SQLException {
    turn++;
    try (Connection connection = opened.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement set = connection.prepareStatement(SET)) {
        set.setString(1, "t" + turn % TENANTS);
        set.executeQuery().close();
      }
      for (int read = 0; read < READS; read++) {
        read(connection, read);
      }
      connection.commit();
    }
    if (turn % CHECKED_AFTER == 0 && opened.larder() != null) {
      requireWhatItIsNamedFor();
    }
  }

  private void read(Connection connection, int read) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ROW)) {
      statement.setInt(1, 1 + read);
      statement.setInt(2, repeated ? 0 : turn);
      try (ResultSet result = statement.executeQuery()) {
        sink.accept(Reading.fourColumns(result, sink));
      }
    }
  }

  private void requireWhatItIsNamedFor() {
    long hits = opened.requireLarder().statistics().hits();
    long least = repeated ? (long) READS * (turn - 10 * TENANTS) : 0;
    if (repeated ? hits < least : hits > 0) {
      throw new IllegalStateException(
          "not what was to be measured: " + opened.requireLarder().statistics());
    }
  }
}
