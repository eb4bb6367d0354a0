package dev.larder.jdbc.internal.source.binlog;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.source.ChangeSink;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of two-phase commits that the log has told of and that nobody may see yet. Used
 * by one thread.
 */
final class XaBranches {

  /*
   * XA PREPARE puts a transaction's rows into the log, XA COMMIT only its name. Its cells are open
   * from the first on, and behind the second until the statement is over: it is written to the log
   * before the storage engines commit, on some releases with its GTID. A statement is over when a
   * session that was in the middle of an XA COMMIT is seen to be in none; where that cannot be
   * seen, or one follows the other, after the quarantine.
   */

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** One that is committed in the log. */
  private static final class Fading {
    private final OpenCommit commit;
    private final long beganNanos = System.nanoTime();
    private @Nullable Set<Long> sessions;

    Fading(OpenCommit commit) {
      this.commit = commit;
    }

    /** Whether none of the sessions runs any more that may run it. */
    boolean isOver(Set<Long> running) {
      Set<Long> left = sessions == null ? new HashSet<>(running) : sessions;
      left.retainAll(running);
      sessions = left;
      return left.isEmpty();
    }
  }

  private final XaCommits commits;
  private final long quarantineNanos;
  private final Map<String, OpenCommit> prepared = new HashMap<>();
  private final List<Fading> fading = new ArrayList<>();
  private boolean mayHideOne;
  private long lookedNanos = System.nanoTime();

  /**
   * @param mayHideOne whether one that the log told of before the session may be unseen
   */
  XaBranches(XaCommits commits, Duration quarantine, boolean mayHideOne) {
    this.commits = commits;
    this.quarantineNanos = quarantine.toNanos();
    this.mayHideOne = mayHideOne;
  }

  /** To be called at each round: ends what is over, or has been open for long enough. */
  void look(ChangeSink sink) throws SQLException {
    if (mayHideOne) {
      mayHideOne = false;
      fade(sink.opened(ChangeSet.EVERYTHING));
    }
    long now = System.nanoTime();
    if (fading.isEmpty() || now - lookedNanos < LOOK_NANOS) {
      return;
    }
    lookedNanos = now;
    Set<Long> running = commits.mayBeAsked() ? commits.running() : null;
    fading.removeIf(
        each -> {
          boolean isOver =
              (running != null && each.isOver(running)) || now - each.beganNanos > quarantineNanos;
          if (isOver) {
            each.commit.end();
          }
          return isOver;
        });
  }

  void prepared(LogGroup group, ChangeSink sink) {
    OpenCommit before = prepared.put(group.branch(), sink.opened(group.changes()));
    if (before != null) {
      fade(before);
    }
  }

  /** Of one that was prepared before the session it is not known what it wrote. */
  void committed(LogGroup group, ChangeSink sink) {
    OpenCommit commit = prepared.remove(group.branch());
    fade(commit == null ? sink.opened(ChangeSet.EVERYTHING) : commit);
  }

  void rolledBack(LogGroup group) {
    OpenCommit commit = prepared.remove(group.branch());
    if (commit != null) {
      commit.end();
    }
  }

  private void fade(OpenCommit commit) {
    fading.add(new Fading(commit));
  }
}
