package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision.Serve;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.InFlightLoads;
import java.sql.SQLException;
import java.time.Duration;
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
   * What one miss has looked for in vain.
   *
   * @param values the parameters, as the application may still change them
   * @param maxAge nanoseconds
   * @param admission measures what is loaded
   */
  record Wanted(
      Serve serve, CacheKey key, BoundValues values, long maxAge, TemplateAdmission admission) {}

  final AnswerStore store;
  final InFlightLoads inFlight = new InFlightLoads();
  final Nodes nodes;
  final AnswerAge age;
  final Counters counters;

  /** How long a caller waits for another's load; 0 for not at all. */
  final long maxWaitNanos;

  public QueryLoads(
      AnswerStore store, Nodes nodes, AnswerAge age, Duration maxWait, Counters counters) {
    this.store = store;
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
    return new QueryLoad(this, plan, connection, query, wanted).answer();
  }
}
