package dev.larder.invalidation.source;

import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.ledger.Reach;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a source has done so far. Thread-safe. */
final class SourceCounts {

  private final LongAdder changes = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile @Nullable Duration lag;

  void change() {
    changes.increment();
  }

  void gap() {
    gaps.increment();
  }

  void rejected() {
    rejected.increment();
  }

  void lag(long nanos) {
    lag = Duration.ofNanos(nanos);
  }

  SourceReport report(
      String name, SourceReport.State state, Reach reach, @Nullable String problem) {
    return new SourceReport(
        name, state, lag, reach.toString(), changes.sum(), gaps.sum(), rejected.sum(), problem);
  }
}
