package dev.larder.jdbc.internal.pool;

import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How would one connect past every pool? Stateless and thread-safe.
 *
 * <p>JDBC has no question for the URL below a DataSource, but nearly all of them are beans that
 * have it as a property.
 */
public final class DriverUrl {

  private static final List<String> URL = List.of("getJdbcUrl", "getUrl", "getURL");
  private static final List<String> USER = List.of("getUsername", "getUser");
  private static final List<String> PASSWORD = List.of("getPassword");
  private static final int DEEPEST = 8;

  private DriverUrl() {}

  /** The driver's own URL with its user and password; empty where it cannot be found out. */
  public static Optional<Origin.Url> of(Origin origin) {
    if (origin instanceof Origin.Url url) {
      return Optional.of(url);
    }
    DataSource dataSource =
        origin instanceof Origin.Plain plain
            ? plain.dataSource()
            : ((Origin.Given) origin).dataSource();
    return of(dataSource, DEEPEST);
  }

  private static Optional<Origin.Url> of(DataSource dataSource, int depth) {
    String url = text(dataSource, URL);
    if (url != null) {
      try {
        return Optional.of(
            Origin.of(url, null, text(dataSource, USER), text(dataSource, PASSWORD), none()));
      } catch (SQLException noDriver) {
        return Optional.empty();
      }
    }
    for (String getter : List.of("getDataSource", "getTargetDataSource")) {
      if (depth > 0 && value(dataSource, getter) instanceof DataSource inner) {
        return of(inner, depth - 1);
      }
    }
    return Optional.empty();
  }

  private static Properties none() {
    return new Properties();
  }

  private static @Nullable String text(DataSource dataSource, List<String> getters) {
    for (String getter : getters) {
      if (value(dataSource, getter) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable Object value(DataSource dataSource, String getter) {
    try {
      return dataSource.getClass().getMethod(getter).invoke(dataSource);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | RuntimeException e) {
      return null;
    }
  }
}
