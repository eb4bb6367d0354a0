package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSetBuilder;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.rows.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the statements of a batch do, together. Not thread-safe, as a statement is not. */
final class Batch {

  /** A transaction does not remember more rows than this one by one. */
  private static final int MOST_BY_ROWS = 1_000;

  /** Executions of one plan in a row, of which nothing but what they write differs. */
  private static final class Run {
    private final StatementPlan plan;
    private final ChangeSetBuilder changes = new ChangeSetBuilder();
    private int executions;

    Run(StatementPlan plan) {
      this.plan = plan;
    }

    StatementPlan together() {
      StatementPlan one = plan.effects().dependOnValues() ? plan.writing(changes.build()) : plan;
      return executions == 1 ? one : one.then(one);
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private int executions;
  private @Nullable StatementPlan whole;

  /**
   * Adds an execution.
   *
   * @param plan what its text does, whatever its values are
   * @param values those that it has, where its effects depend on them
   */
  void add(StatementPlan plan, Supplier<Execution> values) {
    if (plan == whole) {
      return;
    }
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last == null || last.plan != plan) {
      last = new Run(plan);
      runs.add(last);
    }
    last.executions++;
    if (++executions > MOST_BY_ROWS) {
      last.changes.add(plan.effects().changes());
      whole = plan;
    } else if (plan.effects().dependOnValues()) {
      last.changes.add(plan.effects().changes(values.get()));
    }
  }

  /** All of them, in order; those of different plans by halves, so that many cost little each. */
  StatementPlan together() {
    List<StatementPlan> level = runs.stream().map(Run::together).toList();
    while (level.size() > 1) {
      List<StatementPlan> halves = new ArrayList<>(level.size() / 2 + 1);
      for (int i = 0; i + 1 < level.size(); i += 2) {
        halves.add(level.get(i).then(level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        halves.add(level.get(level.size() - 1));
      }
      level = halves;
    }
    return level.get(0);
  }
}
