package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.geometric.PGpoint;

/**
 * The values of a column of points, or of what the catalogue takes for an array of points or of
 * numbers. Immutable and thread-safe.
 */
final class GeometricColumn extends ElementsColumn {

  private static final int LSEG = 601;
  private static final int LINE = 628;

  /**
   * @param delimiter what the driver takes for the mark between the elements
   */
  GeometricColumn(TextValues values, @Nullable ByteValues binary, PgType type, char delimiter) {
    super(values, binary, type, elements(type.oid(), delimiter).connection(null));
  }

  /** Whether columns of that type are of this kind. */
  static boolean is(int oid) {
    return oid == Oid.POINT || oid == Oid.BOX || oid == LSEG || oid == LINE;
  }

  private static PgElements elements(int oid, char delimiter) {
    return oid == Oid.POINT || oid == LINE
        ? new PgElements(oid, Oid.FLOAT8, Types.DOUBLE, delimiter, new PgObjectType("float8", null))
        : new PgElements(
            oid, Oid.POINT, Types.OTHER, delimiter, new PgObjectType("point", PGpoint.class));
  }

  @Override
  public Array getArray(int row) throws SQLException {
    return array(row, number(row));
  }
}
