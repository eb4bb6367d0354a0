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
 * @param node where the statement is to run if it reaches a database
 */
public record Hints(boolean bypass, @Nullable Duration ttl, Set<String> tags, Node node) {

  /** Which kind of node a text asks for. */
  public enum Node {
    /** Whichever may answer. */
    ANY,
    PRIMARY,
    /** A replica, even one that lags by as much as the settings allow. */
    REPLICA
  }

  public static final Hints NONE = new Hints(false, null, Set.of(), Node.ANY);

  public Hints {
    tags = Set.copyOf(tags);
  }
}
