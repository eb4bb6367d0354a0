package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The floor: one look-up in a Caffeine cache bounded as Larder's is, with a key that is ready.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=map-look-up}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapLookUpBenchmark {

  private record Key(String text, int parameter) {}

  private final Key ready = new Key(Reading.ROW, 1);
  private Cache<Key, Object> cache;

  @Setup
  public void fill() {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(64 << 20)
            .weigher((Key key, Object value) -> 300)
            .build();
    for (int i = 0; i < Tables.ITEMS; i++) {
      cache.put(new Key(Reading.ROW, i), new Object());
    }
  }

  @Benchmark
  public @Nullable Object getIfPresent() {
    return cache.getIfPresent(ready);
  }
}
