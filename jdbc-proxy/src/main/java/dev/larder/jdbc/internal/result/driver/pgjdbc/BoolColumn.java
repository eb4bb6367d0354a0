package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.math.BigDecimal;
import java.sql.SQLException;

/** The values of a bool column. Immutable and thread-safe. */
final class BoolColumn extends PgColumn {

  private final BitValues values;

  BoolColumn(BitValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(BitValues.class, BoolColumn::new);
  }

  @Override
  String text(int row) {
    return values.get(row) ? "t" : "f";
  }

  @Override
  public boolean getBoolean(int row) {
    return values.get(row);
  }

  private int number(int row, String wanted) throws SQLException {
    if (!type.booleansAreNumbers()) {
      throw outOfRange(wanted, text(row));
    }
    return values.get(row) ? 1 : 0;
  }

  @Override
  public byte getByte(int row) throws SQLException {
    return (byte) number(row, "byte");
  }

  @Override
  public short getShort(int row) throws SQLException {
    return (short) number(row, "short");
  }

  @Override
  public int getInt(int row) throws SQLException {
    return number(row, "int");
  }

  @Override
  public long getLong(int row) throws SQLException {
    return number(row, "long");
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return number(row, "float");
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return number(row, "double");
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    return BigDecimal.valueOf(number(row, "BigDecimal"));
  }
}
