package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.math.BigDecimal;

/** The values of an int2 or int4 column. Immutable and thread-safe. */
final class Int4Column extends PgColumn {

  private final IntValues values;

  Int4Column(IntValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(IntValues.class, Int4Column::new);
  }

  @Override
  String text(int row) {
    return Integer.toString(values.get(row));
  }

  @Override
  public int getInt(int row) {
    return values.get(row);
  }

  @Override
  public long getLong(int row) {
    return values.get(row);
  }

  @Override
  public double getDouble(int row) {
    return values.get(row);
  }

  @Override
  public BigDecimal getBigDecimal(int row) {
    return BigDecimal.valueOf(values.get(row));
  }
}
