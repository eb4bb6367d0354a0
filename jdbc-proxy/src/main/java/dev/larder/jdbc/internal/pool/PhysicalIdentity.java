package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which physical connection is behind one that a pool lent? Stateless and thread-safe.
 *
 * <p>Pools hand out a wrapper, many a new one per loan. Where the driver's object cannot be reached
 * the wrapper itself is the answer: its profile is then taken once per loan, which is slower and
 * still right.
 */
final class PhysicalIdentity {

  /**
   * Types of the drivers' own connections: some pools answer unwrap(Connection) with their wrapper,
   * and only a type that the wrapper does not have takes them further.
   */
  private static final List<String> DRIVER_TYPES =
      List.of(
          "org.postgresql.PGConnection",
          "org.mariadb.jdbc.Connection",
          "org.h2.jdbc.JdbcConnection",
          "com.mysql.cj.jdbc.JdbcConnection");

  private static final int DEEPEST = 16;

  private static final ClassValue<List<Class<?>>> VISIBLE_DRIVER_TYPES =
      new ClassValue<>() {
        @Override
        protected List<Class<?>> computeValue(Class<?> wrapper) {
          return DRIVER_TYPES.stream()
              .<Class<?>>mapMulti(
                  (name, visible) -> {
                    Class<?> type = load(name, wrapper.getClassLoader());
                    if (type != null) {
                      visible.accept(type);
                    }
                  })
              .toList();
        }
      };

  /**
   * The class of the driver's connection that was met last, behind which there is nothing: asked
   * with each loan. Racy, as every class in it is one.
   */
  private static @Nullable Class<?> latestDriver;

  private PhysicalIdentity() {}

  static Connection of(Connection connection) throws SQLException {
    Connection current = connection;
    for (int depth = 0; depth < DEEPEST; depth++) {
      Connection next = next(current);
      if (next == null || next == current) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static @Nullable Connection next(Connection current) throws SQLException {
    if (current.getClass() == latestDriver) {
      return null;
    }
    Connection inner = current.unwrap(Connection.class);
    if (inner != current) {
      return inner;
    }
    for (Class<?> type : VISIBLE_DRIVER_TYPES.get(current.getClass())) {
      if (type.isInstance(current)) {
        latestDriver = current.getClass();
        return null;
      }
      if (current.isWrapperFor(type) && current.unwrap(type) instanceof Connection driver) {
        return driver;
      }
    }
    return null;
  }

  private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError absent) {
      return null;
    }
  }
}
