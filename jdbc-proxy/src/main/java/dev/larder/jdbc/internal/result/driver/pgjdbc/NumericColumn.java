package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.math.BigDecimal;

/** The values of a numeric column, as long as every one is a number. Immutable and thread-safe. */
final class NumericColumn extends PgColumn {

  private final DecimalValues values;

  NumericColumn(DecimalValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(DecimalValues.class, NumericColumn::new);
  }

  @Override
  String text(int row) {
    return values.get(row).toPlainString();
  }

  @Override
  public BigDecimal getBigDecimal(int row) {
    return values.get(row);
  }
}
