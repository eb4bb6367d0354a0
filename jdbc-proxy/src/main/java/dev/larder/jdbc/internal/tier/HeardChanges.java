package dev.larder.jdbc.internal.tier;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.EndRecorder;
import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.jdbc.internal.nodes.NodePosition;
import dev.larder.jdbc.internal.nodes.PastChanges;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The changes that this node's ledger knows of, each with the messages by which another node shows
 * that it began to read after it. Thread-safe.
 */
final class HeardChanges implements EndRecorder {

  /*
   * The claim. A value that another node read (the filler) and that passes here is an answer that
   * this node (the reader) could have read itself, over a connection of its own, at the moment at
   * which the filler did, and would still hold: what is argued of hits in Ledger and in Coverage
   * holds for it word by word, with the filler's query in the place of the reader's own. The tier
   * decides nothing, and neither does the filler.
   *
   * Nodes number their messages and say them in that order. The filler writes down, before its
   * query is sent and outside of any snapshot, the number of the last message of each node that it
   * has read: q. So whatever had happened at node n before it said the message q(n) had happened
   * before the query. That is all that is concluded from q. It needs no clock, no order among the
   * messages of different nodes, and no promise of the server that carries them: one that loses,
   * delays, trims or rolls back messages can only make q smaller than it might be. A number is
   * never used twice, and belongs to one life of a node.
   *
   * The reader remembers of each change that ended here
   *   - own: the number of its own next message then. Who has read that message or a later one began
   *     to read after the change had ended, as every read sees it by then.
   *   - of a change that another node told of: which node, and the number of the message that said
   *     it was over. Who has read that one began to read after it too.
   * A value passes only if for each change that meets the query's footprint one of the two is in q.
   *
   * The reader takes its stamp first. If it is open, a commit is under way, and there is no answer
   * from here. If it is not, every commit to the footprint that began here before the stamp has
   * ended before it, and was recorded before its cells were closed: it is found. A change that the
   * reader hears of after the stamp moves the stamp: who uses the value looks at the stamp once more
   * when it is there, and keeps it in memory with that stamp. So what passes lacks no change that
   * the reader knows of. One that it does not know of yet will move the stamp when it comes, as it
   * would for an answer of the reader's own; and where the reader may have missed something (a new
   * session of a source, a hole in a node's numbers, a node that fell silent, definitions and rights
   * that have changed elsewhere) the ledger moves everything, which is a change like any other here,
   * known by the reader itself: values that were read before it are over. That is what an epoch is.
   *
   * An answer's age counts from when the reader said the last of its messages that is in q: the
   * query came later, so the answer is younger than that.
   *
   * A node that starts has said nothing yet that a value from before could have heard. For such a
   * value it has what it found in the stream (PastChanges), for what was over before it listened;
   * what it heard since is asked of all. What a source's first session may have missed is over by a
   * number that everybody has heard, if that was read. What no stream carries, definitions and
   * rights, is compared by who calls this.
   *
   * What is forgotten, to stay within bounds, is kept by scope: the last own number of all changes
   * to it. When that becomes too much, a single number speaks for all.
   */

  /** Changes that are remembered each for itself. */
  private static final int MOST_CHANGES = 4_096;

  private static final int MOST_SCOPES = 10_000;

  /** Moments of this node's own messages: enough for ages of some minutes. */
  private static final int MOST_MOMENTS = 1_024;

  private static final long MOMENTS_APART_NANOS = 50_000_000;

  private record Ended(long own, @Nullable NodeMoment said, ChangeSet changes) {}

  private final UUID self;
  private final LongSupplier ownNumber;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their own numbers. */
  private final Ended[] ring = new Ended[MOST_CHANGES];

  private long count;

  /** Of changes that are in the ring no longer, by what they changed. */
  private final Map<Scope, Long> older = new HashMap<>();

  /** Nothing is known of what changed before this number was said. */
  private long floor;

  /** What changed before the first of all floors; null where that is not known. */
  private @Nullable PastChanges past;

  private long firstFloor;

  private final long[] momentNumbers = new long[MOST_MOMENTS];
  private final long[] momentNanos = new long[MOST_MOMENTS];
  private int moments;

  /**
   * @param self this node
   * @param ownNumber the number of the last message that it has said
   */
  HeardChanges(UUID self, LongSupplier ownNumber) {
    this.self = self;
    this.ownNumber = ownNumber;
  }

  /** Everything that ends from now on is told; nothing is known of what did before. */
  void begin() {
    lock.lock();
    try {
      floor = nextNumber();
      firstFloor = floor;
    } finally {
      lock.unlock();
    }
  }

  /** This is what had changed before this node listened to others. */
  void learnt(PastChanges changes) {
    lock.lock();
    try {
      past = changes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether its filler had not heard this node yet, so that what is past has to be known. */
  boolean isFromBefore(NodePosition position) {
    lock.lock();
    try {
      return position.of(self) < firstFloor;
    } finally {
      lock.unlock();
    }
  }

  /** A message of this number or a higher one is said after this was called. */
  private long nextNumber() {
    return ownNumber.getAsLong() + 1;
  }

  @Override
  public void ending(ChangeSet changes, @Nullable NodeMoment said) {
    lock.lock();
    try {
      int at = (int) (count % MOST_CHANGES);
      Ended oldest = ring[at];
      if (oldest != null) {
        forget(oldest);
      }
      ring[at] = new Ended(nextNumber(), said, changes);
      count++;
    } finally {
      lock.unlock();
    }
  }

  private void forget(Ended oldest) {
    NodeMoment said = oldest.said();
    if (said != null && said.number() == 0) {
      return;
    }
    for (Scope scope : oldest.changes().scopes()) {
      older.merge(scope, oldest.own(), Math::max);
    }
    if (older.size() > MOST_SCOPES) {
      floor = Math.max(floor, oldest.own());
      older.clear();
    }
  }

  /**
   * Whether a value lacks none of the changes that ended here; to be asked after a stamp was taken.
   *
   * @param position what its filler had heard before it began to read
   * @param scopes what the query depends on
   * @param meets whether a change may alter the answer
   * @return null where it lacks none
   */
  @Nullable TierOutcome objection(
      NodePosition position, Collection<Scope> scopes, Predicate<ChangeSet> meets) {
    long heard = position.of(self);
    Ended[] since;
    PastChanges before = null;
    lock.lock();
    try {
      if (heard < floor) {
        before = floor == firstFloor ? past : null;
        if (before == null || !before.isKnownSince(position)) {
          return TierOutcome.NOT_HEARD;
        }
      }
      for (Scope scope : scopes) {
        Long last = older.get(scope);
        if (last != null && last > heard) {
          return TierOutcome.FORGOTTEN;
        }
      }
      since = since(heard);
    } finally {
      lock.unlock();
    }
    if (before != null && before.isMetSince(position, meets)) {
      return TierOutcome.CHANGED;
    }
    for (Ended each : since) {
      NodeMoment said = each.said();
      boolean isBefore = said != null && position.of(said.node()) >= said.number();
      if (!isBefore && meets.test(each.changes())) {
        return TierOutcome.CHANGED;
      }
    }
    return null;
  }

  /** The changes that were not over when this node said the message of that number. */
  private Ended[] since(long heard) {
    int size = (int) Math.min(count, MOST_CHANGES);
    int later = 0;
    while (later < size && at(count - 1 - later).own() > heard) {
      later++;
    }
    Ended[] all = new Ended[later];
    for (int i = 0; i < later; i++) {
      all[i] = at(count - later + i);
    }
    return all;
  }

  private Ended at(long index) {
    return ring[(int) (index % MOST_CHANGES)];
  }

  /** Notes where this node's messages stand now, for the ages of answers. */
  void noteMoment() {
    long now = System.nanoTime();
    lock.lock();
    try {
      int last = (moments + MOST_MOMENTS - 1) % MOST_MOMENTS;
      if (momentNumbers[last] == 0 || now - momentNanos[last] >= MOMENTS_APART_NANOS) {
        momentNumbers[moments] = nextNumber();
        momentNanos[moments] = now;
        moments = (moments + 1) % MOST_MOMENTS;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A moment before the filler began to read.
   *
   * @return {@link System#nanoTime()} then, or {@code otherwise} where no such moment is remembered
   */
  long readAfterNanos(NodePosition position, long otherwise) {
    long heard = position.of(self);
    lock.lock();
    try {
      for (int i = 1; i <= MOST_MOMENTS; i++) {
        int at = (moments + MOST_MOMENTS - i) % MOST_MOMENTS;
        if (momentNumbers[at] == 0) {
          break;
        }
        if (momentNumbers[at] <= heard) {
          return momentNanos[at];
        }
      }
      return otherwise;
    } finally {
      lock.unlock();
    }
  }
}
