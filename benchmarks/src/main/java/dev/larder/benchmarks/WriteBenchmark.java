package dev.larder.benchmarks;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Writes on PostgreSQL, with and without Larder: one UPDATE that commits by itself, and a
 * transaction of two. The server commits without waiting for a disk, which makes the share of
 * Larder larger than it is in production.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=write}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {

  private static final String UPDATE = "update counter set n = n + 1 where id = ?";

  @Param({"HIKARI", "LARDER"})
  public Side side = Side.HIKARI;

  private Side.Opened opened;

  @Setup
  public void open() throws SQLException {
    opened = side.open(Target.of(Product.POSTGRESQL));
  }

  @TearDown
  public void close() {
    opened.close();
  }

  @Benchmark
  public int autoCommit() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection()) {
      return update(connection, 1);
    }
  }

  @Benchmark
  public int transactionOfTwo() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      int updated = update(connection, 1) + update(connection, 2);
      connection.commit();
      connection.setAutoCommit(true);
      return updated;
    }
  }

  private static int update(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setInt(1, id);
      return statement.executeUpdate();
    }
  }
}
