package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** The values of a column of arrays. Immutable and thread-safe. */
final class ArrayColumn extends ElementsColumn {

  ArrayColumn(
      TextValues values, @Nullable ByteValues binary, PgType type, BaseConnection elements) {
    super(values, binary, type, elements);
  }

  @Override
  public Array getArray(int row) throws SQLException {
    return array(row, text(row));
  }

  @Override
  public Object getObject(int row) throws SQLException {
    return getArray(row);
  }
}
