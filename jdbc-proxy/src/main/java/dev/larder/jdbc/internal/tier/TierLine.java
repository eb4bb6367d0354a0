package dev.larder.jdbc.internal.tier;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.jdbc.internal.settings.TierSettings;
import dev.larder.jdbc.internal.transport.StreamTransport;
import dev.larder.jdbc.internal.transport.ValueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the tier's values. A caller waits for one deadline at most, and only while the other
 * end answers; connecting, looking whether it is back and writing are done beside. Thread-safe.
 */
final class TierLine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TierLine.class);

  private static final int MOST_WAITING = 256;
  private static final Duration PROBE_EVERY = Duration.ofMillis(250);

  /** Measured again so often, or callers would not be told when it became quicker. */
  private static final long MEASURED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int PROBES_AT_FIRST = 10;

  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  /** A value that was found. Immutable, if nobody changes its bytes. */
  static final class Kept {
    private final int name;
    private final byte[] value;

    Kept(int name, byte[] value) {
      this.name = name;
      this.value = value;
    }

    /** Which of the names that were asked for it stands under. */
    int name() {
      return name;
    }

    byte[] value() {
      return value;
    }
  }

  private final TierSettings settings;
  private final StreamTransport transport;
  private final TierFigures figures;
  private final Runnable beside;
  private final TierBreaker breaker = new TierBreaker();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          DaemonThreads.named("larder-tier-writer"));
  private final PollingThread probing =
      PollingThread.every(PROBE_EVERY, "larder-tier", this::probe, this::disconnect);
  private volatile @Nullable ValueStore store;
  private boolean told;

  /**
   * @param beside what is to be done now and then beside probing
   */
  TierLine(TierSettings settings, StreamTransport transport, TierFigures figures, Runnable beside) {
    this.settings = settings;
    this.transport = transport;
    this.figures = figures;
    this.beside = beside;
  }

  void start() {
    probing.start();
  }

  /** Whether nobody is to ask. */
  boolean isOpen() {
    return breaker.isOpen();
  }

  String state() {
    return probing.isClosed() ? "closed" : breaker.isOpen() ? "unreachable" : "up";
  }

  private void probe() {
    beside.run();
    if (!breaker.isOpen() && figures.silentNanos() < MEASURED_EVERY_NANOS) {
      return;
    }
    try {
      ValueStore connected = store;
      if (connected == null) {
        connected = transport.values(settings.uris(), settings.timeout());
        store = connected;
      }
      // The first calls say more of code that is new than of the way there and back.
      for (int i = breaker.isOpen() ? PROBES_AT_FIRST : 1; i > 0; i--) {
        long began = System.nanoTime();
        within(connected.get(PROBE).toCompletableFuture());
        figures.took(System.nanoTime() - began);
      }
      breaker.close();
      told = false;
    } catch (InterruptedException e) {
      breaker.open();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      breaker.open();
      if (!told) {
        told = true;
        log.warn("The second tier does not answer; the database does until it is back");
        log.debug("What the second tier's client says", e);
      }
    }
  }

  private <T extends @Nullable Object> T within(CompletableFuture<T> coming)
      throws InterruptedException, ExecutionException, TimeoutException {
    return within(coming, System.nanoTime());
  }

  private <T extends @Nullable Object> T within(CompletableFuture<T> coming, long beganNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    long left = settings.timeout().toNanos() - (System.nanoTime() - beganNanos);
    return coming.get(Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  /**
   * The value of the first of these names that has one; null where none has, or nobody answers in
   * time, which is counted.
   */
  @Nullable Kept get(byte[][] names) {
    return waited(to -> first(names, to, System.nanoTime()));
  }

  private @Nullable Kept first(byte[][] names, ValueStore in, long began)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<CompletionStage<byte @Nullable []>> coming = new ArrayList<>(names.length);
    for (byte[] name : names) {
      coming.add(in.get(name));
    }
    Kept kept = null;
    for (int i = 0; i < names.length && kept == null; i++) {
      byte[] value = within(coming.get(i).toCompletableFuture(), began);
      kept = value == null ? null : new Kept(i, value);
    }
    figures.lookedUp(System.nanoTime() - began, kept == null ? 0 : kept.value().length);
    return kept;
  }

  /**
   * Takes a name for that long unless somebody has it, and looks after that: who had it may just
   * have given it back, having put a value there.
   *
   * @param lease what is taken, and its token
   * @return null where nobody answers in time
   */
  @Nullable Taken take(byte[][] lease, Duration time, byte[][] names) {
    return waited(
        to -> {
          // One after the other over one connection, and there and back once.
          long began = System.nanoTime();
          CompletionStage<Boolean> taken = to.putIfAbsent(lease[0], lease[1], time);
          Kept kept = first(names, to, began);
          return new Taken(within(taken.toCompletableFuture(), began), kept);
        });
  }

  /** Whether a name was taken, and the value that was there after that. */
  record Taken(boolean isMine, @Nullable Kept kept) {}

  private interface Waited<T> {
    @Nullable T on(ValueStore store)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  private <T> @Nullable T waited(Waited<T> call) {
    ValueStore to = store;
    if (to == null || breaker.isOpen()) {
      return null;
    }
    try {
      T answer = call.on(to);
      breaker.answered();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException e) {
      figures.took(settings.timeout().toNanos());
      failed(TierOutcome.LATE);
      return null;
    } catch (ExecutionException | RuntimeException e) {
      failed(TierOutcome.FAILED);
      return null;
    }
  }

  private void failed(TierOutcome how) {
    figures.count(how);
    breaker.failed();
  }

  /** Gives back a name that was taken; waits for nothing. */
  void giveBack(byte[] name, byte[] token) {
    ValueStore to = store;
    if (to != null && !breaker.isOpen()) {
      try {
        var unused = to.remove(name, token);
      } catch (RuntimeException e) {
        log.debug("A lease could not be given back; it ends by itself", e);
      }
    }
  }

  /** Does something when there is time for it; what is too much is dropped. */
  void later(Runnable work) {
    try {
      writer.execute(work);
    } catch (RejectedExecutionException full) {
      figures.count(TierOutcome.DROPPED);
    }
  }

  /** Keeps a value; for the thread that {@link #later} gives. */
  void put(byte[] name, byte[] value) {
    ValueStore to = store;
    if (to == null || breaker.isOpen()) {
      figures.count(TierOutcome.DROPPED);
      return;
    }
    try {
      within(to.put(name, value, settings.ttl()).toCompletableFuture());
      figures.count(TierOutcome.STORED);
      figures.wrote(value.length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      figures.count(TierOutcome.DROPPED);
      breaker.failed();
    }
  }

  private void disconnect() {
    ValueStore open = store;
    store = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    breaker.open();
    writer.shutdownNow();
    probing.interrupt(Duration.ofSeconds(2));
  }
}
