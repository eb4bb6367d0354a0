package dev.larder.jdbc.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a script that shows a difference shorter, by leaving out more and more of it (delta
 * debugging: halves, quarters, single steps) while a difference stays. For one thread.
 */
final class Shrinker {

  private final Function<List<Step>, @Nullable Difference> trial;
  private final int mostTrials;
  private int trials;

  /**
   * @param trial the first difference that a script shows on fresh databases, or null
   * @param mostTrials how often to try: a bound in time would find less on a busy machine
   */
  Shrinker(Function<List<Step>, @Nullable Difference> trial, int mostTrials) {
    this.trial = trial;
    this.mostTrials = mostTrials;
  }

  Difference shrink(Difference found) {
    Difference best = found;
    int chunk = Math.max(1, best.script().size() / 2);
    while (trials < mostTrials) {
      Difference shorter = without(best, chunk);
      if (shorter != null) {
        best = shorter;
      }
      if (chunk == 1 && shorter == null) {
        break;
      }
      chunk = Math.max(1, chunk / 2);
    }
    return best;
  }

  /** One pass from the end, where most steps matter least; null where nothing could be left out. */
  private @Nullable Difference without(Difference best, int chunk) {
    Difference shortest = null;
    List<Step> steps = best.script();
    int from = steps.size() - 1 - chunk;
    while (from > -chunk && trials < mostTrials) {
      int start = Math.max(0, from);
      int end = Math.min(from + chunk, steps.size() - 1);
      List<Step> rest = new ArrayList<>(steps.subList(0, start));
      rest.addAll(steps.subList(end, steps.size()));
      trials++;
      Difference left = end > start ? trial.apply(rest) : null;
      if (left != null) {
        shortest = left;
        steps = left.script();
      }
      from = Math.min(from, steps.size() - 1) - chunk;
    }
    return shortest;
  }
}
