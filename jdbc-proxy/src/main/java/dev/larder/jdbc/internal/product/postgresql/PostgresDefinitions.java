package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.catalog.Definition;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.util.List;
import java.util.regex.Pattern;

/** The texts that the server prints of what it holds parsed, as definitions that can be read. */
final class PostgresDefinitions {

  /** The reader's own search path is empty: the texts qualify every name but the built-in ones. */
  static final SearchPath BUILT_IN_NAMES = new SearchPath(List.of("pg_catalog"));

  // LIKE and its kin print as ~~, operators outside pg_catalog as OPERATOR(schema.name).
  private static final Pattern UNPARSEABLE_OPERATOR =
      Pattern.compile("\\s(?:!?~~\\*?|OPERATOR\\([^()\\s]+\\))\\s");

  private PostgresDefinitions() {}

  static Definition query(String of, String text) {
    return new Definition(Definition.Form.QUERY, of, parseable(text), BUILT_IN_NAMES);
  }

  static Definition expression(String of, String text) {
    return new Definition(Definition.Form.EXPRESSION, of, parseable(text), BUILT_IN_NAMES);
  }

  /**
   * The text with operators that the parser does not know put as equals signs: which operator it is
   * says nothing that is asked of the text.
   */
  static String parseable(String text) {
    return UNPARSEABLE_OPERATOR.matcher(text).replaceAll(" = ");
  }
}
