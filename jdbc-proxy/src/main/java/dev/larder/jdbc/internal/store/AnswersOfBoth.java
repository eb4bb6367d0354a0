package dev.larder.jdbc.internal.store;

import java.util.function.BiConsumer;

/** Answers that were loaded ahead for two reasons. Thread-safe, as both are. */
record AnswersOfBoth(AnswersAhead one, AnswersAhead other) implements AnswersAhead {

  @Override
  public void outOfDate(CacheKey key, Entry entry) {
    one.outOfDate(key, entry);
    other.outOfDate(key, entry);
  }

  @Override
  public boolean handOver(CacheKey key, long maxAgeNanos, BiConsumer<CacheKey, Entry> store) {
    // Both are asked: that one knows the key does not mean that it had the answer.
    boolean known = one.handOver(key, maxAgeNanos, store);
    return other.handOver(key, maxAgeNanos, store) || known;
  }

  @Override
  public void clear() {
    one.clear();
    other.clear();
  }
}
