package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.column.SnapshotArray;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * An array of a captured column that the driver's own class answers for, over data that nobody
 * changes. For one thread.
 */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
public abstract class DriversArray<A extends Array> extends SnapshotArray {

  protected final A own;
  private boolean freed;

  /**
   * @param own one that needs no connection for anything but rows
   */
  protected DriversArray(A own) {
    this.own = own;
  }

  /** The same array on the statement's connection. */
  protected abstract A on(Statement statement) throws SQLException;

  @Override
  protected final ResultSet rows(Statement statement, Rows rows) throws SQLException {
    A live = on(statement);
    if (freed) {
      live.free();
    }
    return DriverAccess.ofItsOwn(statement, rows.of(live));
  }

  @Override
  public final String getBaseTypeName() throws SQLException {
    return own.getBaseTypeName();
  }

  @Override
  public final int getBaseType() throws SQLException {
    return own.getBaseType();
  }

  @Override
  public final Object getArray() throws SQLException {
    return own.getArray();
  }

  @Override
  public final Object getArray(Map<String, Class<?>> map) throws SQLException {
    return own.getArray(map);
  }

  @Override
  public final Object getArray(long index, int count) throws SQLException {
    return own.getArray(index, count);
  }

  @Override
  public final Object getArray(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return own.getArray(index, count, map);
  }

  @Override
  public final void free() throws SQLException {
    freed = true;
    own.free();
  }
}
