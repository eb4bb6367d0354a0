package dev.larder.jdbc.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether two answers of MySQL are one answer by two plans. An expression that goes through a
 * temporary table of the plan is a BIGINT, and an INT where it does not ({@link TypesByPlanTest}
 * shows it without Larder); an answer from memory has the types of the plan by which it was read.
 * Stateless.
 */
final class PlanTypes {

  private static final String BETWEEN_VALUES = " | ";

  /** The label that the workload gives to an expression, and one of the two types. */
  private static final Pattern INTEGER = Pattern.compile("(f\\d+) (?:INT|INTEGER|BIGINT) (?:4|-5)");

  private PlanTypes() {}

  static boolean matches(Outcome one, Outcome other) {
    return !one.isError()
        && !other.isError()
        && !one.lines().isEmpty()
        && !other.lines().isEmpty()
        && withoutWidths(one.lines()).equals(withoutWidths(other.lines()));
  }

  private static List<String> withoutWidths(List<String> lines) {
    String[] columns = split(lines.get(0));
    List<String> without = new ArrayList<>();
    for (String line : lines) {
      boolean isHead = line.startsWith("columns");
      String[] values = split(line);
      for (int i = 1; i < values.length && values.length == columns.length; i++) {
        if (INTEGER.matcher(columns[i]).matches()) {
          values[i] =
              isHead
                  ? INTEGER.matcher(values[i]).replaceFirst("$1 integer")
                  : values[i].replaceFirst("^(Integer|Long) ", "integer ");
        }
      }
      without.add(String.join(BETWEEN_VALUES, values));
    }
    return without;
  }

  private static String[] split(String line) {
    return line.split(Pattern.quote(BETWEEN_VALUES), -1);
  }
}
