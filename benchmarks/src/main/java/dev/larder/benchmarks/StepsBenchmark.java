package dev.larder.benchmarks;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The steps of a hit of one row, each with all that come before it: the difference of two is what
 * the later one costs.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=steps}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepsBenchmark {

  private Side.Opened opened;

  @Setup
  public void open() throws SQLException {
    opened = Side.LARDER.open(Target.of(Product.POSTGRESQL));
  }

  @TearDown
  public void close() {
    opened.close();
  }

  /** A connection, and its close. */
  @Benchmark
  public Object connect() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection()) {
      return connection;
    }
  }

  /** The statement, its parameter, and its close. */
  @Benchmark
  public Object prepare() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(Reading.ROW)) {
      statement.setInt(1, 1);
      return statement;
    }
  }

  /** The key, the look-up, the check that nothing changed, and a cursor. */
  @Benchmark
  public Object execute() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(Reading.ROW)) {
      statement.setInt(1, 1);
      try (ResultSet rows = statement.executeQuery()) {
        return rows;
      }
    }
  }
}
