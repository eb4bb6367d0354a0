package dev.larder.jdbc.internal.catalog;

import java.util.List;

/**
 * The schemas an unqualified name is looked up in, in order. Immutable and thread-safe.
 *
 * @param schemas the schemas as the session spells them; empty where they are not known, so that a
 *     name means every object of that name
 */
public record SearchPath(List<String> schemas) {

  public static final SearchPath UNKNOWN = new SearchPath(List.of());

  public SearchPath {
    schemas = List.copyOf(schemas);
  }
}
