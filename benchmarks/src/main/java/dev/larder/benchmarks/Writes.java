package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Writes on PostgreSQL, with and without Larder: one UPDATE that commits by itself, transactions of
 * two and of {@value #MANY}, and a batch of {@value #MANY} INSERTs that is rolled back. The server
 * commits without waiting for a disk, which makes the share of Larder larger than it is in
 * production. Immutable and thread-safe.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=write}.
 */
record Writes(DataSource dataSource) {

  private static final int MANY = 300;

  private static final String STOCK = "update item set stock = stock + 1 where id = ?";
  private static final String INSERT = "insert into counter values (?, ?)";
  private static final String UPDATE = "update counter set n = n + 1 where id = ?";

  void autoCommit() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      update(connection, 1);
    }
  }

  void transactionOfTwo() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      update(connection, 1);
      update(connection, 2);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  void transactionOfMany() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(STOCK)) {
        for (int id = 1; id <= MANY; id++) {
          statement.setInt(1, id);
          statement.executeUpdate();
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  void batchOfMany() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (int id = 1; id <= MANY; id++) {
          statement.setInt(1, 1_000 + id);
          statement.setLong(2, id);
          statement.addBatch();
        }
        statement.executeBatch();
      }
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void update(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setInt(1, id);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no row was updated");
      }
    }
  }
}
