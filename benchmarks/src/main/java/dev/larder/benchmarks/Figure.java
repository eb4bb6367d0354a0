package dev.larder.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One number that was measured. Immutable and thread-safe.
 *
 * @param name from the general to the particular, such as {@code lifecycle/prepared/H2/LARDER/1}
 * @param unit such as {@code ns}
 * @param error half the width of the 99.9 % confidence interval; NaN where none is known
 */
record Figure(String name, double value, String unit, double error) {

  Figure(String name, double value, String unit) {
    this(name, value, unit, Double.NaN);
  }

  Map<String, Object> asJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("value", value);
    fields.put("unit", unit);
    if (!Double.isNaN(error)) {
      fields.put("error", error);
    }
    return fields;
  }
}
