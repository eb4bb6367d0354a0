package dev.larder.jdbc.internal.ask.report;

import dev.larder.invalidation.Origin;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.observe.TableChanges;
import dev.larder.jdbc.internal.store.Census;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that answers follow from or that were written, one to a row. Stateless. */
final class TablesReport {

  private static final double NANOS_PER_MILLI = 1e6;

  private TablesReport() {}

  static AnswerTable of(Observed observed) {
    AnswerTable answer =
        new AnswerTable()
            .text("table_name")
            .whole("entries", "bytes", "forgotten_answers")
            .whole("changes_here", "changes_by_sources", "changes_by_hooks")
            .real("last_change_ms_ago");
    Map<String, Census.Held> held = observed.store().census().byTable();
    Map<String, Long> forgotten = observed.store().forgotten().byTable();
    Map<String, TableChanges.Counts> changes = observed.changes().byTable();
    Set<String> names = new TreeSet<>(held.keySet());
    names.addAll(forgotten.keySet());
    names.addAll(changes.keySet());
    StatementExecutor executor = observed.executor().get();
    if (executor != null) {
      executor.database().ledger().knownTables().forEach(table -> names.add(table.toString()));
    }
    for (String name : names) {
      Census.Held own = held.get(name);
      TableChanges.Counts changed = changes.get(name);
      answer.row(
          name,
          own == null ? 0 : own.entries(),
          own == null ? 0 : own.bytes(),
          forgotten.getOrDefault(name, 0L),
          count(changed, Origin.COMMIT, Origin.UNKNOWN_OUTCOME),
          count(changed, Origin.SOURCE),
          count(changed, Origin.HOOK),
          changed == null ? null : (Double) (changed.ageNanos() / NANOS_PER_MILLI));
    }
    return answer;
  }

  private static long count(TableChanges.@Nullable Counts counts, Origin... origins) {
    long sum = 0;
    for (Origin origin : origins) {
      sum += counts == null ? 0 : counts.by(origin);
    }
    return sum;
  }
}
