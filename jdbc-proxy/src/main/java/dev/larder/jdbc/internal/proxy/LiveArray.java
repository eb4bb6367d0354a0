package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.bind.ArrayValue;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver's own array, without a way to the driver's connection. As thread-safe as that. */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class LiveArray implements Array, DriverObjects.Guard {

  private final Array own;
  private final ConnectionContext connection;

  /** What it was made of, as long as it may be a parameter; null where that cannot be compared. */
  private @Nullable ArrayValue made;

  LiveArray(Array own, ConnectionContext connection) {
    this(own, connection, null);
  }

  /**
   * @param made what it was made of; null where that is not known, or cannot be compared
   */
  LiveArray(Array own, ConnectionContext connection, @Nullable ArrayValue made) {
    this.own = own;
    this.connection = connection;
    this.made = made;
  }

  @Override
  public Object asParameter() {
    ArrayValue value = made;
    return value == null ? own : value;
  }

  @Override
  public Array own() {
    return own;
  }

  private @Nullable Object guarded(@Nullable Object value) throws SQLException {
    return DriverObjects.guarded(value, connection);
  }

  private ResultSet rows(ResultSet result) {
    return connection.withStatementOfItsOwn(result);
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
    return guarded(own.getArray());
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return guarded(own.getArray(map));
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return guarded(own.getArray(index, count));
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return guarded(own.getArray(index, count, map));
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(own.getResultSet());
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    return rows(own.getResultSet(map));
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(own.getResultSet(index, count));
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return rows(own.getResultSet(index, count, map));
  }

  @Override
  public void free() throws SQLException {
    made = null;
    own.free();
  }

  @Override
  public String toString() {
    return own.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return own.equals(other instanceof LiveArray array ? array.own : other);
  }

  @Override
  public int hashCode() {
    return own.hashCode();
  }
}
