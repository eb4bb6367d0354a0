package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.column.Values;
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
 * A column as one cursor sees it, of whose getters some or all are the driver's to answer: what the
 * captured column leaves unanswered makes the cursor hand over to the driver's own result. For one
 * thread, as its cursor is.
 */
public final class HandedOverColumn extends Column {

  /** The driver's values say themselves whether they are NULL. */
  private static final Values UNKNOWN = new ObjectValues<>();

  private final DriverFallback cursor;
  private final int index;
  private final @Nullable Column captured;
  private final Gaps gaps;

  private interface Getter<R, T> {
    @Nullable T get(R from) throws SQLException;
  }

  /**
   * @param captured what answers as long as it can; null where only the driver does
   * @param gaps what is left to the driver although the captured column has an answer
   */
  public HandedOverColumn(DriverFallback cursor, int index, @Nullable Column captured, Gaps gaps) {
    super(captured == null ? UNKNOWN : captured.values());
    this.cursor = cursor;
    this.index = index;
    this.captured = captured;
    this.gaps = gaps;
  }

  private <T> T answer(Getter<Column, T> memory, Getter<ResultSet, T> driver) throws SQLException {
    return answer(memory, driver, false);
  }

  @SuppressWarnings("NullAway") // null stands for NULL, says JDBC
  private <T> T answer(Getter<Column, T> memory, Getter<ResultSet, T> driver, boolean isGap)
      throws SQLException {
    if (captured != null && !isGap) {
      try {
        return memory.get(captured);
      } catch (Unanswerable e) {
        // Below.
      }
    }
    ResultSet own = cursor.handOver("a getter that is not the same with every driver");
    T value = driver.get(own);
    cursor.wasNull(own.wasNull());
    return value;
  }

  @Override
  public String getString(int row) throws SQLException {
    return answer(column -> column.getString(row), live -> live.getString(index));
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    return answer(column -> column.getBoolean(row), live -> live.getBoolean(index));
  }

  @Override
  public byte getByte(int row) throws SQLException {
    return answer(column -> column.getByte(row), live -> live.getByte(index));
  }

  @Override
  public short getShort(int row) throws SQLException {
    return answer(column -> column.getShort(row), live -> live.getShort(index));
  }

  @Override
  public int getInt(int row) throws SQLException {
    return answer(column -> column.getInt(row), live -> live.getInt(index));
  }

  @Override
  public long getLong(int row) throws SQLException {
    return answer(column -> column.getLong(row), live -> live.getLong(index));
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return answer(column -> column.getFloat(row), live -> live.getFloat(index));
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return answer(column -> column.getDouble(row), live -> live.getDouble(index));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row) throws SQLException {
    return answer(column -> column.getBigDecimal(row), live -> live.getBigDecimal(index));
  }

  @Override
  public byte @Nullable [] getBytes(int row) throws SQLException {
    return answer(column -> column.getBytes(row), live -> live.getBytes(index));
  }

  @Override
  public @Nullable Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    return answer(
        column -> column.getDate(row, calendar),
        live -> calendar == null ? live.getDate(index) : live.getDate(index, calendar));
  }

  @Override
  public @Nullable Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    return answer(
        column -> column.getTime(row, calendar),
        live -> calendar == null ? live.getTime(index) : live.getTime(index, calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int row, @Nullable Calendar calendar)
      throws SQLException {
    return answer(
        column -> column.getTimestamp(row, calendar),
        live -> calendar == null ? live.getTimestamp(index) : live.getTimestamp(index, calendar));
  }

  @Override
  public @Nullable Object getObject(int row) throws SQLException {
    return answer(column -> column.getObject(row), live -> live.getObject(index));
  }

  @Override
  public @Nullable InputStream getAsciiStream(int row) throws SQLException {
    return answer(column -> column.getAsciiStream(row), live -> live.getAsciiStream(index));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int row) throws SQLException {
    return answer(column -> column.getBinaryStream(row), live -> live.getBinaryStream(index));
  }

  @Override
  public @Nullable Reader getCharacterStream(int row) throws SQLException {
    return answer(column -> column.getCharacterStream(row), live -> live.getCharacterStream(index));
  }

  @Override
  public @Nullable Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    return answer(column -> column.getBlob(row, owner), live -> live.getBlob(index));
  }

  @Override
  public @Nullable Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    return answer(column -> column.getClob(row, owner), live -> live.getClob(index));
  }

  @Override
  public @Nullable Array getArray(int row) throws SQLException {
    return answer(column -> column.getArray(row), live -> live.getArray(index));
  }

  @Override
  @SuppressWarnings("deprecation")
  public @Nullable InputStream getUnicodeStream(int row) throws SQLException {
    return answer(column -> column.getUnicodeStream(row), live -> live.getUnicodeStream(index));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int row) throws SQLException {
    return answer(
        column -> column.getNCharacterStream(row), live -> live.getNCharacterStream(index));
  }

  @Override
  @SuppressWarnings("deprecation")
  public @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    return answer(
        column -> column.getBigDecimal(row, scale),
        live -> live.getBigDecimal(index, scale),
        gaps.decimalOfScale());
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    return answer(column -> column.getObject(row, map), live -> live.getObject(index, map));
  }

  @Override
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    return answer(
        column -> column.getObject(row, type, owner),
        live -> live.getObject(index, type),
        type != null && gaps.classes().contains(type));
  }

  @Override
  public @Nullable NClob getNClob(int row) throws SQLException {
    return answer(column -> column.getNClob(row), live -> live.getNClob(index));
  }

  @Override
  public @Nullable String getNString(int row) throws SQLException {
    return answer(column -> column.getNString(row), live -> live.getNString(index));
  }

  @Override
  public @Nullable SQLXML getSQLXML(int row) throws SQLException {
    return answer(column -> column.getSQLXML(row), live -> live.getSQLXML(index), gaps.xml());
  }

  @Override
  public @Nullable URL getURL(int row) throws SQLException {
    return answer(column -> column.getURL(row), live -> live.getURL(index));
  }

  @Override
  public @Nullable Ref getRef(int row) throws SQLException {
    return answer(column -> column.getRef(row), live -> live.getRef(index));
  }

  @Override
  public @Nullable RowId getRowId(int row) throws SQLException {
    return answer(column -> column.getRowId(row), live -> live.getRowId(index));
  }
}
