package dev.larder.jdbc.internal.audit;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a share of the hits again on the database, and stops keeping answers of a template that
 * differed. Thread-safe; callers never wait for it.
 */
public final class Audit {

  /** Lends connections for the audit's own questions. */
  @FunctionalInterface
  public interface Connections {
    PhysicalConnection<PhysicalProfile> borrow() throws SQLException;
  }

  private static final Logger log = LoggerFactory.getLogger(Audit.class);
  private static final int LONGEST_QUEUE = 64;
  private static final int MOST_STOPPED = 1_000;
  private static final long IDLE_SECONDS = 5;

  private final double share;
  private final boolean seesEveryWrite;
  private final Connections connections;
  private final AnswerStore store;
  private final Counters counters;
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor room;
  private volatile boolean allStopped;

  private Audit(
      double share,
      boolean seesEveryWrite,
      Connections connections,
      AnswerStore store,
      Counters counters) {
    this.share = share;
    this.seesEveryWrite = seesEveryWrite;
    this.connections = connections;
    this.store = store;
    this.counters = counters;
    this.room =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_QUEUE),
            DaemonThreads.named("larder-audit"),
            (task, busy) -> counters.auditSkipped.increment());
    room.allowCoreThreadTimeOut(true);
  }

  /**
   * An audit, or null where none is asked for.
   *
   * @param share of the hits, 0 to 1
   * @param seesEveryWrite whether no writer can be invisible to Larder
   */
  public static @Nullable Audit of(
      double share,
      boolean seesEveryWrite,
      Connections connections,
      AnswerStore store,
      Counters counters) {
    return share == 0 ? null : new Audit(share, seesEveryWrite, connections, store, counters);
  }

  /** Whether answers of a template are no longer kept, because one differed. */
  public boolean hasStopped(String template) {
    return allStopped || (!stopped.isEmpty() && stopped.contains(template));
  }

  /** Lets go of the templates: where there were any, no answers are kept from now on. */
  public void forget() {
    if (!stopped.isEmpty()) {
      allStopped = true;
      stopped.clear();
    }
  }

  /** An answer was served from memory; it may be looked at again. */
  public void served(String sql, String template, CacheKey key, Entry entry) {
    if (share < 1 && ThreadLocalRandom.current().nextDouble() >= share) {
      return;
    }
    // Without parameters nobody knows any more whether ? was an operator or prepared away.
    boolean ambiguous = key.parameters().isEmpty() && sql.indexOf('?') >= 0;
    if (ambiguous || !key.fingerprint().isPlain()) {
      counters.auditSkipped.increment();
      return;
    }
    Hit hit = new Hit(sql, template, key.frozen(), entry);
    room.execute(() -> look(hit));
  }

  private void look(Hit hit) {
    if (hasStopped(hit.template())) {
      counters.auditSkipped.increment();
      return;
    }
    try {
      note(hit, judge(hit));
    } catch (SQLException | RuntimeException | LinkageError e) {
      counters.auditSkipped.increment();
      log.debug("An audit came to no verdict", e);
    }
  }

  private Verdict judge(Hit hit) throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = connections.borrow();
    boolean usable = false;
    try {
      Verdict verdict = Rerun.judge(hit, borrowed, seesEveryWrite);
      usable = true;
      return verdict;
    } finally {
      if (usable) {
        borrowed.release();
      } else {
        borrowed.discard();
      }
    }
  }

  private void note(Hit hit, Verdict verdict) {
    if (verdict instanceof Verdict.Void) {
      counters.auditSkipped.increment();
      return;
    }
    if (verdict instanceof Verdict.Stale) {
      store.drop(hit.key(), hit.entry());
      counters.auditStale.increment();
    } else if (verdict instanceof Verdict.Differs differs) {
      stop(hit, differs.difference());
      // Counted last: whoever sees the count finds the template stopped.
      counters.auditMismatches.increment();
    }
    counters.audited.increment();
  }

  private void stop(Hit hit, Difference difference) {
    store.drop(hit.key(), hit.entry());
    if (allStopped || stopped.size() >= MOST_STOPPED) {
      // A cache that is wrong so often is not to be trusted with anything.
      allStopped = true;
    } else if (stopped.add(hit.template())) {
      log.warn(
          "Audit: an answer from memory is not the database's. What differs: {}. Answers of this"
              + " template are kept no more: {}",
          difference,
          hit.template().replaceAll("[\u0001\u0002]", "?"));
    }
  }
}
