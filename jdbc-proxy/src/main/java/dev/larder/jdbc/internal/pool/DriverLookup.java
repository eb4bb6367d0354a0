package dev.larder.jdbc.internal.pool;

import dev.larder.jdbc.internal.settings.JdbcUrl;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the driver of a URL. Stateless and thread-safe. */
final class DriverLookup {
  private DriverLookup() {}

  /**
   * The driver that accepts this URL.
   *
   * @param className the driver's class, for one that is registered nowhere; null to look for it
   * @throws SQLException 08001 if there is none
   */
  static Driver find(String url, @Nullable String className) throws SQLException {
    if (className != null) {
      return instance(className, url);
    }
    List<Driver> registered = DriverManager.drivers().toList();
    for (Driver driver : registered) {
      if (accepts(driver, url)) {
        return driver;
      }
    }
    // In a container DriverManager looked for drivers before the application was there.
    Driver found = service(url, Thread.currentThread().getContextClassLoader());
    if (found == null) {
      throw new SQLNonTransientConnectionException(
          "no suitable driver for "
              + JdbcUrl.of(url).withoutSecrets()
              + "; is the database's driver on the class path?",
          "08001");
    }
    return found;
  }

  private static Driver instance(String className, String url) throws SQLException {
    try {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      ClassLoader loader = context == null ? DriverLookup.class.getClassLoader() : context;
      Driver driver =
          Class.forName(className, true, loader)
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance();
      if (accepts(driver, url)) {
        return driver;
      }
    } catch (ReflectiveOperationException | ClassCastException | LinkageError unusable) {
      throw new SQLNonTransientConnectionException(
          "the driver class " + className + " cannot be used", "08001", unusable);
    }
    throw new SQLNonTransientConnectionException(
        "the driver class " + className + " does not accept " + JdbcUrl.of(url).withoutSecrets(),
        "08001");
  }

  private static @Nullable Driver service(String url, @Nullable ClassLoader loader) {
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
    while (true) {
      try {
        if (!drivers.hasNext()) {
          return null;
        }
        Driver driver = drivers.next();
        if (accepts(driver, url)) {
          return driver;
        }
      } catch (ServiceConfigurationError broken) {
        // A driver that cannot be loaded is not the one for this URL, or nobody could use it.
      }
    }
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException refused) {
      return false;
    }
  }
}
