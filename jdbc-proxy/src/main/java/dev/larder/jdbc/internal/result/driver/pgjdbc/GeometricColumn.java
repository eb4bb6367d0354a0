package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.geometric.PGpoint;

/**
 * The values of a column of points, or of what the catalogue takes for an array of points or of
 * numbers, as the driver writes them, and as the server sent them where that was in binary.
 * Immutable and thread-safe.
 */
final class GeometricColumn extends PgColumn {

  private static final int LSEG = 601;
  private static final int LINE = 628;

  private final TextValues values;
  private final @Nullable ByteValues binary;
  private final BaseConnection elements;

  /**
   * @param binary null where the server sent text
   * @param delimiter what the driver takes for the mark between the elements
   */
  GeometricColumn(TextValues values, @Nullable ByteValues binary, PgType type, char delimiter) {
    super(values, type);
    this.values = values;
    this.binary = binary;
    this.elements = elements(type.oid(), delimiter).connection(null);
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
  String text(int row) {
    return values.get(row);
  }

  @Override
  boolean keepsBinaryForm() {
    return binary != null;
  }

  @Override
  byte[] binaryForm(int row) throws SQLException {
    return binary == null ? super.binaryForm(row) : binary.get(row);
  }

  @Override
  public Array getArray(int row) throws SQLException {
    return new PgSnapshotArray(
        elements, type.oid(), number(row), binary == null ? null : binary.get(row));
  }

  @Override
  public long bytes() {
    return super.bytes() + (binary == null ? 0 : binary.bytes());
  }
}
