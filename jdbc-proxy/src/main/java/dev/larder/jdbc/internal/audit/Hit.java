package dev.larder.jdbc.internal.audit;

import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;

/**
 * An answer that was served from memory. Immutable and thread-safe.
 *
 * @param sql the text as the application gave it
 * @param template the text with its literals lifted
 * @param key what it was found by, frozen
 */
record Hit(String sql, String template, CacheKey key, Entry entry) {

  /** Whether the answer is still proven: nothing it depends on has moved, and no commit is open. */
  boolean isProven() {
    return entry.stamp().isCurrent();
  }
}
