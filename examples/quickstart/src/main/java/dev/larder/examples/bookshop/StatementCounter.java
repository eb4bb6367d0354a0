package dev.larder.examples.bookshop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements that reach a database. It stands below the pool, next to the driver, so its
 * figures owe nothing to Larder's own counters. Safe for use by several threads.
 */
final class StatementCounter {
  private final LongAdder all = new LongAdder();
  private final ThreadLocal<AtomicLong> ofThread = ThreadLocal.withInitial(AtomicLong::new);

  /** The data source, seen through this counter. */
  DataSource countStatementsOf(DataSource database) {
    return watch(
        DataSource.class,
        database,
        (method, arguments) -> {
          Object answer = call(database, method, arguments);
          return answer instanceof Connection connection ? countStatementsOf(connection) : answer;
        });
  }

  private Connection countStatementsOf(Connection connection) {
    return watch(
        Connection.class,
        connection,
        (method, arguments) -> {
          Object answer = call(connection, method, arguments);
          return answer instanceof Statement statement
              ? count(statement, method.getReturnType().asSubclass(Statement.class))
              : answer;
        });
  }

  private <S extends Statement> Statement count(Statement statement, Class<S> type) {
    return watch(
        type,
        type.cast(statement),
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            all.increment();
            ofThread.get().incrementAndGet();
          }
          return call(statement, method, arguments);
        });
  }

  /** How many statements have reached the database. */
  long count() {
    return all.sum();
  }

  /** How many of them the calling thread sent; a read that adds none was answered from memory. */
  long countOfThisThread() {
    return ofThread.get().get();
  }

  private interface Step {
    @Nullable Object take(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T watch(Class<T> type, T target, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementCounter.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              return method.getDeclaringClass() == Object.class
                  ? call(target, method, given)
                  : step.take(method, given);
            }));
  }

  private static @Nullable Object call(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      Throwable cause = failure.getCause();
      throw cause == null ? new SQLException(failure) : cause;
    }
  }
}
