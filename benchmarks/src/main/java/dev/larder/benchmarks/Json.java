package dev.larder.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, numbers, truth values and texts as JSON, one field a line. */
final class Json {
  private static final MathContext DIGITS = new MathContext(4);

  private Json() {}

  static String of(@Nullable Object value) {
    return of(value, "") + "\n";
  }

  private static String of(@Nullable Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      String inner = indent + "  ";
      return map.entrySet().stream()
          .map(e -> inner + quoted(e.getKey().toString()) + ": " + of(e.getValue(), inner))
          .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }
    if (value instanceof Collection<?> collection) {
      String inner = indent + "  ";
      return collection.stream()
          .map(element -> inner + of(element, inner))
          .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? "null" : rounded(number);
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : quoted(value.toString());
  }

  /** Four digits before they end in noise, whole numbers in full. */
  private static String rounded(double number) {
    BigDecimal exact = BigDecimal.valueOf(number);
    return Math.abs(number) >= 1_000
        ? Long.toString(Math.round(number))
        : exact.round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
