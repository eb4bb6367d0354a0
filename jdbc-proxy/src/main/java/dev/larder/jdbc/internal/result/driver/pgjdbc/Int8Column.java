package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.math.BigDecimal;
import java.sql.SQLException;

/** The values of an int8 or oid column. Immutable and thread-safe. */
final class Int8Column extends PgColumn {

  private final LongValues values;

  Int8Column(LongValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(LongValues.class, Int8Column::new);
  }

  @Override
  String text(int row) {
    return Long.toString(values.get(row));
  }

  @Override
  public int getInt(int row) throws SQLException {
    long value = values.get(row);
    if (value != (int) value) {
      throw outOfRange("int", text(row));
    }
    return (int) value;
  }

  @Override
  public long getLong(int row) {
    return values.get(row);
  }

  @Override
  public BigDecimal getBigDecimal(int row) {
    return BigDecimal.valueOf(values.get(row));
  }
}
