package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsTogether;
import dev.larder.jdbc.internal.rows.RowsWritten;
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
    private final @Nullable RowsTogether rows;
    private int executions;
    private boolean anyRows;

    Run(StatementPlan plan) {
      this.plan = plan;
      RowsWritten written = plan.effects().rows();
      this.rows = written == null ? null : new RowsTogether(written);
    }

    void add(Supplier<Execution> values) {
      executions++;
      if (rows != null) {
        rows.add(values.get());
      }
    }

    /** And others, whatever rows they write. */
    void addAny() {
      executions++;
      anyRows = true;
    }

    StatementPlan together() {
      StatementPlan one = rows == null ? plan : plan.writing(changes(rows));
      return executions == 1 ? one : one.then(one);
    }

    private ChangeSet changes(RowsTogether told) {
      ChangeSet all = plan.effects().changes();
      ChangeSet written = told.within(all);
      return anyRows ? written.plus(all) : written;
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
    if (++executions > MOST_BY_ROWS) {
      last.addAny();
      whole = plan;
    } else {
      last.add(values);
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
