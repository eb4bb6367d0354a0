package dev.larder.benchmarks;

import dev.larder.testkit.Product;
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
 * Reads of one row on PostgreSQL whose values stand in the text: by {@code Statement}, the only way
 * that AWS's {@code dataCache} answers from memory, and with a comment that is never the same
 * twice, as tracing tools add it, which a cache that keys by text cannot answer from memory at all.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=text}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextBenchmark {

  private static final String LITERAL =
      "select id, name, price, made_at from item where id = 1 and stock >= 0";

  @Param({"HIKARI", "AWS_DATA_CACHE", "LARDER"})
  public Side side = Side.HIKARI;

  private Side.Opened opened;
  private long trace;

  @Setup
  public void open() throws SQLException {
    opened = side.open(Target.of(Product.POSTGRESQL));
  }

  @TearDown
  public void close() {
    opened.requireHits();
    opened.close();
  }

  @Benchmark
  public long sameText(Blackhole blackhole) throws SQLException {
    return Reading.row(opened.dataSource(), LITERAL, blackhole::consume);
  }

  /* One thread. The plug-in keeps every text for ever, so keep its runs short. */
  @Benchmark
  public long traceComment(Blackhole blackhole) throws SQLException {
    String text = LITERAL + " /* trace=" + Long.toHexString(trace++ * 0x9E3779B97F4A7C15L) + " */";
    return Reading.row(opened.dataSource(), text, blackhole::consume);
  }
}
