package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.session.SessionTrait;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The client information of a connection: set when there is a physical one, unless the driver has
 * something to say to it. Used by one thread, like the connection.
 */
final class ClientInfo {

  private final ConnectionContext connection;

  ClientInfo(ConnectionContext connection) {
    this.connection = connection;
  }

  void set(String name, String value) throws SQLClientInfoException {
    try {
      if (!isTakenUnheard(name)) {
        // The driver refuses it, or warns.
        connection.physical();
      }
      connection.set("clientInfo." + name, c -> c.setClientInfo(name, value));
      note(name, value);
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw clientInfo(e);
    }
  }

  void setAll(Properties properties) throws SQLClientInfoException {
    try {
      for (String name : properties.stringPropertyNames()) {
        if (!isTakenUnheard(name)) {
          connection.physical();
        }
      }
      connection.set("clientInfo", c -> c.setClientInfo(properties));
      for (String name : properties.stringPropertyNames()) {
        note(name, properties.getProperty(name));
      }
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw clientInfo(e);
    }
  }

  private boolean isTakenUnheard(@Nullable String name) throws SQLException {
    return "ApplicationName".equals(name)
        && connection.session().rules().has(SessionTrait.TAKES_APPLICATION_NAME);
  }

  private void note(String name, @Nullable String value) throws SQLException {
    if (!name.equalsIgnoreCase("ApplicationName")) {
      connection.session().setByMethod("clientInfo." + name, value, connection.holdsPhysical());
    }
  }

  private static SQLClientInfoException clientInfo(SQLException e) {
    return new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
  }
}
