package dev.larder.jdbc.internal.proxy;

import java.sql.Ref;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver's own reference, without a way to the driver's connection. As thread-safe as that. */
@SuppressWarnings("NullAway") // what the driver gives and takes is handed on as it is
final class LiveRef implements Ref, DriverObjects.Guard {

  private final Ref own;
  private final ConnectionContext connection;

  LiveRef(Ref own, ConnectionContext connection) {
    this.own = own;
    this.connection = connection;
  }

  @Override
  public Ref own() {
    return own;
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return own.getBaseTypeName();
  }

  @Override
  public Object getObject() throws SQLException {
    return DriverObjects.guarded(own.getObject(), connection);
  }

  @Override
  public Object getObject(Map<String, Class<?>> map) throws SQLException {
    return DriverObjects.guarded(own.getObject(map), connection);
  }

  /** Which table that writes to is the driver's to know. */
  @Override
  public void setObject(Object value) throws SQLException {
    DriverObjects.write(connection, () -> own.setObject(DriverObjects.own(value)));
  }

  @Override
  public String toString() {
    return own.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return own.equals(other instanceof LiveRef ref ? ref.own : other);
  }

  @Override
  public int hashCode() {
    return own.hashCode();
  }
}
