package dev.larder.jdbc.internal.pool;

import java.lang.reflect.InvocationTargetException;
import java.util.Properties;
import javax.sql.DataSource;

/** Whether connections are read-only as the driver opens them. Stateless and thread-safe. */
final class ReadOnlyOrigin {

  /** As pgjdbc spells it, and no other way. */
  private static final String NAME = "readOnly";

  private ReadOnlyOrigin() {}

  /** Whether the URL, a property or the DataSource says so. */
  static boolean is(Origin origin) {
    if (origin instanceof Origin.Url url) {
      return isInUrl(url.url()) || isIn(url.properties());
    }
    return origin instanceof Origin.Plain plain && isOf(plain.dataSource());
  }

  private static boolean isInUrl(String url) {
    for (String parameter : url.split("[?&;]")) {
      String[] pair = parameter.split("=", 2);
      if (pair.length == 2 && isTrue(pair[0], pair[1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Properties properties) {
    return properties.stringPropertyNames().stream()
        .anyMatch(name -> isTrue(name, properties.getProperty(name)));
  }

  private static boolean isTrue(String name, String value) {
    return name.equals(NAME) && Boolean.parseBoolean(value);
  }

  /** PostgreSQL's DataSources have a property of that name. */
  private static boolean isOf(DataSource dataSource) {
    for (String getter : new String[] {"getReadOnly", "isReadOnly"}) {
      try {
        if (Boolean.TRUE.equals(dataSource.getClass().getMethod(getter).invoke(dataSource))) {
          return true;
        }
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException none) {
        // It does not say so in this way.
      }
    }
    return false;
  }
}
