package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.SessionEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The values that a session sets, as one text each. Thread-safe: has no state. */
final class SettingValue {

  /** What comes before a value with which nothing is cached. */
  private static final char OBSCURES = '\0';

  /** What comes before each part of a value of several. */
  private static final char PART = '\1';

  /** Of a setting that is there and empty. */
  static final String EMPTY = "";

  /** Of a setting that is set to nobody knows what. */
  static final String UNKNOWN = EMPTY + OBSCURES;

  private SettingValue() {}

  /**
   * The value that a SET gives; null where a parameter's text cannot be told.
   *
   * @param parameter the text of the parameter at a position, or null where it cannot be told
   */
  static @Nullable String of(
      String name, List<SessionEffect.Value> parts, IntFunction<@Nullable String> parameter) {
    List<String> values = new ArrayList<>(parts.size());
    for (SessionEffect.Value part : parts) {
      String text = part.literal() == null ? parameter.apply(part.parameter()) : part.literal();
      if (text == null) {
        return null;
      }
      if (part.list()) {
        values.addAll(SchemaList.parse(text));
      } else {
        values.add(text);
      }
    }
    if (SettingName.isSchemas(name)) {
      return SchemaList.of(values);
    }
    return values.size() == 1 ? values.get(0) : PART + String.join(String.valueOf(PART), values);
  }

  /** A value with which nothing is cached. */
  static String obscuring(String value) {
    return OBSCURES + value;
  }

  static boolean obscures(String value) {
    return value.indexOf(OBSCURES) >= 0;
  }

  /** Whether the product takes both for the same. */
  static boolean isSame(SessionRules rules, String value, String other) {
    return value.equals(other)
        || (rules.has(SessionTrait.SWITCHES_HAVE_SYNONYMS)
            && switched(value).equals(switched(other)));
  }

  /** A switch is set by several words and shown by two. */
  private static String switched(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "1" -> "1";
      case "off", "false", "0" -> "0";
      default -> value;
    };
  }
}
