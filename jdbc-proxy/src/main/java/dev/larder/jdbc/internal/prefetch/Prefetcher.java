package dev.larder.jdbc.internal.prefetch;

import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pin.LookUpText;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.trail.KeyColumn;
import dev.larder.jdbc.internal.trail.Step;
import dev.larder.jdbc.internal.trail.Trail;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that a connection looks up one value of a column after the other, and has the others loaded
 * by one statement meanwhile; and what queries follow others, and has those run. All of it on
 * connections that nobody waits for. Thread-safe.
 */
public final class Prefetcher implements AutoCloseable {

  /** How many values one statement looks up at most. */
  public static final int MOST_VALUES = 64;

  private static final int MOST_TEMPLATES = 1_024;

  /** What cannot be begun at once is left to those who ask. */
  private static final int THREADS = 4;

  /** So many guesses may follow from one another. */
  private static final int DEEPEST = 3;

  private static final long IDLE_SECONDS = 10;
  private static final long PATIENCE_SECONDS = 1;

  private static final Logger log = LoggerFactory.getLogger(Prefetcher.class);

  private final WaitingAnswers waiting;
  private final BooleanSupplier hasRoom;
  private final Counters counters;
  private final ConcurrentMap<String, Optional<LookedUp>> templates = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, QueryNode> nodes = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DaemonThreads.named("larder-prefetch"));
  private volatile @Nullable BatchLoader loader;

  /**
   * @param waiting where what was loaded waits
   * @param hasRoom whether the database has time and a connection that nobody waits for
   */
  public Prefetcher(WaitingAnswers waiting, BooleanSupplier hasRoom, Counters counters) {
    this.waiting = waiting;
    this.hasRoom = hasRoom;
    this.counters = counters;
  }

  /** To be called once. */
  public void start(BatchLoader how) {
    loader = how;
  }

  /** Where what was loaded waits. */
  public WaitingAnswers waiting() {
    return waiting;
  }

  /** Memory did not hold the answer to a look-up, which is about to be made. */
  public void lookedUp(Batch.LookUp lookUp, Trail trail) {
    String template = lookUp.text().analysis().template();
    LookedUp known = lookedUp(template);
    if (known == null || !known.text().column().equalsIgnoreCase(lookUp.asker().column())) {
      return;
    }
    int lookUps = trail.lookedUp(template, lookUp.value());
    if (trail.isCovered(lookUp.value(), lookUp.comparable()) || !known.isWorthLooking(lookUps)) {
      return;
    }
    KeyColumn column = trail.column(lookUp.comparable());
    if (column == null) {
      known.isFromNowhere();
      return;
    }
    Experience experience = known.experience(column);
    if (experience != null && experience.allows(column)) {
      load(lookUp, known, column, experience, trail);
    }
  }

  /**
   * Memory did not hold the answer to a query, which is about to be run.
   *
   * @return to be given with the answer; null where nothing is to be learnt of it
   */
  public @Nullable Step asks(Asked asked, Trail trail) {
    QueryNode node = node(asked.template());
    if (node == null) {
      return null;
    }
    for (Step step : trail.steps()) {
      if (step instanceof Ran before && before.noted().add(asked.template())) {
        before.node().follows(before, asked);
      }
    }
    if (!node.isWorthLooking()) {
      return null;
    }
    Ran ran = node.runs(asked.parameters().values());
    guess(ran, 1);
    return ran;
  }

  /** The query has its answer. */
  public void answered(Step asked, Snapshot answer, Trail trail) {
    if (asked instanceof Ran ran) {
      Ran whole = ran.answered(answer);
      trail.ran(whole);
      guess(whole, 1);
    }
  }

  /** What was guessed has its answer, and others may follow from that. */
  public void answered(Guess guess, Snapshot answer) {
    QueryNode node = nodes.get(guess.like().template());
    if (node != null && guess.depth() < DEEPEST) {
      guess(new Ran(node, guess.values(), answer, 0, new HashSet<>()), guess.depth() + 1);
    }
  }

  private @Nullable QueryNode node(String template) {
    QueryNode known = nodes.get(template);
    return known != null || nodes.size() >= MOST_TEMPLATES
        ? known
        : nodes.computeIfAbsent(template, any -> new QueryNode());
  }

  private void guess(Ran before, int depth) {
    for (QueryNode.Likely likely : before.node().likely(before)) {
      Asked like = likely.like();
      before.noted().add(like.template());
      BoundValues values = like.parameters().with(likely.values());
      BatchLoader how = loader;
      if (values == null || how == null) {
        before.node().isUnknown(like.template());
        continue;
      }
      CacheKey key = new CacheKey(like.text().statementKey(like.session(), like.shape()), values);
      Guess guess = new Guess(before.node(), likely, key, depth);
      if (waiting.has(key) || how.isInMemory(guess)) {
        guess.complete();
      } else if (waiting.room() == 0 || !hasRoom.getAsBoolean()) {
        counters.prefetchesPutOff.increment();
        guess.complete();
      } else {
        begin(how, guess);
      }
    }
  }

  private void begin(BatchLoader how, Guess guess) {
    try {
      threads.execute(() -> load(how, guess));
    } catch (RejectedExecutionException busy) {
      counters.prefetchesPutOff.increment();
      guess.complete();
    }
  }

  private void load(BatchLoader how, Guess guess) {
    try {
      how.load(guess);
      guess.complete();
    } catch (SQLException e) {
      guess.ended(false);
      // Not the driver's message: it may quote a value.
      log.debug("A query could not be run ahead: SQLSTATE {}", e.getSQLState());
    } catch (RuntimeException | LinkageError e) {
      guess.ended(false);
      counters.failures.increment();
      log.warn("Running a query ahead failed", e);
    }
  }

  private @Nullable LookedUp lookedUp(String template) {
    Optional<LookedUp> known = templates.get(template);
    if (known == null) {
      if (templates.size() >= MOST_TEMPLATES) {
        return null;
      }
      known = Optional.ofNullable(LookUpText.of(template)).map(LookedUp::new);
      Optional<LookedUp> other = templates.putIfAbsent(template, known);
      known = other == null ? known : other;
    }
    return known.orElse(null);
  }

  private void load(
      Batch.LookUp lookUp, LookedUp template, KeyColumn column, Experience past, Trail trail) {
    KeyColumn.Rest rest = column.rest(lookUp.comparable(), MOST_VALUES);
    List<Object> values = new ArrayList<>(rest.values());
    values.removeIf(value -> lookUp.parameter().as(value) == null);
    if (values.size() < 2) {
      trail.covers(column, rest.lastRow());
      return;
    }
    BatchLoader how = loader;
    if (how == null || waiting.room() == 0 || !hasRoom.getAsBoolean()) {
      counters.prefetchesPutOff.increment();
      return;
    }
    Batch batch = new Batch(lookUp, template, values, past);
    try {
      threads.execute(() -> load(how, batch));
      trail.covers(column, rest.lastRow());
    } catch (RejectedExecutionException busy) {
      counters.prefetchesPutOff.increment();
    }
  }

  private void load(BatchLoader how, Batch batch) {
    try {
      how.load(batch);
    } catch (SQLException e) {
      batch.failed();
      // Not the driver's message: it may quote a value.
      log.debug("Look-ups could not be loaded ahead: SQLSTATE {}", e.getSQLState());
    } catch (RuntimeException | LinkageError e) {
      batch.failed();
      counters.failures.increment();
      log.warn("Loading look-ups ahead failed", e);
    }
  }

  /** Lets go of what was learnt of templates. */
  public void forget() {
    templates.clear();
    nodes.clear();
  }

  @Override
  public void close() {
    waiting.close();
    threads.shutdown();
    try {
      // Not interrupted: some drivers lose their connection by that.
      boolean ended = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      log.debug("Threads that load ahead have ended: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
