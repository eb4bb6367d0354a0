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
 * @param kept the cache above that accounts itself for the rows a data change names, or null
 */
public record Hints(
    boolean bypass, @Nullable Duration ttl, Set<String> tags, Node node, @Nullable String kept) {

  /** Which kind of node a text asks for. */
  public enum Node {
    /** Whichever may answer. */
    ANY,
    PRIMARY,
    /** A replica, even one that lags by as much as the settings allow. */
    REPLICA
  }

  public static final Hints NONE = new Hints(false, null, Set.of(), Node.ANY, null);

  public Hints {
    tags = Set.copyOf(tags);
  }
}
