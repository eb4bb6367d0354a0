package dev.larder.jdbc.internal.session;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to bring a physical connection back to what it held before anybody set anything on it.
 * Implementations are immutable and thread-safe.
 */
public interface Restoration {

  /** Nothing is known to bring anything back. */
  Restoration NONE = names -> names.isEmpty() ? List.of() : null;

  /**
   * The statements that bring these settings back, or null where one of them is not known to be
   * brought back by anything.
   */
  @Nullable List<String> statements(Set<String> names);

  /** The settings that somebody made up of which it is known what they held, if anything. */
  default Set<String> asked() {
    return Set.of();
  }
}
