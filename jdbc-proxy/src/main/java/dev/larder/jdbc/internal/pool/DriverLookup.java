package dev.larder.jdbc.internal.pool;

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
public final class DriverLookup {
  private DriverLookup() {}

  /**
   * The driver that accepts this URL.
   *
   * @throws SQLException 08001 if there is none
   */
  public static Driver find(String url) throws SQLException {
    List<Driver> registered = DriverManager.drivers().toList();
    for (Driver driver : registered) {
      if (accepts(driver, url)) {
        return driver;
      }
    }
    // In a container DriverManager looked for drivers before the application was there.
    Driver found = find(url, Thread.currentThread().getContextClassLoader());
    if (found == null) {
      throw new SQLNonTransientConnectionException(
          "no suitable driver for "
              + JdbcUrls.withoutSecrets(url)
              + "; is the database's driver on the class path?",
          "08001");
    }
    return found;
  }

  private static @Nullable Driver find(String url, @Nullable ClassLoader loader) {
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
