package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.settings.FreshnessSettings;
import dev.larder.jdbc.internal.settings.Writers;
import dev.larder.jdbc.internal.tier.TierReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        parts.store().bytes() + bytesAhead(parts),
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
            pool.sizeReason()),
        new Statistics.Savings(
            Duration.ofNanos((long) parts.admissions().savedNanos()),
            counters.measuredQueries.sum(),
            Duration.ofNanos(counters.measuredNanos.sum())),
        new Statistics.Freshness(bound(parts), changes(parts)),
        tier(parts.sources().tierReport()),
        new Statistics.Refreshes(
            counters.refreshed.sum(),
            counters.refreshedUsed.sum(),
            counters.refreshedInVain.sum(),
            counters.refreshesPutOff.sum(),
            Duration.ofNanos(counters.refreshNanos.sum())),
        new Statistics.Pins(counters.pinned.sum(), counters.pinnedReads.sum()),
        new Statistics.Prefetches(
            counters.prefetches.sum(),
            counters.prefetched.sum(),
            counters.prefetchedUsed.sum(),
            counters.prefetchedInVain.sum(),
            counters.prefetchesPutOff.sum()),
        counters.servedPast.sum());
  }

  private static Statistics.Tier tier(TierReport report) {
    Map<String, Long> outcomes = new HashMap<>();
    report.outcomes().forEach((outcome, count) -> outcomes.put(outcome.word(), count));
    TierReport.Traffic traffic = report.traffic();
    return new Statistics.Tier(
        outcomes,
        traffic.bytesRead(),
        traffic.bytesWritten(),
        traffic.lookUps(),
        Duration.ofNanos(traffic.lookUpNanos()));
  }

  private static long bytesAhead(DataSourceParts parts) {
    HotAnswers hot = parts.hot();
    PinnedTables pins = parts.pins();
    Prefetcher prefetcher = parts.prefetcher();
    return (hot == null ? 0 : hot.bytes())
        + (pins == null ? 0 : pins.bytes())
        + (prefetcher == null ? 0 : prefetcher.waiting().bytes());
  }

  private static Duration bound(DataSourceParts parts) {
    FreshnessSettings settings = parts.settings().freshness();
    if (settings.writers() == Writers.THIS_JVM) {
      return Duration.ZERO;
    }
    return parts.sources().reports().stream()
        .filter(report -> report.state() == SourceReport.State.COVERING)
        .map(SourceReport::lag)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .filter(lag -> lag.compareTo(settings.maxStaleness()) < 0)
        .orElse(settings.maxStaleness());
  }

  private static Map<Origin, Long> changes(DataSourceParts parts) {
    Map<Origin, Long> changes = new EnumMap<>(Origin.class);
    for (Origin origin : Origin.values()) {
      changes.put(origin, parts.changes().by(origin));
    }
    return changes;
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
