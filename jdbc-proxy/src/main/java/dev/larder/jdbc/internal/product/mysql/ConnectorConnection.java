package dev.larder.jdbc.internal.product.mysql;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL Connector/J's own connection tells of where its statements go. Stateless.
 *
 * <p>The driver is not needed to compile or to run Larder, so its methods are asked for by name,
 * once for each physical connection.
 */
final class ConnectorConnection {

  private static final String DRIVER = "MySQL Connector";
  private static final String TYPE = "com.mysql.cj.jdbc.JdbcConnection";

  private ConnectorConnection() {}

  /**
   * Why nothing that is known of the connection now can be relied on later; null where nothing
   * speaks against it.
   *
   * @param driver the driver's name as it tells it
   */
  static @Nullable String objection(Connection connection, String driver) throws SQLException {
    if (!connection.getMetaData().supportsCatalogsInDataManipulation()) {
      return "databases are schemas to the driver, which ignores setCatalog (databaseTerm=SCHEMA)";
    }
    if (!driver.startsWith(DRIVER)) {
      return null;
    }
    try {
      Object own = own(connection);
      if (own == null) {
        return "the driver's connection cannot be reached";
      }
      Class<?> type = Class.forName(TYPE, false, own.getClass().getClassLoader());
      if (Boolean.TRUE.equals(type.getMethod("isProxySet").invoke(own))) {
        return "the driver may move the connection to another server";
      }
      Object properties = type.getMethod("getPropertySet").invoke(own);
      return isOn(properties, "autoReconnect") || isOn(properties, "autoReconnectForPools")
          ? "the driver may replace the session unseen (autoReconnect)"
          : null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return "the driver's connection cannot be asked";
    }
  }

  private static @Nullable Object own(Connection connection) throws SQLException {
    Connection current = connection.unwrap(Connection.class);
    ClassLoader loader = current.getClass().getClassLoader();
    try {
      Class<?> type =
          Class.forName(
              TYPE, false, loader == null ? connection.getClass().getClassLoader() : loader);
      if (type.isInstance(current)) {
        return current;
      }
      return current.isWrapperFor(type) ? current.unwrap(type) : null;
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static boolean isOn(Object properties, String name)
      throws NoSuchMethodException,
          IllegalAccessException,
          InvocationTargetException,
          ClassNotFoundException {
    ClassLoader loader = properties.getClass().getClassLoader();
    Class<?> set = Class.forName("com.mysql.cj.conf.PropertySet", false, loader);
    Class<?> property = Class.forName("com.mysql.cj.conf.RuntimeProperty", false, loader);
    Object found = set.getMethod("getProperty", String.class).invoke(properties, name);
    return !Boolean.FALSE.equals(property.getMethod("getValue").invoke(found));
  }
}
