package dev.larder.jdbc.internal.catalog;

/**
 * One overload of a function, procedure or aggregate. Immutable and thread-safe.
 *
 * @param specific what tells overloads of one name apart; empty where the product has none
 */
public record RoutineKey(String schema, String name, String specific) {

  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
