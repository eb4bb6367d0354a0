package dev.larder.redis;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A DataSource whose queries over a table take some time, and are counted. Thread-safe.
 *
 * <p>It stands for a database that is dearer than the tier, which none on this machine is.
 */
final class SlowDataSource {

  private static final ClassLoader LOADER = SlowDataSource.class.getClassLoader();

  private final DataSource database;
  private final String marker;
  private final AtomicLong queries = new AtomicLong();
  private volatile Duration delay;

  /**
   * @param marker queries whose text holds it are slow
   */
  SlowDataSource(DataSource database, String marker, Duration delay) {
    this.database = database;
    this.marker = marker;
    this.delay = delay;
  }

  DataSource dataSource() {
    return proxy(DataSource.class, database);
  }

  void delay(Duration other) {
    delay = other;
  }

  /** How many slow queries the database has run. */
  long queries() {
    return queries.get();
  }

  private <T> T proxy(Class<T> type, T target) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (isSlow(method, arguments, target)) {
            queries.incrementAndGet();
            LockSupport.parkNanos(delay.toNanos());
          }
          Object result = call(method, target, arguments);
          if (result instanceof Connection connection) {
            return proxy(Connection.class, connection);
          } else if (method.getName().equals("prepareStatement")) {
            String sql = (String) arguments[0];
            return sql.contains(marker)
                ? proxy(PreparedStatement.class, (PreparedStatement) result)
                : result;
          } else if (method.getName().equals("createStatement")) {
            return proxy(Statement.class, (Statement) result);
          }
          return result;
        };
    return type.cast(Proxy.newProxyInstance(LOADER, new Class<?>[] {type}, handler));
  }

  private boolean isSlow(Method method, Object[] arguments, Object target) {
    boolean isQuery = method.getName().equals("executeQuery");
    return isQuery
        && (target instanceof PreparedStatement && arguments == null
            || arguments != null && String.valueOf(arguments[0]).contains(marker));
  }

  private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
