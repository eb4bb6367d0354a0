package dev.larder.jdbc.internal.result.driver.standard;

import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.driver.PartialColumn;
import dev.larder.jdbc.internal.result.driver.Unanswerable;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A captured column of a plain type. It answers the getter of its type and those whose answer does
 * not differ among drivers; every other is {@link Unanswerable}. Immutable and thread-safe.
 */
final class StandardColumn extends PartialColumn {

  private final ObjectValues<Object> values;
  private final @Nullable Class<?> kind;
  private final int agreed;

  /**
   * @param kind the class that every value is of; null where there is none
   * @param agreed the getters that answered the same when they were asked, as {@link
   *     StandardReader} marks them
   */
  StandardColumn(ObjectValues<Object> values, @Nullable Class<?> kind, int agreed) {
    super(values);
    this.values = values;
    this.kind = kind;
    this.agreed = agreed;
  }

  @Override
  public String getString(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof String || has(StandardReader.STRING)) {
      return StandardReader.text(value);
    }
    throw new Unanswerable();
  }

  private boolean has(int getter) {
    return (agreed & getter) != 0;
  }

  /** A whole number within these bounds. */
  private long whole(int row, long least, long most) throws SQLException {
    Object value = values.get(row);
    if (StandardReader.isWhole(value)) {
      long number = ((Number) value).longValue();
      if (number >= least && number <= most) {
        return number;
      }
    } else if (value instanceof BigDecimal decimal && has(StandardReader.WHOLE)) {
      // It agreed, so it is whole and in the range of an int.
      long number = decimal.longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new Unanswerable();
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof Boolean known) {
      return known;
    } else if (has(StandardReader.BOOLEAN)) {
      return ((Number) value).longValue() != 0;
    }
    throw new Unanswerable();
  }

  @Override
  public byte getByte(int row) throws SQLException {
    if (values.get(row) instanceof BigDecimal) {
      throw new Unanswerable();
    }
    return (byte) whole(row, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public short getShort(int row) throws SQLException {
    if (values.get(row) instanceof BigDecimal) {
      throw new Unanswerable();
    }
    return (short) whole(row, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public int getInt(int row) throws SQLException {
    return (int) whole(row, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public long getLong(int row) throws SQLException {
    return whole(row, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public float getFloat(int row) throws SQLException {
    if (values.get(row) instanceof Float value) {
      return value;
    }
    throw new Unanswerable();
  }

  @Override
  public double getDouble(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof Double || has(StandardReader.DOUBLE)) {
      return ((Number) value).doubleValue();
    }
    throw new Unanswerable();
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return BigDecimal.valueOf(whole(row, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  @Override
  public Object getObject(int row) {
    return values.get(row);
  }

  @Override
  public Reader getCharacterStream(int row) throws SQLException {
    if (values.get(row) instanceof String value) {
      return new StringReader(value);
    }
    throw new Unanswerable();
  }

  @Override
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    if (type == null || type != kind) {
      throw new Unanswerable();
    }
    if (isNull(row)) {
      return null;
    }
    return type.cast(values.get(row));
  }
}
