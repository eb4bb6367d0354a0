package dev.larder.jdbc.internal.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A table or function as a SQL text spells it, without its quotes. Immutable and thread-safe.
 *
 * @param catalog the first of three parts, or null
 * @param schema the qualifier, or null where the session's search path decides
 * @param name the last part
 */
public record ObjectName(@Nullable String catalog, @Nullable String schema, String name) {

  public static ObjectName of(String name) {
    return new ObjectName(null, null, name);
  }

  public static ObjectName of(@Nullable String schema, String name) {
    return new ObjectName(null, schema, name);
  }

  @Override
  public String toString() {
    return (catalog == null ? "" : catalog + ".") + (schema == null ? "" : schema + ".") + name;
  }
}
