package dev.larder.jdbc.internal.analysis;

import java.util.function.Function;

/**
 * Keeps what was computed for a key. Implementations are thread-safe and bounded; a load that
 * throws must leave nothing behind, and its exception must reach the caller.
 */
@FunctionalInterface
public interface Memo<K, V> {

  V get(K key, Function<K, V> load);

  /** A memo that keeps nothing. */
  static <K, V> Memo<K, V> none() {
    return (key, load) -> load.apply(key);
  }
}
