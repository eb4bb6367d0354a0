package dev.larder.invalidation.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.Reach;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.SourceReport.State;
import dev.larder.invalidation.TrackedFootprint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source connected, brings what it reports to the ledger, and knows up to which moment
 * nothing can be missing. Thread-safe.
 */
public final class SourceWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SourceWatch.class);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(20);
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long LONGEST_CLOSE_SECONDS = 5;

  /** Every change to these tables that was visible at that time has been reported. */
  private record Proven(long atNanos, Reach reach) {}

  private final ChangeSource source;
  private final Ledger ledger;
  private final Duration maxStaleness;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final SourceCounts counts = new SourceCounts();
  private final AtomicReference<@Nullable SourceSession> session = new AtomicReference<>();
  private volatile @Nullable Proven proven;
  private volatile boolean covered;
  private volatile @Nullable String problem;
  private volatile @Nullable String warning;

  /**
   * @param maxStaleness how long the source may be silent before it counts for nothing
   */
  public SourceWatch(ChangeSource source, Ledger ledger, Duration maxStaleness) {
    this.source = source;
    this.ledger = ledger;
    this.maxStaleness = maxStaleness;
    this.thread = new Thread(this::run, "larder-source-" + source.name().replace(' ', '-'));
    thread.setDaemon(true);
  }

  /** Begins to connect; to be called once. */
  public SourceWatch start() {
    thread.start();
    return this;
  }

  /** Whether every change to the footprint that was visible at that time has been reported. */
  public boolean isProven(TrackedFootprint footprint, long sinceNanos) {
    Proven latest = proven;
    return latest != null
        && closing.getCount() > 0
        && latest.atNanos - sinceNanos >= 0
        && footprint.liesWithin(latest.reach);
  }

  public SourceReport report() {
    Proven latest = proven;
    State state;
    if (closing.getCount() == 0) {
      state = State.CLOSED;
    } else if (latest != null && System.nanoTime() - latest.atNanos <= maxStaleness.toNanos()) {
      state = State.COVERING;
    } else {
      state = session.get() == null ? State.DISCONNECTED : State.SILENT;
    }
    String note = problem;
    return counts.report(
        source.name(),
        state,
        latest == null ? Reach.NOTHING : latest.reach,
        note == null ? warning : note);
  }

  /** Ends the source; when this returns it has left nothing behind, or cannot be reached. */
  @Override
  public void close() {
    closing.countDown();
    SourceSession open = session.get();
    if (open != null) {
      open.close();
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    // A connect that hangs is interrupted; one that ends now closes what it has opened.
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LONGEST_CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (closing.getCount() > 0) {
      covered = false;
      try {
        follow();
      } catch (Exception | LinkageError | AssertionError e) {
        lost(e);
      }
      pause = covered ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      if (isClosingWithin(pause)) {
        return;
      }
    }
  }

  /** Returns when closed. */
  private void follow() throws Exception {
    try (SourceSession opened = source.connect()) {
      session.set(opened);
      SourceFollower follower = new SourceFollower(opened, ledger, counts, this::note);
      try {
        if (closing.getCount() == 0) {
          return;
        }
        counts.gap();
        ledger.changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
        while (closing.getCount() > 0) {
          long silent = follower.step(interval());
          if (follower.isProven()) {
            prove(follower.provenAtNanos(), opened.reach());
          }
          if (silent > patience().toNanos()) {
            throw new SilentSourceException(Duration.ofNanos(silent));
          }
        }
      } finally {
        session.set(null);
        proven = null;
        follower.end();
      }
    }
  }

  private void prove(long atNanos, Reach reach) {
    Proven latest = proven;
    if (latest == null || latest.atNanos != atNanos || latest.reach != reach) {
      proven = new Proven(atNanos, reach);
      if (latest == null) {
        covered = true;
        problem = null;
        log.info("{}: covers {} of {}", source.name(), reach, ledger.identity().value());
      }
    }
  }

  private void note(@Nullable String text) {
    if (text != null && !text.equals(warning)) {
      log.warn("{}: {}", source.name(), text);
    }
    warning = text;
  }

  private void lost(Throwable failure) {
    if (closing.getCount() == 0) {
      return;
    }
    String message = String.valueOf(failure.getMessage());
    if (!message.equals(problem)) {
      log.warn(
          "{}: not there, so answers live for larder.max-staleness at most; trying again. {}",
          source.name(),
          message);
      log.debug("What stopped it", failure);
    }
    problem = message;
  }

  /** Asked for often enough that one that is lost leaves time for the next. */
  private Duration interval() {
    return within(maxStaleness.dividedBy(5), SHORTEST_INTERVAL, LONGEST_INTERVAL);
  }

  /** How long a session may be silent before a new one may do better. */
  private Duration patience() {
    return within(maxStaleness, LEAST_PATIENCE, MOST_PATIENCE);
  }

  private static Duration within(Duration value, Duration least, Duration most) {
    Duration bounded = value.compareTo(least) < 0 ? least : value;
    return bounded.compareTo(most) > 0 ? most : bounded;
  }

  private boolean isClosingWithin(long millis) {
    long jittered = millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(jittered);
    while (true) {
      try {
        return closing.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Only close() interrupts this thread, and it has counted down before.
        if (closing.getCount() == 0) {
          return true;
        }
      }
    }
  }

  private static final class SilentSourceException extends Exception {
    private static final long serialVersionUID = 1L;

    SilentSourceException(Duration silence) {
      super(
          "accepted the connection but has shown no sign of life for "
              + silence.toSeconds()
              + " s");
    }
  }
}
