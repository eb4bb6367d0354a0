package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.session.Restoration;
import dev.larder.jdbc.internal.session.SchemaList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what an H2 session held. Immutable and thread-safe.
 *
 * @param values what settings held, by names in lower case
 */
record H2Restoration(Map<String, String> values) implements Restoration {

  H2Restoration {
    values = Map.copyOf(values);
  }

  @Override
  public @Nullable String statement(String name) {
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

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
