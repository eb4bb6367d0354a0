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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reads on PostgreSQL that are never asked twice: a parameter that selects nothing differs each
 * time. Through Larder each is looked up, run, captured and stored, for nothing.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=miss}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MissBenchmark {

  private static final String ROW = Reading.ROW + " and ? >= 0";
  private static final String ROWS = Reading.ROWS + " and ? >= 0";

  @Param({"HIKARI", "LARDER"})
  public Side side = Side.HIKARI;

  @Param({"1", "1000"})
  public int rows;

  private Side.Opened opened;
  private int turn;

  @Setup
  public void open() throws SQLException {
    opened = side.open(Target.of(Product.POSTGRESQL));
  }

  @TearDown
  public void close() {
    opened.requireStoredMisses();
    opened.close();
  }

  @Benchmark
  public long neverAskedTwice(Blackhole blackhole) throws SQLException {
    return rows == 1 ? row(blackhole) : rows(blackhole);
  }

  private long row(Blackhole blackhole) throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(ROW)) {
      statement.setInt(1, 1);
      statement.setInt(2, turn++);
      try (ResultSet result = statement.executeQuery()) {
        return Reading.fourColumns(result, blackhole::consume);
      }
    }
  }

  private long rows(Blackhole blackhole) throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setInt(1, 1);
      statement.setInt(2, rows);
      statement.setInt(3, turn++);
      try (ResultSet result = statement.executeQuery()) {
        return Reading.nineColumns(result, blackhole::consume);
      }
    }
  }
}
