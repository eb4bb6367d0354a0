package dev.larder.jdbc.internal.result.driver.standard;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.driver.Unanswerable;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A captured column of a plain type. It answers the getter of its type and those whose answer does
 * not differ among drivers; every other is {@link Unanswerable}. Immutable and thread-safe.
 */
final class StandardColumn extends Column {

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
  public BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public byte[] getBytes(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Object getObject(int row) {
    return values.get(row);
  }

  @Override
  public InputStream getAsciiStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public InputStream getUnicodeStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public InputStream getBinaryStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Reader getCharacterStream(int row) throws SQLException {
    if (values.get(row) instanceof String value) {
      return new StringReader(value);
    }
    throw new Unanswerable();
  }

  @Override
  public Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Array getArray(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Reader getNCharacterStream(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
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

  @Override
  public NClob getNClob(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public String getNString(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public SQLXML getSQLXML(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public URL getURL(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public Ref getRef(int row) throws SQLException {
    throw new Unanswerable();
  }

  @Override
  public RowId getRowId(int row) throws SQLException {
    throw new Unanswerable();
  }
}
