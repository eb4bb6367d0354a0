package dev.larder.jdbc.internal.ahead;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.jdbc.internal.observe.Counters;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that loads what is asked for often as soon as it is out of date, or shortly before it is
 * too old: one answer at a time, on connections that nobody waits for, within its share of the
 * database's time. Thread-safe.
 */
public final class Refresher implements ChangeListener, AutoCloseable {

  /** What a load is expected to take, where nothing of its template was measured. */
  private static final double USUAL_NANOS = 1e6;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PUT_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Looking at all answers takes at most one in so many parts of the time. */
  private static final int PAUSE_PER_LOOK = 25;

  /** Where there is no room, those go first that were not asked for so long. */
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final Logger log = LoggerFactory.getLogger(Refresher.class);

  private final HotAnswers answers;
  private final Renewal renewal;
  private final RefreshBudget budget;
  private final BooleanSupplier hasSpareConnection;
  private final Counters counters;
  private final PollingThread thread = new PollingThread("larder-refresh", this::round, () -> {});

  // Of the thread.

  private long nextLookAt = System.nanoTime();
  private long restNanos;

  /**
   * @param hasSpareConnection whether a connection can be had that nobody waits for
   */
  public Refresher(
      HotAnswers answers,
      Renewal renewal,
      RefreshLimits limits,
      BooleanSupplier hasSpareConnection,
      Counters counters) {
    this.answers = answers;
    this.renewal = renewal;
    this.budget = new RefreshBudget(limits.share(), limits.savedNanos());
    this.hasSpareConnection = hasSpareConnection;
    this.counters = counters;
  }

  /** To be called once. */
  public void start() {
    thread.start();
  }

  @Override
  public void onChange(Change change) {
    thread.soon();
  }

  private record Due(HotAnswer answer, double worth) {}

  private long round() {
    long early = nextLookAt - System.nanoTime();
    if (early > 0) {
      thread.pause(early);
    }
    long began = System.nanoTime();
    try {
      List<HotAnswer> due = new ArrayList<>();
      long pause = look(due);
      long looked = System.nanoTime();
      nextLookAt = looked + (looked - began) * PAUSE_PER_LOOK;
      return due.isEmpty() ? pause : Math.min(pause, load(byWorth(due)));
    } catch (RuntimeException | LinkageError e) {
      counters.failures.increment();
      log.warn("Loading ahead failed", e);
      return IDLE_NANOS;
    }
  }

  /**
   * @param due is filled with what is to be loaded
   * @return how long nothing else will be due by its age
   */
  private long look(List<HotAnswer> due) {
    boolean makesRoom = answers.wasFull();
    long pause = IDLE_NANOS;
    for (HotAnswer each : answers.all()) {
      long maxAge = renewal.maxAgeNanos(each);
      answers.tidy(each, maxAge);
      HotAnswer.State state = each.look(maxAge);
      if (state == HotAnswer.State.UNWANTED
          || (makesRoom && !each.hasRight() && each.idleNanos() > UNUSED_NANOS)) {
        answers.forget(each);
      } else if (state == HotAnswer.State.DUE) {
        due.add(each);
      } else if (state == HotAnswer.State.CHANGING) {
        // Its end is told of, but for one that nobody knows the outcome of.
        pause = Math.min(pause, PUT_OFF_NANOS);
      } else {
        pause = Math.min(pause, Math.max(SOON_NANOS, each.nanosUntilDue(maxAge)));
      }
    }
    return pause;
  }

  /** Those first whose template has saved the most for each of them. */
  private List<HotAnswer> byWorth(List<HotAnswer> due) {
    Map<String, Integer> sameTemplate = new HashMap<>();
    due.forEach(each -> sameTemplate.merge(template(each), 1, Integer::sum));
    Map<String, Double> worth = new HashMap<>();
    List<Due> ordered = new ArrayList<>(due.size());
    for (HotAnswer each : due) {
      String template = template(each);
      ordered.add(
          new Due(
              each,
              worth.computeIfAbsent(
                  template, t -> renewal.savedNanos(each) / sameTemplate.getOrDefault(t, 1))));
    }
    ordered.sort(Comparator.comparingDouble(Due::worth).reversed());
    return ordered.stream().map(Due::answer).toList();
  }

  private static String template(HotAnswer answer) {
    return answer.text().analysis().template();
  }

  /**
   * @return how long to wait before the rest
   */
  private long load(List<HotAnswer> due) {
    for (HotAnswer each : due) {
      if (thread.isClosed()) {
        return IDLE_NANOS;
      }
      if (!budget.allows(expected(each)) || !hasSpareConnection.getAsBoolean()) {
        counters.refreshesPutOff.increment();
        return PUT_OFF_NANOS;
      }
      // It may have been loaded by a caller since it was looked at.
      if (each.look(renewal.maxAgeNanos(each)) == HotAnswer.State.DUE && !load(each)) {
        return restNanos;
      }
    }
    return SOON_NANOS;
  }

  private static double expected(HotAnswer answer) {
    Double millis = answer.text().figures().quantileMillis(0.5);
    return millis == null ? USUAL_NANOS : millis * TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** Whether others are worth being tried. */
  private boolean load(HotAnswer answer) {
    long began = System.nanoTime();
    try {
      if (!renewal.renew(answer)) {
        answers.forget(answer);
      } else if (answer.look(renewal.maxAgeNanos(answer)) == HotAnswer.State.DUE) {
        // It changed meanwhile, or could not be kept: trying at once again would end the same.
        answer.refused();
      }
      restNanos = 0;
      return true;
    } catch (SQLException e) {
      answers.forget(answer);
      boolean isRefused = String.valueOf(e.getSQLState()).matches("(22|42).*");
      restNanos = isRefused ? 0 : Math.min(LONGEST_REST_NANOS, Math.max(IDLE_NANOS, restNanos * 2));
      // Not the driver's message: it may quote a value.
      log.debug("An answer could not be loaded ahead: SQLSTATE {}", e.getSQLState());
      return isRefused;
    } finally {
      long took = System.nanoTime() - began;
      budget.spent(took);
      counters.refreshNanos.add(took);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
