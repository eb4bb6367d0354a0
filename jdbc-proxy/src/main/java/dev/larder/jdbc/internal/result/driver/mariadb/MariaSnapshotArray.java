package dev.larder.jdbc.internal.result.driver.mariadb;

import dev.larder.jdbc.internal.result.column.SnapshotArray;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.plugin.array.FloatArray;

/** An array of a captured column: the driver's own, over numbers of its own. For one thread. */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class MariaSnapshotArray extends SnapshotArray {

  private final float[] elements;
  private final FloatArray own;
  private boolean freed;

  /**
   * @param context one that knows the settings
   */
  MariaSnapshotArray(float[] elements, Context context) {
    this.elements = elements;
    this.own = new FloatArray(elements, context);
  }

  @Override
  protected ResultSet rows(Statement statement, Rows rows) throws SQLException {
    Context live = DriverAccess.driversOwn(statement, Connection.class).getContext();
    FloatArray array = new FloatArray(elements, live);
    if (freed) {
      array.free();
    }
    return DriverAccess.ofItsOwn(statement, rows.of(array));
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return own.getBaseTypeName();
  }

  @Override
  public int getBaseType() throws SQLException {
    return own.getBaseType();
  }

  @Override
  public Object getArray() throws SQLException {
    return own.getArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return own.getArray(map);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return own.getArray(index, count);
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return own.getArray(index, count, map);
  }

  @Override
  public void free() {
    freed = true;
    own.free();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return own.equals(other instanceof MariaSnapshotArray array ? array.own : other);
  }

  @Override
  public int hashCode() {
    return own.hashCode();
  }
}
