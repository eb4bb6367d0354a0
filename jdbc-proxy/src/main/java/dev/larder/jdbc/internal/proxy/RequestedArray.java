package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.bind.ArrayValue;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array that the driver is known to make, and makes when it is asked for more than being a
 * parameter: most are nothing else, and what memory answers needs no connection for them. As
 * thread-safe as the driver's.
 */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class RequestedArray implements Array, DriverObjects.Guard {

  private final ArrayValue value;
  private final ConnectionContext connection;
  private @Nullable LiveArray live;
  private boolean freed;

  RequestedArray(ArrayValue value, ConnectionContext connection) {
    this.value = value;
    this.connection = connection;
  }

  private LiveArray live() throws SQLException {
    LiveArray known = live;
    if (known == null) {
      known = new LiveArray(value.on(connection.delegate()), connection, value);
      if (freed) {
        known.free();
      }
      live = known;
    }
    return known;
  }

  @Override
  public Object asParameter() throws SQLException {
    return freed ? live().asParameter() : value;
  }

  @Override
  public Array own() throws SQLException {
    return live().own();
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return live().getBaseTypeName();
  }

  @Override
  public int getBaseType() throws SQLException {
    return live().getBaseType();
  }

  @Override
  public Object getArray() throws SQLException {
    return live().getArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return live().getArray(map);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return live().getArray(index, count);
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return live().getArray(index, count, map);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return live().getResultSet();
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    return live().getResultSet(map);
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return live().getResultSet(index, count);
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return live().getResultSet(index, count, map);
  }

  @Override
  public void free() throws SQLException {
    freed = true;
    LiveArray known = live;
    if (known != null) {
      known.free();
    }
  }

  @Override
  public String toString() {
    try {
      return live().toString();
    } catch (SQLException e) {
      return super.toString();
    }
  }
}
