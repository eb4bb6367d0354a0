package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.delegate.ResultSetDelegate;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A forward-only result whose first rows were already read from the driver: those are answered from
 * memory, the rest by the driver. For one thread, as a ResultSet is.
 */
final class ReplayedResult extends ResultSetDelegate {

  /** Where the live result stands when the rows in memory are used up. */
  enum Then {
    /** On the next row. */
    THIS_ROW,
    /** Behind its last row. */
    END,
    /** Nowhere: moving on failed. */
    FAIL
  }

  private final SnapshotCursor replayed;
  private final ResultSet live;
  private final Then then;
  private final @Nullable SQLException failure;
  private boolean replaying = true;
  private boolean started;

  ReplayedResult(
      SnapshotCursor replayed, ResultSet live, Then then, @Nullable SQLException failure) {
    this.replayed = replayed;
    this.live = live;
    this.then = then;
    this.failure = failure;
  }

  @Override
  protected ResultSet delegate() throws SQLException {
    // A statement may close its result behind our back; then the driver says so itself.
    return replaying && !live.isClosed() ? replayed : live;
  }

  @Override
  public boolean next() throws SQLException {
    if (!replaying || live.isClosed()) {
      return live.next();
    }
    started = true;
    if (replayed.next()) {
      return true;
    }
    if (failure != null) {
      throw failure;
    }
    replaying = false;
    return then == Then.THIS_ROW;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    // A result too large to hold has a first row.
    return replaying && !live.isClosed() ? !started : live.isBeforeFirst();
  }

  @Override
  public boolean isLast() throws SQLException {
    if (replaying && !live.isClosed()) {
      return then == Then.END && replayed.isLast();
    }
    return live.isLast();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return (!replaying || live.isClosed()) && live.isAfterLast();
  }

  @Override
  public void close() throws SQLException {
    replayed.close();
    live.close();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return live.isClosed();
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return live.getMetaData();
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    return live.findColumn(columnLabel);
  }

  @Override
  public Statement getStatement() throws SQLException {
    return live.getStatement();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return live.getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    live.clearWarnings();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    live.setFetchSize(rows);
  }

  @Override
  public int getFetchSize() throws SQLException {
    return live.getFetchSize();
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    live.setFetchDirection(direction);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return live.getFetchDirection();
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    return live.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) throws SQLException {
    return live.isWrapperFor(iface);
  }
}
