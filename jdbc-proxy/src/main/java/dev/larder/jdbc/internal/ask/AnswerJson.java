package dev.larder.jdbc.internal.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of Larder's own as JSON. Stateless and thread-safe. */
final class AnswerJson {

  private static final char FIRST_PRINTABLE = ' ';

  private AnswerJson() {}

  /** An array of the rows, each an object with the columns' names. */
  static String of(List<String> names, List<@Nullable Object[]> rows) {
    StringBuilder json = new StringBuilder("[");
    for (@Nullable Object[] row : rows) {
      json.append(json.length() == 1 ? "{" : ",{");
      for (int i = 0; i < row.length; i++) {
        json.append(i == 0 ? "" : ",");
        text(json, names.get(i));
        value(json.append(':'), row[i]);
      }
      json.append('}');
    }
    return json.append(']').toString();
  }

  private static void value(StringBuilder json, @Nullable Object value) {
    if (value instanceof String text) {
      text(json, text);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      // JSON has no word for it.
      json.append("null");
    } else {
      json.append(value);
    }
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
