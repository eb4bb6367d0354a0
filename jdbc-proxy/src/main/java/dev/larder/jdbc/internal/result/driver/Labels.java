package dev.larder.jdbc.internal.result.driver;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The columns by their labels. Immutable and thread-safe. */
public final class Labels {

  private final Map<String, Integer> byLabel;

  private Labels(Map<String, Integer> byLabel) {
    this.byLabel = byLabel;
  }

  /** The column of a label, from 1, or 0 where there is none. */
  public int find(String label) {
    Integer exact = byLabel.get(label);
    if (exact != null) {
      return exact;
    }
    Integer folded = byLabel.get(label.toLowerCase(Locale.ROOT));
    return folded == null ? 0 : folded;
  }

  /** Collects labels; of those that differ in case only, the first counts. For one thread. */
  public static final class Builder {
    private final Map<String, Integer> byLabel = new HashMap<>();

    public Builder add(String label, int column) {
      // As it is spelt, too, so that the usual look-up folds nothing.
      String folded = label.toLowerCase(Locale.ROOT);
      Integer first = byLabel.putIfAbsent(folded, column);
      byLabel.putIfAbsent(label, first == null ? column : first);
      return this;
    }

    public Labels build() {
      return new Labels(byLabel);
    }
  }
}
