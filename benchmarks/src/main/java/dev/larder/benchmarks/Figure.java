package dev.larder.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** The side it was measured on, or null where there is only one. */
  @Nullable Side side() {
    return Arrays.stream(Side.values())
        .filter(side -> parts().contains(side.name()))
        .findFirst()
        .orElse(null);
  }

  /** The name that it shares with the figures of the other sides. */
  String nameWithoutSide() {
    Side side = side();
    return parts().stream()
        .filter(part -> side == null || !part.equals(side.name()))
        .collect(Collectors.joining("/"));
  }

  private List<String> parts() {
    return List.of(name.split("/", -1));
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
