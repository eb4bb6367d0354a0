package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What no hit can cost less than, whoever answers it: a look-up of the text and one of the answer,
 * three objects to hand out, and four values made from what is kept, with nothing checked and
 * nothing counted.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=floor}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {

  private static final int ANSWERS = 1_000;

  private record Key(Object text, Object parameter) {}

  private record Row(int id, String name, long cents, long madeAt, int nanos) {}

  private record Opened(Object database) {}

  private static final class Prepared {
    private final Opened connection;
    private final Object text;
    private @Nullable Object parameter;

    Prepared(Opened connection, Object text) {
      this.connection = connection;
      this.text = text;
    }
  }

  private record Cursor(Prepared statement, Row row) {}

  private final Cache<String, Object> texts = Caffeine.newBuilder().maximumSize(ANSWERS).build();
  private final Cache<Key, Row> answers =
      Caffeine.newBuilder().maximumWeight(2L << 30).weigher((Key key, Row row) -> 300).build();
  private int parameter = 1;

  /** Keeps what is asked for, and more. */
  @Setup
  public void fill() {
    Object text = new Object();
    texts.put(Reading.ROW, text);
    for (int id = 0; id < ANSWERS; id++) {
      answers.put(
          new Key(text, id), new Row(id, "rye honey salt " + id, 100L * id, 1L << 40, 1_000));
    }
  }

  /** One read. */
  @Benchmark
  public void hit(Blackhole handedOut) {
    Opened connection = new Opened(texts);
    handedOut.consume(connection);
    Prepared statement =
        new Prepared(connection, Objects.requireNonNull(texts.getIfPresent(Reading.ROW)));
    handedOut.consume(statement);
    statement.parameter = parameter;
    Row row = answers.getIfPresent(new Key(statement.text, statement.parameter));
    Cursor cursor = new Cursor(statement, Objects.requireNonNull(row));
    handedOut.consume(cursor);
    handedOut.consume(cursor.row().id());
    handedOut.consume(cursor.row().name());
    handedOut.consume(BigDecimal.valueOf(cursor.row().cents(), 2));
    handedOut.consume(moment(cursor.row()));
  }

  private static Timestamp moment(Row row) {
    Timestamp moment = new Timestamp(row.madeAt() - TimeZone.getDefault().getOffset(row.madeAt()));
    moment.setNanos(row.nanos());
    return moment;
  }
}
