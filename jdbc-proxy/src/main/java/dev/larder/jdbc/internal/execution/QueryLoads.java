package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.eligibility.Decision.Serve;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.InFlightLoads;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What all misses of one data source share. Thread-safe. */
public final class QueryLoads {

  /**
   * Where a miss gets its answer from.
   *
   * @param replicas null where there are none
   * @param tier what the nodes of the cluster keep for each other; null where that is nothing
   */
  public record Nodes(
      DatabaseReads primary, @Nullable ReplicaReads replicas, @Nullable TierReads tier) {}

  /**
   * Where answers are kept.
   *
   * @param hot what is loaded before it is asked for; null where nothing is
   * @param pins look-ups of tables that are here as a whole; null where none is
   * @param past what is served while the database cannot be reached; null for nothing
   */
  public record Memory(
      AnswerStore store,
      @Nullable HotAnswers hot,
      @Nullable PinnedReads pins,
      @Nullable PastAnswers past) {}

  /**
   * What one miss has looked for in vain.
   *
   * @param values the parameters, as the application may still change them
   * @param maxAge nanoseconds
   * @param admission measures what is loaded
   */
  record Wanted(
      Serve serve, CacheKey key, BoundValues values, long maxAge, TemplateAdmission admission) {}

  final AnswerStore store;
  final @Nullable HotAnswers hot;
  final @Nullable PinnedReads pins;
  final @Nullable PastAnswers past;
  final InFlightLoads inFlight = new InFlightLoads();
  final Nodes nodes;
  final AnswerAge age;
  final Counters counters;

  /** How long a caller waits for another's load; 0 for not at all. */
  final long maxWaitNanos;

  public QueryLoads(
      Memory memory, Nodes nodes, AnswerAge age, Duration maxWait, Counters counters) {
    this.store = memory.store();
    this.hot = memory.hot();
    this.pins = memory.pins();
    this.past = memory.past();
    this.nodes = nodes;
    this.age = age;
    this.maxWaitNanos = maxWait.toNanos();
    this.counters = counters;
  }

  DatabaseReads primary() {
    return nodes.primary();
  }

  QueryResult load(
      CacheableRead plan, LogicalConnection connection, QueryRequest query, Wanted wanted)
      throws SQLException {
    QueryLoad load = new QueryLoad(this, plan, connection, query, wanted);
    // A miss that memory was not to answer is not to be answered by what is too old either.
    return past == null || wanted.serve().use() != Decision.Use.FULL
        ? load.answer()
        : past.answer(connection, wanted, load::answer);
  }

  /**
   * Loads what nobody has asked for yet.
   *
   * @param store keeps it
   */
  void loadAhead(
      CacheableRead plan,
      LogicalConnection connection,
      QueryRequest query,
      Wanted wanted,
      BiConsumer<CacheKey, Entry> store)
      throws SQLException {
    new QueryLoad(this, plan, connection, query, wanted).loadAhead(store);
  }
}
