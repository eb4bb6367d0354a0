package dev.larder.console;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.jdbc.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
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
    POOL_ACTIVE;

    private static final Figure[] ALL = values();
  }

  private final Supplier<Statistics> statistics;
  private final Deque<long[]> samples = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("larder-console-history"));

  History(Supplier<Statistics> statistics) {
    this.statistics = statistics;
    clock.scheduleAtFixedRate(this::take, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void take() {
    long[] sample;
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

  private static long[] sample(Statistics counted) {
    long[] sample = new long[Figure.ALL.length];
    for (Figure figure : Figure.ALL) {
      sample[figure.ordinal()] =
          switch (figure) {
            case AT -> Instant.now().toEpochMilli();
            case HITS -> counted.hits();
            case JOINED -> counted.joinedFlights();
            case MISSES -> counted.misses();
            case BYPASSED -> counted.bypasses().values().stream().mapToLong(Long::longValue).sum();
            case INVALIDATED -> counted.invalidated();
            case SAVED_MS -> counted.savings().saved().toMillis();
            case BYTES -> counted.bytes();
            case POOL_MAXIMUM -> counted.pool().maximum();
            case POOL_ACTIVE -> counted.pool().active();
          };
    }
    return sample;
  }

  /** An object with an array for each figure. */
  String json() {
    StringBuilder json = new StringBuilder("{");
    synchronized (samples) {
      for (Figure figure : Figure.ALL) {
        json.append(json.length() == 1 ? "" : ",")
            .append('"')
            .append(figure.name().toLowerCase(Locale.ROOT))
            .append("\":")
            .append(
                samples.stream()
                    .map(sample -> String.valueOf(sample[figure.ordinal()]))
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
