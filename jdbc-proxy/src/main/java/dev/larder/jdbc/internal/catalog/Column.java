package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.rows.ColumnKind;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Immutable and thread-safe.
 *
 * @param name as the catalogue spells it
 * @param kind how its values compare, or null where that is not known
 * @param family what its type is where times are concerned
 * @param follows whether an UPDATE may change it without assigning to it: a generated column, or
 *     one with ON UPDATE
 * @param least the least number that is stored as it is given
 * @param most the greatest
 */
public record Column(
    String name,
    @Nullable ColumnKind kind,
    TypeFamily family,
    boolean follows,
    long least,
    long most) {

  /** A column that stores what it is given, or refuses it. */
  public static Column of(
      String name, @Nullable ColumnKind kind, TypeFamily family, boolean follows) {
    return new Column(name, kind, family, follows, Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
