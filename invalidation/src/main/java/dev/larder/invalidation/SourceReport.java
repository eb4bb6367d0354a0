package dev.larder.invalidation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a source of changes made elsewhere says of itself. Immutable and thread-safe.
 *
 * @param name what it is, such as {@code logical replication}
 * @param state whether it can be relied on now
 * @param lag how long the last sign of life took from the request until it came back behind all
 *     changes before it; null before the first. Taken from this JVM's clock alone.
 * @param reach the tables of which it reports every change, in words
 * @param changes how many changes it has reported
 * @param gaps how often it may have missed changes, its first connecting included
 * @param rejected messages that were dropped because they were malformed or not from whom they
 *     claimed
 * @param problem why it does not cover, or what may soon stop it; null where there is nothing to
 *     say
 */
public record SourceReport(
    String name,
    State state,
    @Nullable Duration lag,
    String reach,
    long changes,
    long gaps,
    long rejected,
    @Nullable String problem) {

  /** Whether a source can be relied on. */
  public enum State {
    /** It is not connected: the age bound holds. */
    DISCONNECTED,
    /** It is connected, and has not yet shown, or no longer shows, that nothing is held back. */
    SILENT,
    /** Every change older than {@code larder.max-staleness} has been reported. */
    COVERING,
    /** It was closed. */
    CLOSED
  }
}
