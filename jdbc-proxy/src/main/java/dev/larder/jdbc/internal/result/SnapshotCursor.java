package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.SnapshotArray;
import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.DriverFallback;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.HandedOverColumn;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.Unanswerable;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
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
import java.sql.SQLTransientException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read-only cursor over a snapshot, which answers as the driver would. For one thread, as a
 * ResultSet is; any number of cursors may share a snapshot.
 */
public class SnapshotCursor extends ReadOnlyResultSet implements DriverFallback {

  /** What a cursor is of: is told of its first close, and may be able to ask its query again. */
  @FunctionalInterface
  public interface Listener {
    void cursorClosed();

    /**
     * Runs the query again on the database, because only the driver's own result can answer.
     *
     * @param cursor whose query it is
     * @param what was asked of it, for {@code explain}
     * @return the driver's result, before its first row
     */
    default ResultSet askAgain(SnapshotCursor cursor, String what) throws SQLException {
      throw new SQLException("A result from memory cannot answer " + what, "0A000");
    }
  }

  private static final int NOBODY_SET_ANOTHER = -1;

  private final Snapshot snapshot;
  private final DriverBehavior behavior;
  private final Column[] columns;
  private final int rows;
  private final @Nullable Statement owner;
  private final int type;
  private final Listener listener;
  private final int fetchSizeAsked;
  private int fetchSize = NOBODY_SET_ANOTHER;
  private int fetchDirection;
  private int at = -1;
  private boolean wasNull;
  private boolean closed;

  /** The driver's own result, once it answers every call; {@code at} is off the rows then. */
  private @Nullable ResultSet live;

  /**
   * A cursor before the first row.
   *
   * @param owner what {@link #getStatement} behavior; null for none
   * @param type {@link ResultSet#TYPE_FORWARD_ONLY} or {@link ResultSet#TYPE_SCROLL_INSENSITIVE}
   * @param fetchSize what the application set on the statement; 0 for nothing
   * @param listener is told once, at the first close
   */
  public SnapshotCursor(
      Snapshot snapshot, @Nullable Statement owner, int type, int fetchSize, Listener listener) {
    this.snapshot = snapshot;
    this.behavior = snapshot.behavior;
    this.rows = snapshot.rows();
    this.owner = owner;
    this.type = type;
    this.fetchSizeAsked = fetchSize;
    this.fetchDirection = behavior.fetchDirection();
    this.listener = listener;
    this.columns = behavior.columns(snapshot.columns, this);
  }

  private Column at(int index) throws SQLException {
    int column = index - 1;
    if (column >= 0 && column < columns.length && at >= 0 && at < rows) {
      if (!closed || behavior.answersWhenClosed()) {
        return columns[column];
      }
    }
    if (live != null || !behavior.isProven()) {
      return new HandedOverColumn(this, index, null, Gaps.NONE);
    }
    throw behavior.rejected(closed, at >= 0 && at < rows, index, columns.length);
  }

  @Override
  public ResultSet handOver(String what) throws SQLException {
    ResultSet known = live;
    if (known != null) {
      return known;
    }
    ResultSet own = listener.askAgain(this, what);
    try {
      follow(own);
      if (closed) {
        own.close();
      }
    } catch (SQLException | RuntimeException e) {
      own.close();
      throw e;
    }
    live = own;
    at = rows;
    return own;
  }

  /** The driver's result where it answers: it has been handed over to, or nobody knows it. */
  private @Nullable ResultSet driver(String what) throws SQLException {
    return live == null && !behavior.isProven() ? handOver(what) : live;
  }

  /** Moves the driver's result as this one has moved, if the rows on the way are the same. */
  private void follow(ResultSet own) throws SQLException {
    for (int row = 0; row <= at; row++) {
      boolean isRow = own.next();
      if (isRow != (row < rows) || (isRow && !isRow(own, row))) {
        // What was read of the rows before and what would be read of those to come is no one state.
        throw new SQLTransientException(
            "The rows changed while their result was read; read them again", "40001");
      }
    }
  }

  private boolean isRow(ResultSet own, int row) throws SQLException {
    for (int i = 0; i < columns.length; i++) {
      if (!isValue(own, i, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean isValue(ResultSet own, int index, int row) throws SQLException {
    Column column = snapshot.columns[index];
    if (column.isNull(row)) {
      return own.getObject(index + 1) == null;
    }
    try {
      return isAnswer(own, index + 1, column, row);
    } catch (Unanswerable e) {
      return column.isValueOf(own, index + 1, row);
    }
  }

  private static boolean isAnswer(ResultSet own, int index, Column column, int row)
      throws SQLException {
    try {
      Object theirs = own.getObject(index);
      if (theirs instanceof Blob) {
        return Arrays.equals(column.getBytes(row), own.getBytes(index));
      } else if (Objects.deepEquals(elements(theirs), elements(column.getObject(row)))) {
        return true;
      }
    } catch (SQLException | RuntimeException e) {
      // A value of which the driver makes no object, as H2 of a DECFLOAT that is no number, and
      // MariaDB's, by an IllegalArgumentException, of the year 0.
    }
    // The same value may be another object: a Clob, and a time of 24:00 as it was transferred.
    return column.getString(row).equals(own.getString(index));
  }

  private static @Nullable Object elements(@Nullable Object value) throws SQLException {
    return value instanceof Array array ? array.getArray() : value;
  }

  @Override
  public void wasNull(boolean wasNull) {
    this.wasNull = wasNull;
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
      throw behavior.closed();
    }
  }

  /** For what some drivers still answer after close. */
  private void checkOpenUnlessLenient() throws SQLException {
    if (closed && !behavior.answersWhenClosed()) {
      throw behavior.closed();
    }
  }

  @Override
  void refuse(RowMethod method) throws SQLException {
    ResultSet own = driver(method.signature());
    if (own == null) {
      behavior.refuse(method, closed);
    } else {
      method.on(own);
    }
  }

  @Override
  void refuse(UpdateMethod method, ColumnBy by) throws SQLException {
    behavior.refuse(method, by, closed);
  }

  @Override
  public boolean next() throws SQLException {
    checkOpenUnlessLenient();
    if (at < rows && ++at < rows) {
      return true;
    }
    ResultSet own = live;
    return own != null && own.next();
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      ResultSet own = live;
      if (own != null) {
        own.close();
      }
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
      ResultSet own = driver("a label that it does not have");
      if (own != null && columnLabel != null) {
        return own.findColumn(columnLabel);
      }
      throw behavior.noColumn(columnLabel);
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
    return column == null ? null : owned(column.getObject(at));
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
    if (value == null && column != null && behavior.countsNoTimestampAsNull()) {
      wasNull = true;
    }
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
    // Some drivers refuse it whatever the value.
    Column column = behavior.isProven() ? valueAt(columnIndex) : anyAt(columnIndex);
    return column == null ? null : owned(column.getArray(at));
  }

  /** An array asks the driver for its rows, by the statement that this result is of. */
  private <T> @Nullable T owned(@Nullable T value) {
    if (value instanceof SnapshotArray array) {
      array.of(owner);
    }
    return value;
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
    return owned(anyAt(columnIndex).getObject(at, map == null ? Map.of() : map));
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, @Nullable Class<T> type) throws SQLException {
    return owned(anyAt(columnIndex).getObject(at, type, owner));
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
    ResultSet own = live;
    return own == null ? null : own.getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpenUnlessLenient();
    ResultSet own = live;
    if (own != null) {
      own.clearWarnings();
    }
  }

  @Override
  public @Nullable String getCursorName() throws SQLException {
    checkOpenUnlessLenient();
    ResultSet own = driver("getCursorName()");
    return own == null ? behavior.cursorName() : own.getCursorName();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpenUnlessLenient();
    return new CursorMetaData(snapshot.metaData, this, behavior);
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    ResultSet own = driver("isBeforeFirst()");
    return own == null ? at < 0 && rows > 0 : own.isBeforeFirst();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    ResultSet own = driver("isAfterLast()");
    return own == null ? at >= rows && rows > 0 : own.isAfterLast();
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    ResultSet own = driver("isFirst()");
    return own == null ? at == 0 && rows > 0 : own.isFirst();
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    ResultSet own = driver("isLast()");
    return own == null ? at == rows - 1 && rows > 0 : own.isLast();
  }

  private boolean move(Move move, int argument) throws SQLException {
    checkOpen();
    ResultSet own = driver("a move that is not next()");
    if (own != null) {
      return move.on(own, argument);
    }
    at = behavior.moved(move, argument, at, rows, type == ResultSet.TYPE_FORWARD_ONLY);
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
    ResultSet own = driver("getRow()");
    return own != null ? own.getRow() : at >= 0 && at < rows ? at + 1 : 0;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpenUnlessLenient();
    ResultSet own = driver("setFetchDirection(int)");
    if (own != null) {
      own.setFetchDirection(direction);
      return;
    }
    fetchDirection =
        behavior.fetchDirection(direction, fetchDirection, type == ResultSet.TYPE_FORWARD_ONLY);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpenUnlessLenient();
    ResultSet own = driver("getFetchDirection()");
    return own == null ? fetchDirection : own.getFetchDirection();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    ResultSet own = driver("setFetchSize(int)");
    if (own != null) {
      own.setFetchSize(rows);
      return;
    }
    fetchSize = behavior.fetchSize(rows);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    ResultSet own = driver("getFetchSize()");
    if (own != null) {
      return own.getFetchSize();
    }
    return fetchSize == NOBODY_SET_ANOTHER
        ? behavior.fetchSizeAtFirst(fetchSizeAsked, owner)
        : fetchSize;
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
    ResultSet own = driver("rowUpdated()");
    return own == null ? behavior.rowChanged(closed) : own.rowUpdated();
  }

  @Override
  public boolean rowInserted() throws SQLException {
    ResultSet own = driver("rowInserted()");
    return own == null ? behavior.rowChanged(closed) : own.rowInserted();
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    ResultSet own = driver("rowDeleted()");
    return own == null ? behavior.rowChanged(closed) : own.rowDeleted();
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpenUnlessLenient();
    return owner;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpenUnlessLenient();
    ResultSet own = driver("getHoldability()");
    return own == null ? behavior.holdability() : own.getHoldability();
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    return handOver("unwrap(" + iface.getSimpleName() + ")").unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return true;
    }
    Class<?> own = behavior.resultClass();
    return own == null
        ? handOver("isWrapperFor(" + iface.getSimpleName() + ")").isWrapperFor(iface)
        : iface.isAssignableFrom(own);
  }
}
