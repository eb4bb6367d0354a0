package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.session.Restoration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what a MariaDB session held. Immutable and thread-safe.
 *
 * @param values what settings held, by names in lower case
 */
record MariaDbRestoration(Map<String, String> values) implements Restoration {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  MariaDbRestoration {
    values = Map.copyOf(values);
  }

  @Override
  public @Nullable List<String> statements(Set<String> names) {
    List<String> statements = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      String statement = statement(name);
      if (statement == null) {
        return null;
      }
      statements.add(statement);
    }
    return statements;
  }

  private @Nullable String statement(String name) {
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

  private static String text(String value) {
    return "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
  }
}
