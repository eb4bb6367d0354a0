package dev.larder.benchmarks;

import dev.larder.testkit.Product;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * The whole life of a prepared read that was made before: through the pool alone, through a proxy
 * that only forwards, and through Larder, which answers it from memory.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=lifecycle}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LifecycleBenchmark {

  @Param({"POSTGRESQL", "H2"})
  public Product product = Product.H2;

  @Param({"HIKARI", "DATASOURCE_PROXY", "LARDER"})
  public Side side = Side.HIKARI;

  /** One row is of four columns, more are of nine. */
  @Param({"1", "100", "1000"})
  public int rows;

  private Side.Opened opened;

  @Setup
  public void open() throws SQLException {
    opened = side.open(Target.of(product));
  }

  @TearDown
  public void close() {
    opened.requireHits();
    opened.close();
  }

  @Benchmark
  public long prepared(Blackhole blackhole) throws SQLException {
    Consumer<Object> sink = blackhole::consume;
    return rows == 1
        ? Reading.row(opened.dataSource(), 1, sink)
        : Reading.rows(opened.dataSource(), rows, sink);
  }
}
