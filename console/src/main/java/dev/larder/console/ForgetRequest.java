package dev.larder.console;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to forget. Immutable and thread-safe.
 *
 * @param name of the table, or the id of the template; empty for everything
 */
record ForgetRequest(What what, String name) {

  /** Kinds of what can be forgotten. */
  enum What {
    TABLE,
    TEMPLATE,
    EVERYTHING
  }

  private static final Pattern JSON =
      Pattern.compile(
          "\\s*\\{\\s*(?:\"(table|template)\"\\s*:\\s*\"((?:[^\"\\\\\\p{Cntrl}]++|\\\\.)+)\""
              + "|\"everything\"\\s*:\\s*true)\\s*\\}\\s*");

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([\"\\\\/])|u([0-9a-fA-F]{4})|.)", Pattern.DOTALL);

  /** Reads a JSON object with one of the members; null for anything else. */
  static @Nullable ForgetRequest parse(String json) {
    Matcher object = JSON.matcher(json);
    if (!object.matches()) {
      return null;
    }
    String member = object.group(1);
    if (member == null) {
      return new ForgetRequest(What.EVERYTHING, "");
    }
    String name = unescaped(object.group(2));
    return name == null
        ? null
        : new ForgetRequest(What.valueOf(member.toUpperCase(Locale.ROOT)), name);
  }

  /** Null where there is an escape that no name needs. */
  private static @Nullable String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    Matcher escape = ESCAPE.matcher(text);
    int from = 0;
    while (escape.find()) {
      plain.append(text, from, escape.start());
      from = escape.end();
      String itself = escape.group(1);
      String code = escape.group(2);
      if (itself == null && code == null) {
        return null;
      }
      plain.append(itself != null ? itself : (char) Integer.parseInt(code, 16));
    }
    return plain.append(text, from, text.length()).toString();
  }
}
