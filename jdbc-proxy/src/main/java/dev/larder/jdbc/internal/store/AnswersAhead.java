package dev.larder.jdbc.internal.store;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were loaded before anybody asked, and wait beside the store for whoever asks first:
 * a hit has nothing to do with them. Implementations are thread-safe.
 */
public interface AnswersAhead {

  /** An answer was looked for and found to be out of date. */
  void outOfDate(CacheKey key, Entry entry);

  /**
   * Somebody asks for what the store does not hold: gives an answer that waits for that to {@code
   * store}, if there is one that holds.
   *
   * @return whether it is worth looking again, as another caller may have been given it just now
   */
  boolean handOver(CacheKey key, long maxAgeNanos, BiConsumer<CacheKey, Entry> store);

  /** Lets go of all that wait. */
  void clear();

  /** Those of two, either of which may be null for none; null where both are. */
  static @Nullable AnswersAhead both(@Nullable AnswersAhead one, @Nullable AnswersAhead other) {
    return one == null ? other : other == null ? one : new AnswersOfBoth(one, other);
  }
}
