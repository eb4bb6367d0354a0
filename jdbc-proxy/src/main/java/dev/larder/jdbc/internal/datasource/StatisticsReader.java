package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.Router;
import java.util.List;

/** The statistics of a data source, put together from its parts. Thread-safe: has no state. */
final class StatisticsReader {

  private StatisticsReader() {}

  static Statistics read(DataSourceParts parts) {
    Counters counters = parts.counters();
    Pool<?> pool = parts.pool();
    return new Statistics(
        counters.hits.sum(),
        counters.misses.sum(),
        counters.stores.sum(),
        counters.bypasses(),
        counters.writes.sum(),
        counters.invalidated.sum(),
        counters.evictions.sum(),
        counters.joinedFlights.sum(),
        parts.store().entries(),
        parts.store().bytes(),
        counters.statementsToDatabase.sum(),
        pool.borrows(),
        counters.analysedTexts.sum(),
        counters.failures.sum(),
        counters.audited.sum(),
        counters.auditMismatches.sum(),
        counters.auditStale.sum(),
        counters.auditSkipped.sum(),
        replicas(parts),
        new Statistics.Pool(
            pool.maximum(),
            pool.active(),
            pool.idle(),
            pool.waiting(),
            pool.sizeChanges(),
            pool.sizeReason()));
  }

  private static List<Statistics.Replica> replicas(DataSourceParts parts) {
    Router router = parts.router();
    return router == null
        ? List.of()
        : router.replicas().stream()
            .map(r -> new Statistics.Replica(r.name(), r.condition(), r.reads(), r.failures()))
            .toList();
  }
}
