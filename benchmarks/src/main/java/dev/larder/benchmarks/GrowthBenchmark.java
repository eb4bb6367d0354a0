package dev.larder.benchmarks;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A hit, a miss and an invalidation with ten entries in memory and with a million, on H2. A hit
 * asks for any of the entries with the same chance, so that with a million of them the processor's
 * own caches hold none: that part of the cost is the memory's.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=growth}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrowthBenchmark {

  private static final String TEXT = Reading.ROW + " and ? >= 0";

  @Param({"10", "10000", "1000000"})
  public int entries;

  private final SplittableRandom random = new SplittableRandom(42);
  private Side.Opened opened;
  private LarderDataSource larder;
  private int turn;

  @Setup
  public void fill() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.cache.max-bytes", "2GB");
    Target target = Target.of(Product.H2);
    opened = Side.LARDER.open(target, settings);
    larder = opened.requireLarder();
    for (int i = 0; i < entries; i++) {
      ask(i);
    }
    turn = entries;
  }

  /** A figure for so many entries must be one with so many entries. */
  @TearDown(Level.Trial)
  public void close() {
    long kept = larder.statistics().entries();
    opened.close();
    if (kept < entries) {
      throw new IllegalStateException("only " + kept + " of " + entries + " entries were kept");
    }
  }

  @Benchmark
  public long hit() throws SQLException {
    return ask(random.nextInt(entries));
  }

  @Benchmark
  public long miss() throws SQLException {
    return ask(turn++);
  }

  /** Makes every entry old. */
  @Benchmark
  public void invalidation() {
    larder.invalidation().table("item");
  }

  private long ask(int number) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(TEXT)) {
      statement.setInt(1, number % Tables.ITEMS + 1);
      statement.setInt(2, number);
      try (ResultSet rows = statement.executeQuery()) {
        return Reading.fourColumns(rows, value -> {});
      }
    }
  }
}
