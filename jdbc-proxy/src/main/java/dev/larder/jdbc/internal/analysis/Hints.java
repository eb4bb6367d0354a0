package dev.larder.jdbc.internal.analysis;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code larder(...)} comments in a text ask for. Immutable and thread-safe.
 *
 * @param bypass whether the statement must reach the database
 * @param ttl how old its answer may be at most, or null where the settings decide
 * @param tags names under which the application may forget the answer
 */
public record Hints(boolean bypass, @Nullable Duration ttl, Set<String> tags) {

  public static final Hints NONE = new Hints(false, null, Set.of());

  public Hints {
    tags = Set.copyOf(tags);
  }
}
