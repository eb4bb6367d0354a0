package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.eligibility.StatementPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a batch do, together. Not thread-safe, as a statement is not.
 *
 * <p>The plans of many are put together once, by halves, so that this costs no more for each of
 * them than it does for a few.
 */
final class Batch {

  /** A transaction does not remember more rows than this one by one. */
  private static final int MOST_BY_ROWS = 1_000;

  private final List<StatementPlan> plans = new ArrayList<>();
  private @Nullable StatementPlan whole;

  /**
   * Adds an execution.
   *
   * @param plan what its text does, whatever its values are
   * @param narrowed the same for the values that it has
   */
  void add(StatementPlan plan, Supplier<StatementPlan> narrowed) {
    if (plan == whole) {
      return;
    }
    if (plans.size() < MOST_BY_ROWS) {
      plans.add(narrowed.get());
    } else {
      plans.add(plan);
      whole = plan;
    }
  }

  /** All of them, in order. */
  StatementPlan together() {
    List<StatementPlan> level = plans;
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
