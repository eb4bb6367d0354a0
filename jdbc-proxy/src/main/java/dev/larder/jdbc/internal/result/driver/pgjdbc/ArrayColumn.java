package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The values of a column of arrays as the driver writes them, and as the server sent them where
 * that was in binary. Immutable and thread-safe.
 */
final class ArrayColumn extends PgColumn {

  private final TextValues values;
  private final @Nullable ByteValues binary;
  private final BaseConnection elements;

  /**
   * @param elements a connection that knows the type of the elements
   */
  ArrayColumn(
      TextValues values, @Nullable ByteValues binary, PgType type, BaseConnection elements) {
    super(values, type);
    this.values = values;
    this.binary = binary;
    this.elements = elements;
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
        elements, type.oid(), values.get(row), binary == null ? null : binary.get(row));
  }

  @Override
  public Object getObject(int row) throws SQLException {
    return getArray(row);
  }

  @Override
  public long bytes() {
    return super.bytes() + (binary == null ? 0 : binary.bytes());
  }
}
