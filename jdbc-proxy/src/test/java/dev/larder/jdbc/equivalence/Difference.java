package dev.larder.jdbc.equivalence;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A step whose answer shows whether Larder is there, at the end of what led to it. Immutable and
 * thread-safe.
 */
record Difference(List<Step> script, Outcome raw, Outcome larder) {

  Difference {
    script = List.copyOf(script);
  }

  /** The script as Java to paste into a test, and the two answers to its last step. */
  @Override
  public String toString() {
    return script.stream().map(Step::toString).collect(Collectors.joining(",\n  ", "  ", "\n"))
        + "without Larder: "
        + raw
        + "\nwith Larder:    "
        + larder;
  }
}
