package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
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
 * One captured column: its values, and every getter's answer as its driver gives it. Immutable and
 * thread-safe once captured.
 *
 * <p>The getters down to {@link #getArray} are asked for rows that are not NULL; the ones after it
 * for any row, as some drivers refuse them whatever the value.
 */
public abstract class Column {

  /** A column of two or three fields. */
  private static final long OBJECT = HeapSize.object(3 * HeapSize.REFERENCE);

  private final Values values;

  protected Column(Values values) {
    this.values = values;
  }

  public final Values values() {
    return values;
  }

  public final boolean isNull(int row) {
    return values.isNull(row);
  }

  /** Whether a row of the driver's has the value of this row, where no getter here tells. */
  public boolean isValueOf(ResultSet live, int index, int row) {
    return false;
  }

  /** The column taken apart; null where not everything in it can be told in another JVM. */
  public @Nullable Portable portable() {
    return null;
  }

  /** The memory held, in bytes. */
  public long bytes() {
    return OBJECT + values.bytes();
  }

  public abstract String getString(int row) throws SQLException;

  public abstract boolean getBoolean(int row) throws SQLException;

  public abstract byte getByte(int row) throws SQLException;

  public abstract short getShort(int row) throws SQLException;

  public abstract int getInt(int row) throws SQLException;

  public abstract long getLong(int row) throws SQLException;

  public abstract float getFloat(int row) throws SQLException;

  public abstract double getDouble(int row) throws SQLException;

  public abstract @Nullable BigDecimal getBigDecimal(int row) throws SQLException;

  public abstract byte @Nullable [] getBytes(int row) throws SQLException;

  public abstract @Nullable Date getDate(int row, @Nullable Calendar calendar) throws SQLException;

  public abstract @Nullable Time getTime(int row, @Nullable Calendar calendar) throws SQLException;

  public abstract @Nullable Timestamp getTimestamp(int row, @Nullable Calendar calendar)
      throws SQLException;

  public abstract @Nullable Object getObject(int row) throws SQLException;

  public abstract @Nullable InputStream getAsciiStream(int row) throws SQLException;

  public abstract @Nullable InputStream getBinaryStream(int row) throws SQLException;

  public abstract @Nullable Reader getCharacterStream(int row) throws SQLException;

  public abstract @Nullable Blob getBlob(int row, @Nullable Statement owner) throws SQLException;

  public abstract @Nullable Clob getClob(int row, @Nullable Statement owner) throws SQLException;

  public abstract @Nullable Array getArray(int row) throws SQLException;

  public abstract @Nullable InputStream getUnicodeStream(int row) throws SQLException;

  public abstract @Nullable Reader getNCharacterStream(int row) throws SQLException;

  public abstract @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException;

  public abstract @Nullable Object getObject(int row, Map<String, Class<?>> map)
      throws SQLException;

  public abstract <T> @Nullable T getObject(
      int row, @Nullable Class<T> type, @Nullable Statement owner) throws SQLException;

  public abstract @Nullable NClob getNClob(int row) throws SQLException;

  public abstract @Nullable String getNString(int row) throws SQLException;

  public abstract @Nullable SQLXML getSQLXML(int row) throws SQLException;

  public abstract @Nullable URL getURL(int row) throws SQLException;

  public abstract @Nullable Ref getRef(int row) throws SQLException;

  public abstract @Nullable RowId getRowId(int row) throws SQLException;
}
