package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.session.Restoration;
import dev.larder.jdbc.internal.session.SchemaList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what a PostgreSQL session held. Immutable and thread-safe.
 *
 * @param values what settings held that RESET would not bring back, because they were set on the
 *     connection itself, by names in lower case
 * @param asked the settings that somebody made up of which it is known what they held, if anything
 */
record PostgresRestoration(Map<String, String> values, Set<String> asked) implements Restoration {

  /** What is set by JDBC methods, or cannot be told from what it was. */
  private static final Set<String> NOT_RESET =
      Set.of("session_authorization", "holdability", "catalog");

  PostgresRestoration {
    values = Map.copyOf(values);
    asked = Set.copyOf(asked);
  }

  @Override
  public @Nullable List<String> statements(Set<String> names) {
    List<String> statements = Restoration.super.statements(names);
    return statements == null || statements.size() < 2
        ? statements
        : List.of(String.join(";", statements));
  }

  @Override
  public @Nullable String statement(String name) {
    if (NOT_RESET.contains(name) || name.startsWith("clientinfo.")) {
      return null;
    }
    String value = values.get(name);
    if (name.equals("role")) {
      return value == null ? null : "set role " + role(value);
    }
    boolean own = name.indexOf('.') >= 0;
    if (value == null) {
      return own && !asked.contains(name) ? null : "reset " + parts(name);
    }
    return "select set_config(" + text(name) + "," + text(value) + ",false)";
  }

  private static String role(String value) {
    return value.equals("none") ? value : SchemaList.quoted(value);
  }

  /** Each part of a setting's name in quotes. */
  private static String parts(String name) {
    StringBuilder quoted = new StringBuilder();
    for (String part : name.split("\\.", -1)) {
      quoted.append(quoted.isEmpty() ? "" : ".").append(SchemaList.quoted(part));
    }
    return quoted.toString();
  }

  private static String text(String value) {
    String escaped = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + escaped + "'"
        : " E'" + escaped.replace("\\", "\\\\") + "'";
  }
}
