package dev.larder.jdbc.internal.ask.report;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.MeasuredTemplate;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.ask.ShownText;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.observe.QueryFigures;
import dev.larder.jdbc.internal.planning.KnownQuery;
import dev.larder.jdbc.internal.store.Census;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queries that are remembered, a template to a row. For one thread. */
final class QueriesReport {

  private static final MeasuredTemplate UNMEASURED = new MeasuredTemplate(0, 0, 0, -1, "");

  /** All that is known of one template, of which there may be several plans. */
  private static final class Row {
    final KnownQuery query;
    private final Map<TemplateAdmission, MeasuredTemplate> measured = new HashMap<>();
    boolean passive;
    MeasuredTemplate sum = UNMEASURED;
    long runs;
    long joins;
    @Nullable QueryFigures figures;
    @Nullable StatementPlan plan;
    Map<String, Long> forgotten = Map.of();

    Row(KnownQuery query) {
      this.query = query;
    }

    void add(KnownQuery variant) {
      TemplateAdmission admission = variant.admission();
      if (admission != null && !measured.containsKey(admission)) {
        MeasuredTemplate found = admission.measurements();
        measured.put(admission, found);
        sum = sum.plus(found);
        passive |= admission.isPassive();
      }
      QueryFigures more = variant.figures();
      if (plan == null) {
        plan = variant.plan();
      }
      if (more == null) {
        return;
      }
      if (figures == null || more.runs() > figures.runs()) {
        figures = more;
        plan = variant.plan() == null ? plan : variant.plan();
      }
      runs += more.runs();
      joins += more.joins();
    }

    long calls() {
      return sum.hits() + joins + runs;
    }

    long invalidations() {
      return forgotten.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private QueriesReport() {}

  /**
   * @param limit the most rows
   */
  static AnswerTable of(Observed observed, Question.Order order, int limit) {
    AnswerTable answer =
        new AnswerTable()
            .text("id", "text", "state", "reason", "detail")
            .whole("calls", "hits", "joined")
            .real("hit_percent", "duplicate_percent", "saved_ms")
            .whole("database_calls")
            .real("database_p50_ms", "database_p99_ms")
            .whole("entries", "rows", "bytes", "invalidations")
            .text("invalidated_by");
    StatementExecutor executor = observed.executor().get();
    if (executor == null) {
      return answer;
    }
    List<Row> rows = new ArrayList<>(rows(executor));
    rows.forEach(row -> row.forgotten = observed.store().forgotten().of(row.query.template()));
    rows.sort(first(order));
    Census census = observed.store().census();
    for (Row row : rows.subList(0, Math.min(limit, rows.size()))) {
      add(answer, row, executor, census.ofTemplate(row.query.template()));
    }
    return answer;
  }

  private static Collection<Row> rows(StatementExecutor executor) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (KnownQuery query : executor.database().queries()) {
      rows.computeIfAbsent(query.template(), t -> new Row(query)).add(query);
    }
    return rows.values();
  }

  private static Comparator<Row> first(Question.Order order) {
    ToDoubleFunction<Row> figure =
        switch (order) {
          case SAVED -> row -> row.sum.savedNanos();
          case MISSED -> row -> row.runs;
          case INVALIDATED -> Row::invalidations;
        };
    return Comparator.comparingDouble(figure)
        .thenComparingLong(Row::calls)
        .reversed()
        .thenComparing(row -> row.query.template());
  }

  private static void add(
      AnswerTable answer, Row row, StatementExecutor executor, Census.Held held) {
    String template = row.query.template();
    StatementPlan plan = row.plan;
    String state;
    BypassReason reason = null;
    String detail = "";
    if (plan == null) {
      state = "new";
    } else if (plan instanceof UncacheableStatement statement) {
      state = "bypassed";
      reason = statement.reason();
      detail = statement.detail();
    } else if (executor.hasStopped(template)) {
      state = "stopped";
      reason = BypassReason.AUDIT;
    } else if (row.passive) {
      state = "passive";
      reason = BypassReason.NOT_WORTH_IT;
      detail = row.sum.figures();
    } else {
      state = "cached";
    }
    QueryFigures figures = row.figures;
    answer.row(
        ShownText.id(template),
        row.query.mayShowLiterals() ? ShownText.HIDDEN : ShownText.of(template),
        state,
        reason == null ? null : reason.name(),
        reason == null ? null : detail.isEmpty() ? reason.sentence() : detail,
        row.calls(),
        row.sum.hits(),
        row.joins,
        row.calls() == 0 ? null : percent(row.sum.hits(), row.calls()),
        duplicates(row.sum),
        Math.rint(row.sum.savedNanos() / 1e3) / 1e3,
        row.runs,
        figures == null ? null : figures.quantileMillis(0.5),
        figures == null ? null : figures.quantileMillis(0.99),
        held.entries(),
        held.rows(),
        held.bytes(),
        row.invalidations(),
        words(row.forgotten));
  }

  private static double percent(long part, long whole) {
    return StatusReport.percent((double) part / whole);
  }

  /** How many found an answer or would have, where that is measured or memory was asked. */
  private static @Nullable Double duplicates(MeasuredTemplate measured) {
    if (measured.share() >= 0) {
      return StatusReport.percent(Math.min(1, measured.share()));
    }
    long asked = measured.hits() + measured.misses();
    return asked == 0 ? null : (Double) percent(measured.hits(), asked);
  }

  private static @Nullable String words(Map<String, Long> forgotten) {
    return forgotten.isEmpty()
        ? null
        : forgotten.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
  }
}
