package dev.larder.jdbc.internal.ask.report;

import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.nodes.NodeReport;
import dev.larder.jdbc.internal.observe.TableChanges;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.tier.TierReport;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What there is to be seen of a data source. Immutable and thread-safe.
 *
 * @param executor null until the database was reached
 */
public record Observed(
    Supplier<Statistics> statistics,
    Supplier<@Nullable StatementExecutor> executor,
    AnswerStore store,
    TableChanges changes,
    Surroundings surroundings) {

  /**
   * What it was told, and whom it hears.
   *
   * @param name what it reads from, without secrets
   * @param given the settings that were given, as texts
   */
  public record Surroundings(
      String name,
      Settings settings,
      Map<Setting, String> given,
      Supplier<List<SourceReport>> sources,
      Cluster cluster) {}

  /** The other nodes, and what they keep for each other. */
  public record Cluster(Supplier<List<NodeReport>> nodes, Supplier<TierReport> tier) {}
}
