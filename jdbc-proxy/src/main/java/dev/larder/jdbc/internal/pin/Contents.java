package dev.larder.jdbc.internal.pin;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.store.Entry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All rows of a table, each as the answer to who asks for it. Immutable but for a count, and
 * thread-safe.
 *
 * @param none the answer to who asks for a row that is not there
 * @param readAtNanos {@link System#nanoTime()} before they were read
 */
public record Contents(
    Map<Object, Snapshot> rows, Snapshot none, Stamp stamp, long readAtNanos, Weight weight) {

  /**
   * What they hold, and how often they were asked.
   *
   * @param bytes by estimate
   */
  public record Weight(long bytes, AtomicInteger asked) {
    public Weight(long bytes) {
      this(bytes, new AtomicInteger());
    }
  }

  /** The answer to who asks for the row that has this value. */
  Entry answer(Object value) {
    weight.asked().incrementAndGet();
    return new Entry(rows.getOrDefault(value, none), stamp, readAtNanos);
  }

  /** Whether nothing of the table has changed since, and it is not older than allowed. */
  boolean isCurrent(long maxAgeNanos) {
    return stamp.isCurrent()
        && (maxAgeNanos == Long.MAX_VALUE || System.nanoTime() - readAtNanos <= maxAgeNanos);
  }

  /** Whether it was asked for enough to be worth what reading it took. */
  boolean hasPaid() {
    return weight.asked().get() >= Math.max(1, rows.size() / 50);
  }
}
