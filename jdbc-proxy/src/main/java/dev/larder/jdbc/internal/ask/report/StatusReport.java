package dev.larder.jdbc.internal.ask.report;

import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.settings.FreshnessSettings;
import dev.larder.jdbc.internal.settings.Serving;
import dev.larder.jdbc.internal.settings.Writers;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How a data source does, a figure to a row. For one thread. */
final class StatusReport {

  /** Found when somebody asks: to find a host's name may take long. */
  private static final class Instance {
    static final String NAME = ManagementFactory.getRuntimeMXBean().getName();
  }

  private final AnswerTable answer = new AnswerTable().text("name", "value", "meaning");
  private final Observed observed;

  private StatusReport(Observed observed) {
    this.observed = observed;
  }

  static AnswerTable of(Observed observed) {
    StatusReport report = new StatusReport(observed);
    report.promises();
    report.counts(observed.statistics().get());
    return report.answer;
  }

  private void promises() {
    FreshnessSettings freshness = observed.surroundings().settings().freshness();
    StatementExecutor executor = observed.executor().get();
    add("data_source", observed.surroundings().name(), "what it reads from");
    add("instance", Instance.NAME, "the process, and where it runs");
    add("enabled", freshness.enabled(), "whether anything is kept in memory");
    add("serves", freshness.serving() == Serving.ON, "whether memory answers");
    add(
        "database",
        executor == null ? "not reached yet" : executor.database().rules().product(),
        "the product");
    add(
        "writers",
        freshness.writers().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "who is said to write this database");
    add(
        "staleness_bound",
        bound(freshness),
        "how old an answer may be now, where writers are not seen");
  }

  private String bound(FreshnessSettings freshness) {
    if (freshness.writers() == Writers.THIS_JVM) {
      return "none: every writer is seen";
    }
    boolean isLifted =
        observed.surroundings().sources().get().stream()
            .anyMatch(source -> source.state() == SourceReport.State.COVERING);
    String setting = freshness.maxStaleness().toMillis() + " ms";
    return isLifted ? setting + " behind what a covering source has reported" : setting;
  }

  private void counts(Statistics counted) {
    add("hits", counted.hits(), "queries that memory answered");
    add("joined", counted.joinedFlights(), "queries that another's execution answered");
    add("misses", counted.misses(), "queries that memory was asked for in vain");
    add("hit_percent", percent(counted.hitRatio()), "of those that memory was asked for");
    add(
        "bypasses",
        counted.bypasses().values().stream().mapToLong(Long::longValue).sum(),
        "queries that memory was not asked for, or whose answer was not kept");
    add(
        "not_served",
        counted.bypasses().getOrDefault(BypassReason.NOT_SERVED, 0L),
        "of these, memory would have answered: larder.serve=off");
    add("saved_ms", counted.savings().saved().toMillis(), "time of the database, by estimate");
    add("entries", counted.entries(), "answers in memory");
    add("bytes", counted.bytes(), "what they weigh");
    add(
        "max_bytes",
        observed.surroundings().settings().memory().maxBytes(),
        "what they may weigh at most");
    add("refreshes", counted.refreshes().loads(), "answers loaded before they were asked for");
    add("refreshes_used", counted.refreshes().used(), "of these, were asked for");
    add("refreshes_in_vain", counted.refreshes().inVain(), "of these, changed before that");
    add("refreshes_put_off", counted.refreshes().putOff(), "for want of time or a connection");
    add("refreshes_ms", counted.refreshes().time().toMillis(), "what the loads took");
    add("pinned_look_ups", counted.pins().lookUps(), "answered first by a pinned table");
    add("pinned_reads", counted.pins().reads(), "times that a pinned table was read as a whole");
    add("prefetches", counted.prefetches().statements(), "statements for what comes next");
    add("prefetched", counted.prefetches().answers(), "answers that those have loaded");
    add("prefetched_used", counted.prefetches().used(), "of these, were asked for");
    add("prefetched_in_vain", counted.prefetches().inVain(), "of these, were not, in time");
    add("prefetches_put_off", counted.prefetches().putOff(), "for want of a connection");
    add(
        "served_past_bound",
        counted.servedPastBound(),
        "answered past the age bound, as the database could not be reached");
    add("stores", counted.stores(), "answers put into memory");
    add("invalidated", counted.invalidated(), "answers found to be out of date");
    add("evictions", counted.evictions(), "answers dropped to make room");
    add("statements_to_database", counted.statementsToDatabase(), "statements that it ran");
    add("connections_borrowed", counted.borrowedConnections(), "taken from the pool");
    add("writes", counted.writes(), "statements that may have written");
    add("parses", counted.parses(), "texts that were parsed");
    add("failures", counted.failures(), "of the cache itself; each cost a miss");
    add("audited", counted.audited(), "hits that were run again and compared");
    add("audit_mismatches", counted.auditMismatches(), "of these, differed for no reason");
    add("audit_stale", counted.auditStale(), "of these, differed as they may");
    add("audit_skipped", counted.auditSkipped(), "hits that could not be compared");
  }

  static double percent(double share) {
    return Math.rint(1_000 * share) / 10;
  }

  private void add(String name, Object value, String meaning) {
    answer.row(name, value.toString(), meaning);
  }
}
