package dev.larder.jdbc.internal.result;

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
 * A captured column of a plain type. It answers the getter of its type and those whose answer
 * cannot differ; every other is refused. Immutable and thread-safe.
 */
final class StandardColumn extends Column {

  private final ObjectValues<Object> values;

  StandardColumn(ObjectValues<Object> values) {
    super(values);
    this.values = values;
  }

  @Override
  String getString(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof String || isWhole(value)) {
      return value.toString();
    }
    throw StandardAnswers.unsupported("getString");
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  private long whole(int row, long least, long most, String getter) throws SQLException {
    Object value = values.get(row);
    if (isWhole(value)) {
      long number = ((Number) value).longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw StandardAnswers.unsupported(getter);
  }

  @Override
  boolean getBoolean(int row) throws SQLException {
    if (values.get(row) instanceof Boolean value) {
      return value;
    }
    throw StandardAnswers.unsupported("getBoolean");
  }

  @Override
  byte getByte(int row) throws SQLException {
    return (byte) whole(row, Byte.MIN_VALUE, Byte.MAX_VALUE, "getByte");
  }

  @Override
  short getShort(int row) throws SQLException {
    return (short) whole(row, Short.MIN_VALUE, Short.MAX_VALUE, "getShort");
  }

  @Override
  int getInt(int row) throws SQLException {
    return (int) whole(row, Integer.MIN_VALUE, Integer.MAX_VALUE, "getInt");
  }

  @Override
  long getLong(int row) throws SQLException {
    return whole(row, Long.MIN_VALUE, Long.MAX_VALUE, "getLong");
  }

  @Override
  float getFloat(int row) throws SQLException {
    if (values.get(row) instanceof Float value) {
      return value;
    }
    throw StandardAnswers.unsupported("getFloat");
  }

  @Override
  double getDouble(int row) throws SQLException {
    if (values.get(row) instanceof Double value) {
      return value;
    }
    throw StandardAnswers.unsupported("getDouble");
  }

  @Override
  BigDecimal getBigDecimal(int row) throws SQLException {
    Object value = values.get(row);
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return BigDecimal.valueOf(whole(row, Long.MIN_VALUE, Long.MAX_VALUE, "getBigDecimal"));
  }

  @Override
  BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    throw StandardAnswers.unsupported("getBigDecimal with a scale");
  }

  @Override
  byte[] getBytes(int row) throws SQLException {
    throw StandardAnswers.unsupported("getBytes");
  }

  @Override
  Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    throw StandardAnswers.unsupported("getDate");
  }

  @Override
  Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    throw StandardAnswers.unsupported("getTime");
  }

  @Override
  Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    throw StandardAnswers.unsupported("getTimestamp");
  }

  @Override
  Object getObject(int row) {
    return values.get(row);
  }

  @Override
  InputStream getAsciiStream(int row) throws SQLException {
    throw StandardAnswers.unsupported("getAsciiStream");
  }

  @Override
  InputStream getUnicodeStream(int row) throws SQLException {
    throw StandardAnswers.unsupported("getUnicodeStream");
  }

  @Override
  InputStream getBinaryStream(int row) throws SQLException {
    throw StandardAnswers.unsupported("getBinaryStream");
  }

  @Override
  Reader getCharacterStream(int row) throws SQLException {
    if (values.get(row) instanceof String value) {
      return new StringReader(value);
    }
    throw StandardAnswers.unsupported("getCharacterStream");
  }

  @Override
  Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    throw StandardAnswers.unsupported("getBlob");
  }

  @Override
  Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    throw StandardAnswers.unsupported("getClob");
  }

  @Override
  Array getArray(int row) throws SQLException {
    throw StandardAnswers.unsupported("getArray");
  }

  @Override
  Reader getNCharacterStream(int row) throws SQLException {
    throw StandardAnswers.unsupported("getNCharacterStream");
  }

  @Override
  @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    if (!map.isEmpty()) {
      throw StandardAnswers.unsupported("getObject with a map");
    }
    return isNull(row) ? null : values.get(row);
  }

  @Override
  <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    if (type != null && isNull(row)) {
      return null;
    }
    if (type == null || !type.isInstance(values.get(row))) {
      throw StandardAnswers.unsupported("getObject with this class");
    }
    return type.cast(values.get(row));
  }

  @Override
  NClob getNClob(int row) throws SQLException {
    throw StandardAnswers.unsupported("getNClob");
  }

  @Override
  String getNString(int row) throws SQLException {
    throw StandardAnswers.unsupported("getNString");
  }

  @Override
  SQLXML getSQLXML(int row) throws SQLException {
    throw StandardAnswers.unsupported("getSQLXML");
  }

  @Override
  URL getURL(int row) throws SQLException {
    throw StandardAnswers.unsupported("getURL");
  }

  @Override
  Ref getRef(int row) throws SQLException {
    throw StandardAnswers.unsupported("getRef");
  }

  @Override
  RowId getRowId(int row) throws SQLException {
    throw StandardAnswers.unsupported("getRowId");
  }
}
