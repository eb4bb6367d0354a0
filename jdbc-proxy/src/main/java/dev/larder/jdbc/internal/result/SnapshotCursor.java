package dev.larder.jdbc.internal.result;

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
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only cursor over a snapshot, which answers as the driver would. For one thread, as a
 * ResultSet is; any number of cursors may share a snapshot.
 */
public final class SnapshotCursor extends ReadOnlyResultSet {

  /** Is told of a cursor's first close. */
  @FunctionalInterface
  public interface Listener {
    void cursorClosed();
  }

  private final Snapshot snapshot;
  private final DriverAnswers answers;
  private final Column[] columns;
  private final int rows;
  private final @Nullable Statement owner;
  private final int type;
  private final Listener listener;
  private int fetchSize;
  private int fetchDirection;
  private int at = -1;
  private boolean wasNull;
  private boolean closed;

  /**
   * A cursor before the first row.
   *
   * @param owner what {@link #getStatement} answers; null for none
   * @param type {@link ResultSet#TYPE_FORWARD_ONLY} or {@link ResultSet#TYPE_SCROLL_INSENSITIVE}
   * @param fetchSize what {@link #getFetchSize} answers at first
   * @param listener is told once, at the first close
   */
  public SnapshotCursor(
      Snapshot snapshot, @Nullable Statement owner, int type, int fetchSize, Listener listener) {
    this.snapshot = snapshot;
    this.answers = snapshot.answers;
    this.columns = snapshot.columns;
    this.rows = snapshot.rows();
    this.owner = owner;
    this.type = type;
    this.fetchSize = fetchSize;
    this.fetchDirection = answers.fetchDirection();
    this.listener = listener;
  }

  private Column at(int index) throws SQLException {
    int column = index - 1;
    if (column >= 0 && column < columns.length && at >= 0 && at < rows) {
      if (!closed || answers.answersWhenClosed()) {
        return columns[column];
      }
    }
    throw answers.rejected(closed, at >= 0 && at < rows, index, columns.length);
  }

  /** The column, if the row has a value there. */
  private @Nullable Column valueAt(int index) throws SQLException {
    Column column = at(index);
    boolean missing = column.isNull(at);
    wasNull = missing;
    return missing ? null : column;
  }

  void checkOpen() throws SQLException {
    if (closed) {
      throw answers.closed();
    }
  }

  /** For what some drivers still answer after close. */
  private void checkOpenUnlessLenient() throws SQLException {
    if (closed && !answers.answersWhenClosed()) {
      throw answers.closed();
    }
  }

  @Override
  void readOnly(String method) throws SQLException {
    answers.readOnly(method, closed);
  }

  @Override
  public boolean next() throws SQLException {
    checkOpenUnlessLenient();
    if (at < rows) {
      at++;
    }
    return at < rows;
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      listener.cursorClosed();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpenUnlessLenient();
    return wasNull;
  }

  @Override
  public int findColumn(@Nullable String columnLabel) throws SQLException {
    checkOpenUnlessLenient();
    int column = columnLabel == null ? 0 : snapshot.metaData.labels().find(columnLabel);
    if (column == 0) {
      throw answers.noColumn(columnLabel);
    }
    return column;
  }

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getString(at);
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column != null && column.getBoolean(at);
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getByte(at);
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getShort(at);
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getInt(at);
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getLong(at);
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getFloat(at);
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? 0 : column.getDouble(at);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    return anyAt(columnIndex).getBigDecimal(at, scale);
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getBytes(at);
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    return getDate(columnIndex, null);
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    return getTime(columnIndex, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    return getTimestamp(columnIndex, null);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getAsciiStream(at);
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int columnIndex) throws SQLException {
    Column column = at(columnIndex);
    wasNull = column.isNull(at);
    return column.getUnicodeStream(at);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getBinaryStream(at);
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getObject(at);
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getCharacterStream(at);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getBigDecimal(at);
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar cal) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getDate(at, cal);
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar cal) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getTime(at, cal);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar cal)
      throws SQLException {
    Column column = valueAt(columnIndex);
    Timestamp value = column == null ? null : column.getTimestamp(at, cal);
    // One driver reads the year zero as NULL; the others never answer null for a value.
    wasNull = value == null;
    return value;
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getBlob(at, owner);
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getClob(at, owner);
  }

  @Override
  public @Nullable Array getArray(int columnIndex) throws SQLException {
    Column column = valueAt(columnIndex);
    return column == null ? null : column.getArray(at);
  }

  /** The column for a getter that decides about NULL itself. */
  private Column anyAt(int index) throws SQLException {
    Column column = at(index);
    wasNull = column.isNull(at);
    return column;
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getNCharacterStream(at);
  }

  @Override
  public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return anyAt(columnIndex).getObject(at, map == null ? Map.of() : map);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, @Nullable Class<T> type) throws SQLException {
    return anyAt(columnIndex).getObject(at, type, owner);
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getNClob(at);
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getNString(at);
  }

  @Override
  public @Nullable SQLXML getSQLXML(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getSQLXML(at);
  }

  @Override
  public @Nullable URL getURL(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getURL(at);
  }

  @Override
  public @Nullable Ref getRef(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getRef(at);
  }

  @Override
  public @Nullable RowId getRowId(int columnIndex) throws SQLException {
    return anyAt(columnIndex).getRowId(at);
  }

  @Override
  public @Nullable String getString(@Nullable String columnLabel) throws SQLException {
    return getString(findColumn(columnLabel));
  }

  @Override
  public boolean getBoolean(@Nullable String columnLabel) throws SQLException {
    return getBoolean(findColumn(columnLabel));
  }

  @Override
  public byte getByte(@Nullable String columnLabel) throws SQLException {
    return getByte(findColumn(columnLabel));
  }

  @Override
  public short getShort(@Nullable String columnLabel) throws SQLException {
    return getShort(findColumn(columnLabel));
  }

  @Override
  public int getInt(@Nullable String columnLabel) throws SQLException {
    return getInt(findColumn(columnLabel));
  }

  @Override
  public long getLong(@Nullable String columnLabel) throws SQLException {
    return getLong(findColumn(columnLabel));
  }

  @Override
  public float getFloat(@Nullable String columnLabel) throws SQLException {
    return getFloat(findColumn(columnLabel));
  }

  @Override
  public double getDouble(@Nullable String columnLabel) throws SQLException {
    return getDouble(findColumn(columnLabel));
  }

  @Override
  public byte @Nullable [] getBytes(@Nullable String columnLabel) throws SQLException {
    return getBytes(findColumn(columnLabel));
  }

  @Override
  public @Nullable Date getDate(@Nullable String columnLabel) throws SQLException {
    return getDate(findColumn(columnLabel));
  }

  @Override
  public @Nullable Time getTime(@Nullable String columnLabel) throws SQLException {
    return getTime(findColumn(columnLabel));
  }

  @Override
  public @Nullable Timestamp getTimestamp(@Nullable String columnLabel) throws SQLException {
    return getTimestamp(findColumn(columnLabel));
  }

  @Override
  public @Nullable InputStream getAsciiStream(@Nullable String columnLabel) throws SQLException {
    return getAsciiStream(findColumn(columnLabel));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(@Nullable String columnLabel) throws SQLException {
    return getUnicodeStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable InputStream getBinaryStream(@Nullable String columnLabel) throws SQLException {
    return getBinaryStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable Object getObject(@Nullable String columnLabel) throws SQLException {
    return getObject(findColumn(columnLabel));
  }

  @Override
  public @Nullable Reader getCharacterStream(@Nullable String columnLabel) throws SQLException {
    return getCharacterStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(@Nullable String columnLabel) throws SQLException {
    return getBigDecimal(findColumn(columnLabel));
  }

  @Override
  public @Nullable Blob getBlob(@Nullable String columnLabel) throws SQLException {
    return getBlob(findColumn(columnLabel));
  }

  @Override
  public @Nullable Clob getClob(@Nullable String columnLabel) throws SQLException {
    return getClob(findColumn(columnLabel));
  }

  @Override
  public @Nullable Array getArray(@Nullable String columnLabel) throws SQLException {
    return getArray(findColumn(columnLabel));
  }

  @Override
  public @Nullable Reader getNCharacterStream(@Nullable String columnLabel) throws SQLException {
    return getNCharacterStream(findColumn(columnLabel));
  }

  @Override
  public @Nullable NClob getNClob(@Nullable String columnLabel) throws SQLException {
    return getNClob(findColumn(columnLabel));
  }

  @Override
  public @Nullable String getNString(@Nullable String columnLabel) throws SQLException {
    return getNString(findColumn(columnLabel));
  }

  @Override
  public @Nullable SQLXML getSQLXML(@Nullable String columnLabel) throws SQLException {
    return getSQLXML(findColumn(columnLabel));
  }

  @Override
  public @Nullable URL getURL(@Nullable String columnLabel) throws SQLException {
    return getURL(findColumn(columnLabel));
  }

  @Override
  public @Nullable Ref getRef(@Nullable String columnLabel) throws SQLException {
    return getRef(findColumn(columnLabel));
  }

  @Override
  public @Nullable RowId getRowId(@Nullable String columnLabel) throws SQLException {
    return getRowId(findColumn(columnLabel));
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(@Nullable String columnLabel, int scale)
      throws SQLException {
    return getBigDecimal(findColumn(columnLabel), scale);
  }

  @Override
  public @Nullable Date getDate(@Nullable String columnLabel, @Nullable Calendar cal)
      throws SQLException {
    return getDate(findColumn(columnLabel), cal);
  }

  @Override
  public @Nullable Time getTime(@Nullable String columnLabel, @Nullable Calendar cal)
      throws SQLException {
    return getTime(findColumn(columnLabel), cal);
  }

  @Override
  public @Nullable Timestamp getTimestamp(@Nullable String columnLabel, @Nullable Calendar cal)
      throws SQLException {
    return getTimestamp(findColumn(columnLabel), cal);
  }

  @Override
  public @Nullable Object getObject(
      @Nullable String columnLabel, @Nullable Map<String, Class<?>> map) throws SQLException {
    return getObject(findColumn(columnLabel), map);
  }

  @Override
  public <T> @Nullable T getObject(@Nullable String columnLabel, @Nullable Class<T> type)
      throws SQLException {
    return getObject(findColumn(columnLabel), type);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpenUnlessLenient();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpenUnlessLenient();
  }

  @Override
  public @Nullable String getCursorName() throws SQLException {
    checkOpenUnlessLenient();
    return answers.cursorName();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpenUnlessLenient();
    return answers.metaData(snapshot.metaData, this);
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return at < 0 && rows > 0;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return at >= rows && rows > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return at == 0 && rows > 0;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    return at == rows - 1 && rows > 0;
  }

  private boolean move(Move move, int argument) throws SQLException {
    checkOpen();
    at = answers.moved(move, argument, at, rows, type == ResultSet.TYPE_FORWARD_ONLY);
    return at >= 0 && at < rows;
  }

  @Override
  public void beforeFirst() throws SQLException {
    move(Move.BEFORE_FIRST, 0);
  }

  @Override
  public void afterLast() throws SQLException {
    move(Move.AFTER_LAST, 0);
  }

  @Override
  public boolean first() throws SQLException {
    return move(Move.FIRST, 0);
  }

  @Override
  public boolean last() throws SQLException {
    return move(Move.LAST, 0);
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    return move(Move.ABSOLUTE, row);
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    return move(Move.RELATIVE, rows);
  }

  @Override
  public boolean previous() throws SQLException {
    return move(Move.PREVIOUS, 0);
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return at >= 0 && at < rows ? at + 1 : 0;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpenUnlessLenient();
    fetchDirection =
        answers.fetchDirection(direction, fetchDirection, type == ResultSet.TYPE_FORWARD_ONLY);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpenUnlessLenient();
    return fetchDirection;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    fetchSize = answers.fetchSize(rows);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public int getType() throws SQLException {
    checkOpenUnlessLenient();
    return type;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpenUnlessLenient();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    return answers.rowChanged(closed);
  }

  @Override
  public boolean rowInserted() throws SQLException {
    return answers.rowChanged(closed);
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    return answers.rowChanged(closed);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpenUnlessLenient();
    return owner;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpenUnlessLenient();
    return answers.holdability();
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    throw new SQLException("Not a wrapper for " + iface.getName(), "22023");
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) {
    return iface.isInstance(this);
  }
}
