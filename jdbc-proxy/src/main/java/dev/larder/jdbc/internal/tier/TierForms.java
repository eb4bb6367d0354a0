package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.result.Snapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the answers that this node has read itself, by session and template. Thread-safe.
 */
final class TierForms {

  private static final int MOST = 2_000;

  /**
   * @param plan by which the answer was read, compared as an object: another one has other
   *     definitions, or another search path
   * @param form null where it cannot be told to another JVM
   */
  private record Known(Object plan, @Nullable TierForm form) {}

  private final ConcurrentMap<String, Known> byKey = new ConcurrentHashMap<>();

  /** The form in which an answer would come; null where none was read yet under that plan. */
  @Nullable TierForm of(String key, Object plan) {
    Known known = byKey.get(key);
    return known != null && known.plan() == plan ? known.form() : null;
  }

  /** Whether answers under that plan are known to be none that can be told to another JVM. */
  boolean areUntellable(String key, Object plan) {
    Known known = byKey.get(key);
    return known != null && known.plan() == plan && known.form() == null;
  }

  /**
   * Learns the form of an answer that was just read.
   *
   * @return null where it cannot be told to another JVM
   */
  @Nullable TierForm learn(String key, Object plan, Snapshot answer) {
    TierForm form = TierForm.of(answer);
    if (byKey.size() >= MOST && !byKey.containsKey(key)) {
      // Whoever is still asked for comes back with the next answer.
      byKey.clear();
    }
    byKey.put(key, new Known(plan, form));
    return form;
  }
}
