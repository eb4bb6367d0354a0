package dev.larder.invalidation.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.SourceReport.State;
import dev.larder.invalidation.concurrent.DurationRange;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.time.Duration;
import java.util.OptionalLong;
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
  private static final DurationRange INTERVALS = DurationRange.ofMillis(20, 500);
  private static final DurationRange PATIENCE = DurationRange.ofMillis(2_000, 30_000);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  /** Every change to these tables that was visible at that time has been reported. */
  private record Proven(long atNanos, Reach reach) {}

  private final ChangeSource source;
  private final Ledger ledger;
  private final Duration maxStaleness;
  private final PollingThread thread;
  private final SourceCounts counts = new SourceCounts();
  private final AtomicReference<@Nullable SourceSession> session = new AtomicReference<>();
  private volatile @Nullable Proven proven;

  /** Of the session that ended last, until the next one has moved every cell. */
  private volatile @Nullable Proven ended;

  private boolean covered;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private volatile @Nullable String problem;
  private volatile @Nullable String warning;

  /**
   * @param maxStaleness how long the source may be silent before it counts for nothing
   */
  public SourceWatch(ChangeSource source, Ledger ledger, Duration maxStaleness) {
    this.source = source;
    this.ledger = ledger;
    this.maxStaleness = maxStaleness;
    String name = "larder-source-" + source.name().replace(' ', '-');
    this.thread = new PollingThread(name, this::stayConnected, () -> {});
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
        && !thread.isClosed()
        && latest.atNanos - sinceNanos >= 0
        && footprint.liesWithin(latest.reach);
  }

  /**
   * The latest time of which {@link #isProven} was true, be it by a session that has ended since
   * and was followed by none.
   */
  public OptionalLong lastProven(TrackedFootprint footprint) {
    Proven latest = proven;
    if (latest == null) {
      latest = ended;
    }
    return latest != null && !thread.isClosed() && footprint.liesWithin(latest.reach)
        ? OptionalLong.of(latest.atNanos)
        : OptionalLong.empty();
  }

  public SourceReport report() {
    Proven latest = proven;
    State state;
    if (thread.isClosed()) {
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
    thread.stop();
    SourceSession open = session.get();
    if (open != null) {
      open.close();
    }
    // A connect that hangs is interrupted; one that ends now closes what it has opened.
    thread.interrupt(LONGEST_CLOSE);
  }

  /** Returns, with the time until the next try, when the source is lost or closed. */
  private long stayConnected() {
    covered = false;
    try {
      follow();
    } catch (Exception | LinkageError | AssertionError e) {
      lost(e);
    }
    pauseMillis = covered ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    long jitter = ThreadLocalRandom.current().nextLong(pauseMillis / 4 + 1);
    return TimeUnit.MILLISECONDS.toNanos(pauseMillis + jitter);
  }

  /** Returns when closed. */
  private void follow() throws Exception {
    try (SourceSession opened = source.connect()) {
      session.set(opened);
      SourceFollower follower = new SourceFollower(opened, ledger, counts, this::note);
      try {
        if (thread.isClosed()) {
          return;
        }
        counts.gap();
        OpenCommit missed = ledger.begin(ChangeSet.DEFINITIONS, Origin.SOURCE);
        NodeMoment known = opened.knownSince();
        if (known == null) {
          missed.end();
        } else {
          missed.endedBy(known);
        }
        ended = null;
        while (!thread.isClosed()) {
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
        Proven last = proven;
        if (last != null) {
          ended = last;
        }
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
    if (thread.isClosed()) {
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
    return INTERVALS.nearestTo(maxStaleness.dividedBy(5));
  }

  /** How long a session may be silent before a new one may do better. */
  private Duration patience() {
    return PATIENCE.nearestTo(maxStaleness);
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
