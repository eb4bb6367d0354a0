package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a physical connection held before anybody set anything on it, and how to bring it back
 * there. Immutable and thread-safe.
 *
 * @param values what settings held, by names in lower case; on PostgreSQL only those that RESET
 *     would not bring back, because they were set on the connection itself
 * @param asked the settings that somebody made up of which it is known what they held, if anything
 */
public record Restoration(Dialect dialect, Map<String, String> values, Set<String> asked) {

  /** What is set by JDBC methods, or cannot be told from what it was. */
  private static final Set<String> NOT_RESET =
      Set.of("session_authorization", "holdability", "catalog");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  public Restoration {
    values = Map.copyOf(values);
    asked = Set.copyOf(asked);
  }

  /**
   * The statements that bring these settings back, or null where one of them is not known to be
   * brought back by anything.
   */
  @Nullable List<String> statements(Set<String> names) {
    List<String> statements = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      String statement =
          switch (dialect) {
            case POSTGRESQL -> postgres(name);
            case MARIADB -> mariadb(name);
            case H2 -> h2(name);
            case OTHER -> null;
          };
      if (statement == null) {
        return null;
      }
      statements.add(statement);
    }
    return dialect == Dialect.POSTGRESQL && statements.size() > 1
        ? List.of(String.join(";", statements))
        : statements;
  }

  private @Nullable String postgres(String name) {
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

  private @Nullable String mariadb(String name) {
    if (name.startsWith("@")) {
      return "set @`" + name.substring(1).replace("`", "``") + "` = null";
    }
    String value = values.get(name);
    if (value == null || value.isEmpty() && !name.equals("sql_mode")) {
      return null;
    }
    return switch (name) {
      case "schema" -> "use `" + value.replace("`", "``") + "`";
      case "role" -> "set role " + (value.equals("none") ? value : text(value));
      default ->
          "set session " + name + " = " + (NUMBER.matcher(value).matches() ? value : text(value));
    };
  }

  private @Nullable String h2(String name) {
    if (name.startsWith("@")) {
      return "set " + name + " null";
    }
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    return switch (name) {
      case "schema" -> "set schema " + SchemaList.quoted(value);
      case "timezone" -> "set time zone " + text(value);
      case "isolation" -> "set session characteristics as transaction isolation level " + value;
      default -> "set " + name + " " + value;
    };
  }

  private String text(String value) {
    String escaped = value.replace("'", "''");
    return dialect == Dialect.MARIADB
        ? "'" + escaped.replace("\\", "\\\\") + "'"
        : value.indexOf('\\') < 0 || dialect == Dialect.H2
            ? "'" + escaped + "'"
            : " E'" + escaped.replace("\\", "\\\\") + "'";
  }
}
