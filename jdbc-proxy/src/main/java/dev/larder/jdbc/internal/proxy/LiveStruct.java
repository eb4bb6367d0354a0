package dev.larder.jdbc.internal.proxy;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver's own structure, without a way to the driver's connection. As thread-safe as that. */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class LiveStruct implements Struct, DriverObjects.Guard {

  private final Struct own;
  private final ConnectionContext connection;

  LiveStruct(Struct own, ConnectionContext connection) {
    this.own = own;
    this.connection = connection;
  }

  @Override
  public Struct own() {
    return own;
  }

  @Override
  public String getSQLTypeName() throws SQLException {
    return own.getSQLTypeName();
  }

  @Override
  public Object[] getAttributes() throws SQLException {
    return (Object[]) DriverObjects.guarded(own.getAttributes(), connection);
  }

  @Override
  public Object[] getAttributes(Map<String, Class<?>> map) throws SQLException {
    return (Object[]) DriverObjects.guarded(own.getAttributes(map), connection);
  }

  @Override
  public String toString() {
    return own.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return own.equals(other instanceof LiveStruct struct ? struct.own : other);
  }

  @Override
  public int hashCode() {
    return own.hashCode();
  }
}
