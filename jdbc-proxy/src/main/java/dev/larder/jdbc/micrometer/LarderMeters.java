package dev.larder.jdbc.micrometer;

import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What a data source counts, as meters. Thread-safe. */
public final class LarderMeters extends CacheMeterBinder<LarderDataSource> {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Meters of one data source, which a registry has from {@code bindTo} on.
   *
   * @param name the value of the tag {@code cache}
   */
  public LarderMeters(LarderDataSource dataSource, String name, Tags tags) {
    super(dataSource, name, tags);
  }

  private Statistics statistics() {
    LarderDataSource observed = getCache();
    return observed == null ? Statistics.NONE : observed.statistics();
  }

  @Override
  protected Long size() {
    return statistics().entries();
  }

  @Override
  protected long hitCount() {
    return statistics().hits();
  }

  @Override
  protected Long missCount() {
    return statistics().misses();
  }

  @Override
  protected Long evictionCount() {
    return statistics().evictions();
  }

  @Override
  protected long putCount() {
    return statistics().stores();
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    LarderDataSource observed = getCache();
    if (observed != null) {
      new Own(registry, observed, Tags.of(getTagsWithCacheName())).bind();
    }
  }

  /** The meters beyond those of any cache. Used once, by one thread. */
  private record Own(MeterRegistry registry, LarderDataSource observed, Tags tags) {

    void bind() {
      answers();
      worth();
      freshness();
      pool();
      replicas();
      sources();
      tier();
    }

    /** The words are told by what was counted: none where there is no tier. */
    private void tier() {
      for (String outcome : observed.statistics().tier().outcomes().keySet()) {
        counter(
            "larder.tier.outcomes",
            "What became of answers that nodes keep for each other",
            tags.and("outcome", outcome),
            s -> s.tier().outcomes().getOrDefault(outcome, 0L));
      }
      counter("larder.tier.bytes", "Values of the tier", direction("read"), Own::bytesRead);
      counter("larder.tier.bytes", "Values of the tier", direction("written"), Own::bytesWritten);
      FunctionTimer.builder(
              "larder.tier.duration",
              observed,
              o -> o.statistics().tier().lookUps(),
              o -> o.statistics().tier().lookUpTime().toNanos(),
              TimeUnit.NANOSECONDS)
          .description("How long look-ups in the tier took")
          .tags(tags)
          .register(registry);
    }

    private Tags direction(String word) {
      return tags.and("direction", word);
    }

    private static double bytesRead(Statistics statistics) {
      return statistics.tier().bytesRead();
    }

    private static double bytesWritten(Statistics statistics) {
      return statistics.tier().bytesWritten();
    }

    private void answers() {
      for (BypassReason reason : BypassReason.values()) {
        counter(
            "larder.bypasses",
            "Queries that were not answered from memory, or not stored",
            tags.and("reason", word(reason)),
            s -> s.bypasses().getOrDefault(reason, 0L));
      }
      gauge("larder.cache.bytes", "What the answers in memory weigh", "bytes", Statistics::bytes);
      counter("larder.invalidated", "Answers found to be out of date", Statistics::invalidated);
      counter(
          "larder.flights.joined",
          "Queries answered by another caller's execution",
          Statistics::joinedFlights);
      counter("larder.writes", "Statements that may have written", Statistics::writes);
      counter(
          "larder.statements",
          "Statements that reached a database",
          Statistics::statementsToDatabase);
      counter("larder.parses", "SQL texts that were parsed", Statistics::parses);
      counter("larder.failures", "Failures of the cache itself", Statistics::failures);
      refreshes("used", s -> s.refreshes().used());
      refreshes("in-vain", s -> s.refreshes().inVain());
      refreshes("put-off", s -> s.refreshes().putOff());
      FunctionTimer.builder(
              "larder.refresh.duration",
              observed,
              o -> o.statistics().refreshes().loads(),
              o -> o.statistics().refreshes().time().toNanos(),
              TimeUnit.NANOSECONDS)
          .description("Answers that were loaded before they were asked for, and how long it took")
          .tags(tags)
          .register(registry);
      counter(
          "larder.pins.lookups",
          "Look-ups that a pinned table answered first",
          s -> s.pins().lookUps());
      counter(
          "larder.pins.reads",
          "Times that a pinned table was read as a whole",
          s -> s.pins().reads());
      counter(
          "larder.prefetch.statements",
          "Statements that loaded what a connection was about to ask for",
          s -> s.prefetches().statements());
      prefetches("used", s -> s.prefetches().used());
      prefetches("in-vain", s -> s.prefetches().inVain());
      prefetches("put-off", s -> s.prefetches().putOff());
      counter(
          "larder.served.past",
          "Queries that were answered past the age bound, as the database could not be reached",
          Statistics::servedPastBound);
      audits("compared", Statistics::audited);
      audits("mismatch", Statistics::auditMismatches);
      audits("stale", Statistics::auditStale);
      audits("skipped", Statistics::auditSkipped);
    }

    private void worth() {
      FunctionCounter.builder("larder.saved", observed, o -> seconds(savings(o).saved()))
          .description("The database's time that hits saved, by estimate")
          .baseUnit("seconds")
          .tags(tags)
          .register(registry);
      FunctionTimer.builder(
              "larder.database.duration",
              observed,
              o -> savings(o).measuredQueries(),
              o -> savings(o).measuredTime().toNanos(),
              TimeUnit.NANOSECONDS)
          .description("How long a sample of the queries that a database ran took")
          .tags(tags)
          .register(registry);
    }

    private static Statistics.Savings savings(LarderDataSource observed) {
      return observed.statistics().savings();
    }

    private static double seconds(Duration duration) {
      return duration.toNanos() / NANOS_PER_SECOND;
    }

    private void freshness() {
      Gauge.builder(
              "larder.staleness.bound",
              observed,
              o -> seconds(o.statistics().freshness().stalenessBound()))
          .description("How old an answer may be now, where a writer may be unseen")
          .baseUnit("seconds")
          .tags(tags)
          .register(registry);
      for (Origin origin : Origin.values()) {
        counter(
            "larder.invalidations",
            "Changes to what answers follow from",
            tags.and("source", word(origin)),
            s -> s.freshness().changes().getOrDefault(origin, 0L));
      }
    }

    private void audits(String outcome, ToDoubleFunction<Statistics> count) {
      counter("larder.audits", "Hits picked to be run again", tags.and("outcome", outcome), count);
    }

    private void refreshes(String outcome, ToDoubleFunction<Statistics> count) {
      counter(
          "larder.refreshes",
          "What became of answers that were loaded before they were asked for",
          tags.and("outcome", outcome),
          count);
    }

    private void prefetches(String outcome, ToDoubleFunction<Statistics> count) {
      counter(
          "larder.prefetches",
          "What became of answers that were loaded for a connection that was about to ask for them",
          tags.and("outcome", outcome),
          count);
    }

    private void pool() {
      counter(
          "larder.connections.borrowed",
          "Connections taken from the primary's pool",
          Statistics::borrowedConnections);
      gauge("larder.pool.maximum", "Most connections", null, s -> s.pool().maximum());
      gauge("larder.pool.active", "Connections in use", null, s -> s.pool().active());
      gauge("larder.pool.idle", "Connections not in use", null, s -> s.pool().idle());
      gauge("larder.pool.waiting", "Callers that wait", null, s -> s.pool().waiting());
      counter("larder.pool.changes", "Changes of the maximum", s -> s.pool().changes());
    }

    private void replicas() {
      List<Statistics.Replica> replicas = observed.statistics().replicas();
      for (int i = 0; i < replicas.size(); i++) {
        int number = i;
        Tags one = tags.and("replica", replicas.get(i).name());
        counter(
            "larder.replica.reads",
            "Reads that it answered",
            one,
            s -> s.replicas().get(number).reads());
        counter(
            "larder.replica.failures",
            "Reads that it failed to answer",
            one,
            s -> s.replicas().get(number).failures());
        Gauge.builder(
                "larder.replica.serving",
                observed,
                o -> o.statistics().replicas().get(number).isServing() ? 1 : 0)
            .description("Whether it gets reads")
            .tags(one)
            .register(registry);
      }
    }

    /** Together: which there are is known only when the database was reached. */
    private void sources() {
      for (SourceReport.State state : SourceReport.State.values()) {
        Gauge.builder(
                "larder.sources",
                observed,
                o -> reports(o).stream().filter(report -> report.state() == state).count())
            .description("Sources of changes made elsewhere")
            .tags(tags.and("state", word(state)))
            .register(registry);
      }
      Gauge.builder("larder.sources.lag", observed, Own::longestLag)
          .description("How long the slowest source's last sign of life took")
          .baseUnit("seconds")
          .tags(tags)
          .register(registry);
      sum("larder.sources.changes", "Changes they reported", SourceReport::changes);
      sum("larder.sources.gaps", "Times they may have missed changes", SourceReport::gaps);
      sum("larder.sources.rejected", "Messages they dropped", SourceReport::rejected);
    }

    private static List<SourceReport> reports(LarderDataSource observed) {
      return observed.isClosed() ? List.of() : observed.invalidation().sources();
    }

    private static double longestLag(LarderDataSource observed) {
      return reports(observed).stream()
              .map(SourceReport::lag)
              .filter(Objects::nonNull)
              .mapToDouble(Duration::toNanos)
              .max()
              .orElse(Double.NaN)
          / NANOS_PER_SECOND;
    }

    private void sum(String name, String description, ToDoubleFunction<SourceReport> count) {
      FunctionCounter.builder(name, observed, o -> reports(o).stream().mapToDouble(count).sum())
          .description(description)
          .tags(tags)
          .register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<Statistics> count) {
      counter(name, description, tags, count);
    }

    private void counter(
        String name, String description, Tags tagged, ToDoubleFunction<Statistics> count) {
      FunctionCounter.builder(name, observed, o -> count.applyAsDouble(o.statistics()))
          .description(description)
          .tags(tagged)
          .register(registry);
    }

    private void gauge(
        String name,
        String description,
        @Nullable String unit,
        ToDoubleFunction<Statistics> value) {
      Gauge.builder(name, observed, o -> value.applyAsDouble(o.statistics()))
          .description(description)
          .baseUnit(unit)
          .tags(tags)
          .register(registry);
    }

    private static String word(Enum<?> name) {
      return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
