package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.nio.ByteBuffer;
import java.sql.SQLException;

/**
 * The values of a float4 column in binary transfer, for which the server sends no text. Immutable
 * and thread-safe.
 */
final class Float4Column extends PgColumn {

  private final IntValues values;

  Float4Column(IntValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(IntValues.class, Float4Column::new);
  }

  @Override
  String text(int row) {
    return Float.toString(getFloat(row));
  }

  @Override
  public float getFloat(int row) {
    return Float.intBitsToFloat(values.get(row));
  }

  @Override
  public double getDouble(int row) {
    return getFloat(row);
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    return isOne(getFloat(row), String.valueOf(getFloat(row)));
  }

  @Override
  byte[] binaryForm(int row) {
    return ByteBuffer.allocate(Float.BYTES).putInt(values.get(row)).array();
  }
}
