package dev.larder.benchmarks;

import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Product;
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
 * What a text costs that was not met before, paid once per text: with a shape of its own, which is
 * parsed, and with the shape of another text and new values, which is only scanned. Measured by
 * {@code explain}, which takes the same way and runs nothing; "met before" shows what explain adds.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=first-sight}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FirstSightBenchmark {

  private static final String TEXT =
      "select i.id, i.name, i.price, count(*) as %s from item i join counter c on c.id = i.id"
          + " where i.stock > %d and c.n >= 0 group by i.id, i.name, i.price order by i.name";

  private Side.Opened opened;
  private LarderDataSource larder;
  private int turn;

  @Setup
  public void open() throws SQLException {
    Target target = Target.of(Product.H2);
    opened = Side.LARDER.open(target);
    larder = opened.requireLarder();
    Reading.row(larder, 1, value -> {});
  }

  @TearDown
  public void close() {
    opened.close();
  }

  @Benchmark
  public Explanation newShape() throws SQLException {
    return larder.explain(String.format(TEXT, "n" + turn++, 5));
  }

  @Benchmark
  public Explanation newValues() throws SQLException {
    return larder.explain(String.format(TEXT, "n", turn++));
  }

  @Benchmark
  public Explanation metBefore() throws SQLException {
    return larder.explain(String.format(TEXT, "n", 5));
  }
}
