package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Origin;
import dev.larder.invalidation.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits that got no answer, and the thread that asks after them. Thread-safe. */
final class InDoubtCommits {

  private static final Logger log = LoggerFactory.getLogger(InDoubtCommits.class);
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 1_000;
  private static final long IDLE_SECONDS = 5;

  /**
   * Asking may block for a connection time-out, so one database that is down must not hold up
   * another's.
   */
  private static final ScheduledExecutorService ASKERS = askers();

  /** Its threads end when there is nothing to ask, and with them their hold on a class loader. */
  private static ScheduledExecutorService askers() {
    ScheduledThreadPoolExecutor askers =
        new ScheduledThreadPoolExecutor(2, DaemonThreads.named("larder-commit-outcome"));
    askers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    askers.allowCoreThreadTimeOut(true);
    return askers;
  }

  private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();

  /**
   * @param over what to run when the commit is over
   */
  void add(OpenCommit commit, OutcomeProbe probe, Duration quarantine, Runnable over) {
    Doubt doubt = new Doubt(commit, probe, System.nanoTime() + quarantine.toNanos(), over);
    doubts.add(doubt);
    schedule(doubt, FIRST_WAIT_MILLIS);
  }

  int size() {
    return doubts.size();
  }

  private void schedule(Doubt doubt, long waitMillis) {
    var unused = ASKERS.schedule(() -> ask(doubt, waitMillis), waitMillis, TimeUnit.MILLISECONDS);
  }

  private void ask(Doubt doubt, long waitedMillis) {
    if (isOver(doubt)) {
      doubts.remove(doubt);
      doubt.commit.end(Origin.UNKNOWN_OUTCOME);
      doubt.over.run();
    } else {
      schedule(doubt, Math.min(waitedMillis * 2, LONGEST_WAIT_MILLIS));
    }
  }

  private static boolean isOver(Doubt doubt) {
    if (doubt.commit.hasEnded()) {
      return true;
    }
    try {
      return switch (doubt.probe.ask()) {
        case FINISHED -> true;
        case RUNNING, NO_ANSWER -> false;
        case CANNOT_TELL -> System.nanoTime() - doubt.quarantineEnds >= 0;
      };
    } catch (Exception | Error e) {
      // Without an answer the cells stay open: uncacheable is safe, closed would not be.
      log.warn("Asking for the outcome of a commit failed; asking again", e);
      return false;
    }
  }

  private record Doubt(OpenCommit commit, OutcomeProbe probe, long quarantineEnds, Runnable over) {}
}
