package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.NodeMoment;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a node that starts has found in the stream: since when it knows of every change of the other
 * nodes, and which these were. Immutable and thread-safe.
 */
public final class PastChanges {

  /*
   * The claim. If isKnownSince(q) and not isMetSince(q, ...), every change to a footprint by any
   * other node that was over before this node listened was over before the filler of q began to
   * read; or this node is told of it later, as it would be for an answer of its own.
   *
   * A node m is known from the number of a sign of life of its own, behind which none of its numbers
   * is missing (or from 0, where its first message is there). That sign of life names what m had
   * under way; what m began later, it announced under a later number. So every change of m that was
   * not over when m said that number is here, with the message by which m said that it was over.
   * One that was over by then is in the rows if q(m) is that number or a higher one, and q must have
   * such a number for every node that is known. A hole in m's numbers begins all that anew.
   *
   * A node that is only named by others, and one after whose last hole no sign of life came, is
   * known from no number: nothing passes. Of a node that was taken for dead nobody says any more
   * what it had under way: that it was taken for dead is a change of everything, by the message that
   * says so.
   *
   * A node that is neither here nor named by those who are is one that all who can have filled had
   * seen leave before: the filler itself is named by some node that q has heard, or is one.
   *
   * Whatever else may be missing (a stream that is another than the one of before, or was put back)
   * shows as a hole in the numbers of those who still speak, before they have returned a mark; until
   * they all have, nothing from before this node listened is used.
   */

  /**
   * A change, and the message of the node that made it by which that node said that it was over.
   */
  record Change(NodeMoment over, ChangeSet changes) {}

  private final Map<UUID, Long> knownFrom;

  /** By who said that they were over, in the order of the numbers. */
  private final Map<UUID, List<Change>> changes;

  PastChanges(Map<UUID, Long> knownFrom, Map<UUID, List<Change>> changes) {
    this.knownFrom = Map.copyOf(knownFrom);
    this.changes = Map.copyOf(changes);
  }

  /** Whether every change is here that was not over when somebody had heard that. */
  public boolean isKnownSince(NodePosition position) {
    boolean any = false;
    for (Map.Entry<UUID, Long> each : knownFrom.entrySet()) {
      long heard = position.of(each.getKey());
      if (heard < each.getValue()) {
        return false;
      }
      any |= heard > 0;
    }
    return any;
  }

  /**
   * Whether there is a change that may have come after that.
   *
   * @param meets whether it would matter
   */
  public boolean isMetSince(NodePosition position, Predicate<ChangeSet> meets) {
    for (Map.Entry<UUID, List<Change>> each : changes.entrySet()) {
      long heard = position.of(each.getKey());
      List<Change> all = each.getValue();
      for (int i = all.size() - 1; i >= 0 && all.get(i).over().number() > heard; i--) {
        if (meets.test(all.get(i).changes())) {
          return true;
        }
      }
    }
    return false;
  }
}
