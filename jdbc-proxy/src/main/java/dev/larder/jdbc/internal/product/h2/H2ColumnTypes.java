package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.catalog.TypeFamily;
import dev.larder.jdbc.internal.rows.ColumnKind;
import org.jspecify.annotations.Nullable;

/** What H2's names of types say of a column. Stateless. */
final class H2ColumnTypes {

  private H2ColumnTypes() {}

  /** What a value of a type may turn into, beside another. */
  static TypeFamily family(String type) {
    return switch (type) {
      case "TIME" -> TypeFamily.TIME;
      case "TIME WITH TIME ZONE" -> TypeFamily.ZONED_TIME;
      case "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> TypeFamily.DATE;
      case "CHARACTER VARYING", "CHARACTER", "CHARACTER LARGE OBJECT", "VARCHAR_IGNORECASE" ->
          TypeFamily.TEXT;
      case "ARRAY", "ROW", "" -> TypeFamily.OTHER;
      default -> TypeFamily.PLAIN;
    };
  }

  /**
   * How values of a type are equal, or null where Java does not know.
   *
   * @param collation of a text; {@code OFF} where none is set
   */
  static @Nullable ColumnKind kind(String type, String collation) {
    return switch (type) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> ColumnKind.WHOLE_NUMBER;
      case "CHARACTER VARYING" -> collation.equals("OFF") ? ColumnKind.TEXT : null;
      case "UUID" -> ColumnKind.UUID;
      default -> null;
    };
  }
}
