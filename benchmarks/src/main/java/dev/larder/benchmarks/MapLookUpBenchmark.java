package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
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

  @Param({"1000", "1000000"})
  public int entries;

  private final SplittableRandom random = new SplittableRandom(42);
  private final Key ready = new Key(Reading.ROW, 1);
  private Key[] keys;
  private Cache<Key, Object> cache;

  @Setup
  public void fill() {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(2L << 30)
            .weigher((Key key, Object value) -> 300)
            .build();
    keys = new Key[entries];
    for (int i = 0; i < entries; i++) {
      keys[i] = new Key(Reading.ROW, i);
      cache.put(new Key(Reading.ROW, i), new Object());
    }
  }

  @Benchmark
  public @Nullable Object getIfPresent() {
    return cache.getIfPresent(ready);
  }

  /** Any of the entries, with the same chance, by a key that is equal and not the same. */
  @Benchmark
  public @Nullable Object getAny() {
    return cache.getIfPresent(keys[random.nextInt(entries)]);
  }
}
