package dev.larder.console;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.jdbc.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What was counted in the last minutes, so that a page has something to draw when it is opened.
 * Thread-safe.
 */
final class History implements AutoCloseable {

  static final Duration STEP = Duration.ofSeconds(2);
  private static final int MOST = 450;

  /** What one sample says, each under the name that it has as JSON. */
  private enum Figure {
    AT,
    HITS,
    JOINED,
    MISSES,
    BYPASSED,
    INVALIDATED,
    SAVED_MS,
    BYTES,
    POOL_MAXIMUM,
    POOL_ACTIVE
  }

  private final Supplier<Statistics> statistics;
  private final Deque<Map<Figure, Long>> samples = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("larder-console-history"));

  History(Supplier<Statistics> statistics) {
    this.statistics = statistics;
    clock.scheduleAtFixedRate(this::take, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void take() {
    Map<Figure, Long> sample;
    try {
      sample = sample(statistics.get());
    } catch (RuntimeException closing) {
      // Nothing is read of what is closed; the clock goes on until it is stopped, too.
      return;
    }
    synchronized (samples) {
      samples.addLast(sample);
      if (samples.size() > MOST) {
        samples.removeFirst();
      }
    }
  }

  private static Map<Figure, Long> sample(Statistics counted) {
    Map<Figure, Long> sample = new EnumMap<>(Figure.class);
    sample.put(Figure.AT, Instant.now().toEpochMilli());
    sample.put(Figure.HITS, counted.hits());
    sample.put(Figure.JOINED, counted.joinedFlights());
    sample.put(Figure.MISSES, counted.misses());
    sample.put(
        Figure.BYPASSED, counted.bypasses().values().stream().mapToLong(Long::longValue).sum());
    sample.put(Figure.INVALIDATED, counted.invalidated());
    sample.put(Figure.SAVED_MS, counted.savings().saved().toMillis());
    sample.put(Figure.BYTES, counted.bytes());
    sample.put(Figure.POOL_MAXIMUM, (long) counted.pool().maximum());
    sample.put(Figure.POOL_ACTIVE, (long) counted.pool().active());
    return sample;
  }

  /** An object with an array for each figure. */
  String json() {
    StringBuilder json = new StringBuilder("{");
    synchronized (samples) {
      for (Figure figure : Figure.values()) {
        json.append(json.length() == 1 ? "" : ",")
            .append('"')
            .append(figure.name().toLowerCase(Locale.ROOT))
            .append("\":")
            .append(
                samples.stream()
                    .map(sample -> String.valueOf(sample.get(figure)))
                    .collect(Collectors.joining(",", "[", "]")));
      }
    }
    return json.append('}').toString();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
