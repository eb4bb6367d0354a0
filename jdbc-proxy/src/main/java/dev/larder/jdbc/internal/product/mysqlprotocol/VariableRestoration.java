package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.jdbc.internal.session.Restoration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what a session held. Immutable and thread-safe.
 *
 * @param values what settings held, by names in lower case
 * @param role what SET ROLE takes to bring back the roles
 */
public record VariableRestoration(Map<String, String> values, String role) implements Restoration {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  public VariableRestoration {
    values = Map.copyOf(values);
  }

  @Override
  public @Nullable String statement(String name) {
    if (name.startsWith("@")) {
      return "set @`" + name.substring(1).replace("`", "``") + "` = null";
    }
    if (name.equals("role")) {
      return "set role " + role;
    }
    String value = values.get(name);
    if (name.equals("character_set_results") && "".equals(value)) {
      return "set session character_set_results = null";
    }
    if (value == null || value.isEmpty() && !name.equals("sql_mode")) {
      return null;
    }
    return switch (name) {
      case "schema" -> "use `" + value.replace("`", "``") + "`";
      default ->
          "set session " + name + " = " + (NUMBER.matcher(value).matches() ? value : text(value));
    };
  }

  /** A text as a literal. */
  public static String text(String value) {
    return "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
  }
}
