package dev.larder.invalidation.source;

import dev.larder.invalidation.ledger.TrackedFootprint;
import java.util.List;
import java.util.OptionalLong;

/**
 * How old may an answer be, given what the sources can prove? Thread-safe; asked on every hit,
 * takes no lock.
 */
public final class Coverage {

  /*
   * The claim. An answer that is served at time t holds what the database held at some instant after t - s, where s is
   * larder.max-staleness, as far as writers are concerned that Larder does not carry itself.
   *
   * Without a source: the answer was read after t - s, or it is not served.
   *
   * With one. The watch asks the far end for marks, and proof(m) is the time at which the last mark that came back was asked for.
   * By the contract of SourceSession every change that was visible before proof(m) has then been handed to the ledger. Let an
   * answer be read between a and b, its stamp taken before a and current at t, and let proof(m) >= t - s. Take a change to its
   * footprint that became visible at v <= proof(m):
   *   - v < a: the read sees it.
   *   - a <= v: the session reported it at some e, before the mark. If e is after the stamp was taken, the cell has moved since the
   *     stamp, and the answer is not current. If e is before the stamp, the event came before the change was visible (a walsender
   *     sends a commit as soon as it is on disk, readers see it a moment later): the session then had opened the cell at e and
   *     closes it only after v, so the stamp, taken between the two, was open, and the answer was not stored; and if the stamp was
   *     taken after the cell was closed, then a > v.
   * So every change visible before proof(m) is in the answer, and what is missing became visible after t - s.
   *
   * This needs the session to have been there from before a until t. Before a session's first mark is asked for, and after its
   * connect() returned, the watch moves every cell; no answer that was read earlier survives that. A session that ends takes its
   * proof with it: from that instant the age bound holds again, and answers older than it are not served, whatever their stamp.
   * Answers younger than the bound may be.
   *
   * Silence needs no clock but ours: a mark that does not come back leaves proof(m) where it was, and s later it proves nothing.
   *
   * Tables out of a session's reach, and definitions that changed elsewhere, have the age bound too: the first by Reach, the second
   * by a proof of their own, which has to be as fresh.
   *
   * A snapshot transaction: its position in the ledger tells which commits came after its snapshot, and an event moves its cell past
   * that position like any commit. Until the event, though, an answer that another session read may hold a change which the
   * snapshot does not. And a lock shows its holder what was committed before it got it, reported or not. So neither is served what
   * an age or a source vouches for: the proof ends s ago, and no source tells before the commit can be seen (an intent through Redis
   * is in the stream by then, but nobody waits until it is read). What a snapshot stores is as old as the snapshot, and dated so.
   */

  /** Nothing covers: every answer has the age bound. */
  public static final Coverage NONE = new Coverage(List.of(), since -> true);

  /** Whether something was still so at a time of this JVM's clock. */
  @FunctionalInterface
  public interface Proof {
    boolean holdsSince(long nanos);
  }

  private final List<SourceWatch> watches;
  private final Proof definitions;

  /**
   * @param watches each of which covers every writer that counts
   * @param definitions says whether definitions are known to have been the same at a time
   */
  public Coverage(List<SourceWatch> watches, Proof definitions) {
    this.watches = List.copyOf(watches);
    this.definitions = definitions;
  }

  /**
   * How old an answer with this footprint may be, in nanoseconds: {@code maxAgeNanos}, or {@link
   * Long#MAX_VALUE} where a source proves that nothing older than that is missing.
   */
  public long allowedAge(TrackedFootprint footprint, long maxAgeNanos) {
    if (maxAgeNanos == Long.MAX_VALUE || watches.isEmpty()) {
      return maxAgeNanos;
    }
    return isSettled(footprint, System.nanoTime() - maxAgeNanos) ? Long.MAX_VALUE : maxAgeNanos;
  }

  /**
   * The latest time of which it was known that every change to the footprint that was visible then
   * is in the ledger, whether or not that source is still there; empty where there is none, or
   * definitions were not known to be the same as lately.
   *
   * <p>It speaks of answers whose stamp is current: a session that begins moves every cell.
   */
  public OptionalLong lastProven(TrackedFootprint footprint, long maxAgeNanos) {
    OptionalLong latest = OptionalLong.empty();
    for (SourceWatch watch : watches) {
      OptionalLong proven = watch.lastProven(footprint);
      if (proven.isPresent()
          && definitions.holdsSince(proven.getAsLong() - maxAgeNanos)
          && (latest.isEmpty() || proven.getAsLong() - latest.getAsLong() > 0)) {
        latest = proven;
      }
    }
    return latest;
  }

  /** Whether every change to the footprint that was visible at that time is in the ledger. */
  private boolean isSettled(TrackedFootprint footprint, long nanos) {
    for (SourceWatch watch : watches) {
      if (watch.isProven(footprint, nanos)) {
        return definitions.holdsSince(nanos);
      }
    }
    return false;
  }
}
