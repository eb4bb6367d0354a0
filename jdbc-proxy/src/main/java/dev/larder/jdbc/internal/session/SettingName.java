package dev.larder.jdbc.internal.session;

import java.util.Locale;
import java.util.Set;

/** The names under which what a session sets is remembered. Thread-safe: has no state. */
final class SettingName {

  private static final String SEARCH_PATH = "search_path";

  /** Settings whose value is a list of schemas, each value of a SET one of them. */
  static final Set<String> SCHEMAS = Set.of("schema", SEARCH_PATH, "schema_search_path");

  private SettingName() {}

  /** SET SCHEMA and setSchema may be other spellings of SET search_path. */
  static String canonical(SessionRules rules, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return rules.has(SessionTrait.SCHEMA_IS_SEARCH_PATH) && lower.equals("schema")
        ? SEARCH_PATH
        : lower;
  }

  static boolean isSchemas(String name) {
    return SCHEMAS.contains(name);
  }

  /** Whether this is a setting that somebody made up. */
  static boolean isCustom(SessionRules rules, String name) {
    return rules.mayHave(SessionTrait.CUSTOM_SETTINGS) && name.indexOf('.') >= 0;
  }
}
