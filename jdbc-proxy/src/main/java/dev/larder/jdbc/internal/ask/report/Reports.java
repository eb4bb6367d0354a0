package dev.larder.jdbc.internal.ask.report;

import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.ask.Respondent;
import dev.larder.jdbc.internal.nodes.NodeReport;
import dev.larder.jdbc.internal.tier.TierOutcome;
import dev.larder.jdbc.internal.tier.TierReport;
import java.util.Locale;

/** Shows a data source to whoever asks. Thread-safe; counts nothing before it is asked. */
public final class Reports implements Respondent {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Observed observed;

  public Reports(Observed observed) {
    this.observed = observed;
  }

  @Override
  public AnswerTable answer(Question.Show question) {
    return switch (question.topic()) {
      case STATUS -> StatusReport.of(observed);
      case QUERIES -> QueriesReport.of(observed, question.order(), question.limit());
      case TABLES -> TablesReport.of(observed);
      case SOURCES -> sources();
      case NODES -> nodes();
      case TIER -> tier();
      case POOL -> pool();
      case REPLICAS -> replicas();
      case SETTINGS -> settings();
    };
  }

  private AnswerTable sources() {
    AnswerTable answer =
        new AnswerTable()
            .text("source", "state")
            .real("lag_ms")
            .text("reach")
            .whole("changes", "gaps", "rejected")
            .text("problem");
    for (SourceReport source : observed.surroundings().sources().get()) {
      answer.row(
          source.name(),
          source.state().name().toLowerCase(Locale.ROOT),
          source.lag() == null ? null : source.lag().toNanos() / NANOS_PER_MILLI,
          source.reach(),
          source.changes(),
          source.gaps(),
          source.rejected(),
          source.problem());
    }
    return answer;
  }

  private AnswerTable nodes() {
    AnswerTable answer =
        new AnswerTable().text("node").flag("is_this").text("heard_over").real("silent_ms");
    for (NodeReport node : observed.surroundings().cluster().nodes().get()) {
      answer.row(
          node.node(),
          node.isThis(),
          node.heardOver(),
          node.isThis() ? null : node.silentNanos() / NANOS_PER_MILLI);
    }
    return answer;
  }

  private AnswerTable tier() {
    TierReport tier = observed.surroundings().cluster().tier().get();
    AnswerTable answer = new AnswerTable().text("what").whole("count");
    answer.row("state: " + tier.state(), null);
    for (TierOutcome outcome : TierOutcome.values()) {
      answer.row(outcome.word(), tier.count(outcome));
    }
    answer.row("bytes read", tier.traffic().bytesRead());
    answer.row("bytes written", tier.traffic().bytesWritten());
    answer.row("look-ups", tier.traffic().lookUps());
    answer.row("nanoseconds of a look-up", tier.traffic().usualNanos());
    return answer;
  }

  private AnswerTable pool() {
    Statistics all = observed.statistics().get();
    Statistics.Pool pool = all.pool();
    return new AnswerTable()
        .whole("maximum", "active", "idle", "waiting", "borrowed", "size_changes")
        .text("reason")
        .row(
            pool.maximum(),
            pool.active(),
            pool.idle(),
            pool.waiting(),
            all.borrowedConnections(),
            pool.changes(),
            pool.reason());
  }

  private AnswerTable replicas() {
    AnswerTable answer =
        new AnswerTable()
            .text("replica")
            .flag("is_serving")
            .text("condition")
            .whole("reads", "failures");
    for (Statistics.Replica replica : observed.statistics().get().replicas()) {
      answer.row(
          replica.name(),
          replica.isServing(),
          replica.condition(),
          replica.reads(),
          replica.failures());
    }
    return answer;
  }

  private AnswerTable settings() {
    AnswerTable answer =
        new AnswerTable().text("setting", "value").flag("is_default").text("allowed", "meaning");
    for (Setting setting : Setting.values()) {
      String given = observed.surroundings().given().get(setting);
      String value = given == null ? setting.defaultValue() : given;
      answer.row(
          setting.property(),
          setting.type().mayHoldSecret() && !value.isEmpty() ? "***" : value,
          given == null,
          setting.allowed().replace("`", ""),
          setting.description().replace("`", ""));
    }
    return answer;
  }
}
