package dev.larder.jdbc.internal.ask;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of an answer of Larder's own: texts, whole numbers, real numbers or flags, read as JDBC
 * lets each be read. Immutable and thread-safe.
 */
final class AnswerColumn extends Column {

  private final ObjectValues<Object> values;

  AnswerColumn(ObjectValues<Object> values) {
    super(values);
    this.values = values;
  }

  private static SQLException unreadable(Object value, String as) {
    String kind = value.getClass().getSimpleName();
    return new SQLException("A value of type " + kind + " cannot be read as " + as, "22018");
  }

  private static SQLException unsupported(String as) {
    return new SQLFeatureNotSupportedException("No value here is " + as, "0A000");
  }

  @Override
  public String getString(int row) {
    return values.get(row).toString();
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof Boolean flag) {
      return flag;
    }
    return decimal(row, "boolean").signum() != 0;
  }

  /** The value as a number: 1 for true and 0 for false. */
  private BigDecimal decimal(int row, String as) throws SQLException {
    Object value = values.get(row);
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    } else if (value instanceof Double number) {
      return BigDecimal.valueOf(number);
    } else if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    try {
      return new BigDecimal(value.toString().strip());
    } catch (NumberFormatException e) {
      throw unreadable(value, as);
    }
  }

  private long whole(int row, long least, long most, String as) throws SQLException {
    BigDecimal number = decimal(row, as).setScale(0, RoundingMode.DOWN);
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new SQLException(number + " is out of the range of " + as, "22003");
    }
    return number.longValue();
  }

  @Override
  public byte getByte(int row) throws SQLException {
    return (byte) whole(row, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public short getShort(int row) throws SQLException {
    return (short) whole(row, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public int getInt(int row) throws SQLException {
    return (int) whole(row, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public long getLong(int row) throws SQLException {
    return whole(row, Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return decimal(row, "float").floatValue();
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return decimal(row, "double").doubleValue();
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    return decimal(row, "BigDecimal");
  }

  @Override
  public byte[] getBytes(int row) throws SQLException {
    throw unreadable(values.get(row), "bytes");
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    throw unreadable(values.get(row), "a date");
  }

  @Override
  public Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    throw unreadable(values.get(row), "a time");
  }

  @Override
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    throw unreadable(values.get(row), "a timestamp");
  }

  @Override
  public Object getObject(int row) {
    return values.get(row);
  }

  @Override
  public InputStream getAsciiStream(int row) throws SQLException {
    throw unsupported("a stream");
  }

  @Override
  public InputStream getBinaryStream(int row) throws SQLException {
    throw unsupported("a stream");
  }

  @Override
  public Reader getCharacterStream(int row) {
    return new StringReader(getString(row));
  }

  @Override
  public Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    throw unsupported("a Blob");
  }

  @Override
  public Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    throw unsupported("a Clob");
  }

  @Override
  public Array getArray(int row) throws SQLException {
    throw unsupported("an array");
  }

  // Of any row, NULL or not.

  @Override
  public InputStream getUnicodeStream(int row) throws SQLException {
    throw unsupported("a stream");
  }

  @Override
  public @Nullable Reader getNCharacterStream(int row) {
    return isNull(row) ? null : getCharacterStream(row);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    return isNull(row) ? null : getBigDecimal(row).setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) {
    return isNull(row) ? null : getObject(row);
  }

  @Override
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    if (type == null) {
      throw new SQLException("No type was given", "22023");
    }
    if (isNull(row)) {
      return null;
    }
    Object value = values.get(row);
    return type.isInstance(value) ? type.cast(value) : type.cast(converted(row, type));
  }

  private Object converted(int row, Class<?> type) throws SQLException {
    if (type == String.class) {
      return getString(row);
    } else if (type == Long.class) {
      return getLong(row);
    } else if (type == Integer.class) {
      return getInt(row);
    } else if (type == Short.class) {
      return getShort(row);
    } else if (type == Byte.class) {
      return getByte(row);
    } else if (type == Double.class) {
      return getDouble(row);
    } else if (type == Float.class) {
      return getFloat(row);
    } else if (type == Boolean.class) {
      return getBoolean(row);
    } else if (type == BigDecimal.class) {
      return getBigDecimal(row);
    } else if (type == BigInteger.class) {
      return getBigDecimal(row).toBigInteger();
    }
    throw unreadable(values.get(row), type.getSimpleName());
  }

  @Override
  public NClob getNClob(int row) throws SQLException {
    throw unsupported("an NClob");
  }

  @Override
  public @Nullable String getNString(int row) {
    return isNull(row) ? null : getString(row);
  }

  @Override
  public SQLXML getSQLXML(int row) throws SQLException {
    throw unsupported("XML");
  }

  @Override
  public URL getURL(int row) throws SQLException {
    throw unsupported("a URL");
  }

  @Override
  public Ref getRef(int row) throws SQLException {
    throw unsupported("a reference");
  }

  @Override
  public RowId getRowId(int row) throws SQLException {
    throw unsupported("a row's id");
  }
}
