package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The values of a column that can be had as arrays, as the driver writes them, and as the server
 * sent them where that was in binary. Immutable and thread-safe.
 */
abstract class ElementsColumn extends PgColumn {

  private final TextValues values;
  private final @Nullable ByteValues binary;
  private final BaseConnection elements;

  /**
   * @param binary null where the server sent text
   * @param elements a connection that knows the type of the elements
   */
  ElementsColumn(
      TextValues values, @Nullable ByteValues binary, PgType type, BaseConnection elements) {
    super(values, type);
    this.values = values;
    this.binary = binary;
    this.elements = elements;
  }

  @Override
  final String text(int row) {
    return values.get(row);
  }

  @Override
  final boolean keepsBinaryForm() {
    return binary != null;
  }

  @Override
  final byte[] binaryForm(int row) throws SQLException {
    return binary == null ? super.binaryForm(row) : binary.get(row);
  }

  /**
   * A value as an array.
   *
   * @param text what the driver reads its elements from
   */
  final Array array(int row, @Nullable String text) throws SQLException {
    return new PgSnapshotArray(elements, type.oid(), text, binary == null ? null : binary.get(row));
  }

  @Override
  public final long bytes() {
    return super.bytes() + (binary == null ? 0 : binary.bytes());
  }
}
