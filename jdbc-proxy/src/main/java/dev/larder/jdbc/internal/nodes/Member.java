package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.source.ChangeSink;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another node of the cluster, as far as it is known. Used by one thread. */
final class Member {

  /** A commit of that node that is under way; not in the ledger yet while there is no sink. */
  private static final class Commit {
    final ChangeSet changes;
    @Nullable OpenCommit opened;

    Commit(ChangeSet changes) {
      this.changes = changes;
    }
  }

  private final Map<Long, Commit> commits = new TreeMap<>();
  private long lastNumber;
  private boolean doubtful;
  private long heardMark;
  private int intervalMillis = Integer.MAX_VALUE;
  private long heardAtNanos;

  /**
   * @param doubtful whether messages of it may have come before
   */
  Member(boolean doubtful, long nowNanos) {
    this.doubtful = doubtful;
    this.heardAtNanos = nowNanos;
  }

  /** Takes the number of a message; one that is missing makes doubtful until a sign of life. */
  boolean isNext(long number, long nowNanos) {
    if (number <= lastNumber) {
      return false;
    }
    doubtful |= number > lastNumber + 1;
    lastNumber = number;
    heardAtNanos = nowNanos;
    return true;
  }

  /** What its last message said is not known. */
  void doubt() {
    doubtful = true;
  }

  long lastNumber() {
    return lastNumber;
  }

  /** The last mark of this node that it has heard, if nothing of what it said before is missing. */
  long heardMark() {
    return doubtful ? 0 : heardMark;
  }

  int intervalMillis() {
    return intervalMillis;
  }

  long heardAtNanos() {
    return heardAtNanos;
  }

  long silentNanos(long nowNanos) {
    return nowNanos - heardAtNanos;
  }

  /** Counts its silence from now on: before, nobody listened. */
  void listenedFrom(long nowNanos) {
    heardAtNanos = nowNanos;
  }

  void intent(long number, ChangeSet changes, @Nullable ChangeSink sink) {
    Commit commit = new Commit(changes);
    commits.put(number, commit);
    open(commit, sink);
  }

  /**
   * A commit is over.
   *
   * @param said which of its messages says so
   */
  void done(long intent, NodeMoment said) {
    Commit commit = commits.remove(intent);
    if (commit != null) {
      end(commit, said);
    }
  }

  /**
   * Takes a sign of life: after it, exactly the commits that it names are open.
   *
   * @param said which of its messages it is
   * @param sink null where everything is moved later anyway
   */
  void heartbeat(Heartbeat heartbeat, NodeMoment said, UUID self, @Nullable ChangeSink sink) {
    heartbeat
        .open()
        .forEach(
            (number, changes) -> {
              if (!commits.containsKey(number)) {
                intent(number, changes, sink);
              }
            });
    Iterator<Map.Entry<Long, Commit>> each = commits.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Commit> entry = each.next();
      if (!heartbeat.open().containsKey(entry.getKey())) {
        end(entry.getValue(), said);
        each.remove();
      }
    }
    if (doubtful && sink != null) {
      sink.gap("messages of a node are missing");
    }
    doubtful = false;
    heardMark = heartbeat.heard().getOrDefault(self, 0L);
    intervalMillis = Math.max(1, heartbeat.intervalMillis());
  }

  /** Brings to the ledger what was read before there was a sink. */
  void openAll(ChangeSink sink) {
    commits.values().forEach(commit -> open(commit, sink));
  }

  void endAll() {
    // Of what was under way when a node went silent nobody has said when it was over.
    commits.values().forEach(commit -> end(commit, null));
    commits.clear();
  }

  boolean isDoubtful() {
    return doubtful;
  }

  private static void open(Commit commit, @Nullable ChangeSink sink) {
    if (commit.opened == null && sink != null) {
      commit.opened = sink.opened(commit.changes);
    }
  }

  private static void end(Commit commit, @Nullable NodeMoment said) {
    OpenCommit opened = commit.opened;
    if (opened != null && said != null) {
      opened.endedBy(said);
    } else if (opened != null) {
      opened.end();
    }
  }
}
