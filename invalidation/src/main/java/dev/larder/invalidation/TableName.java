package dev.larder.invalidation;

import java.util.Objects;

/**
 * A table as the database's own catalogue spells it. Immutable and thread-safe.
 *
 * @param schema the schema (in MariaDB, the database) the table lives in; empty where the product
 *     has none
 * @param name the table's name
 */
public record TableName(String schema, String name) {

  public TableName {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
