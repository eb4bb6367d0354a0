package dev.larder.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What a run measured so far, by name. For one thread. */
final class Figures {
  private final Map<String, Figure> byName = new LinkedHashMap<>();

  void add(Collection<Figure> figures) {
    figures.forEach(figure -> byName.put(figure.name(), figure));
  }

  Collection<Figure> all() {
    return byName.values();
  }

  /** The quotient of two figures, or nothing where one of them was not measured in this run. */
  OptionalDouble ratio(String dividend, String divisor) {
    Figure above = byName.get(dividend);
    Figure below = byName.get(divisor);
    return above == null || below == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(above.value() / below.value());
  }

  OptionalDouble value(String name) {
    Figure figure = byName.get(name);
    return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.value());
  }
}
