package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** The database itself: never wrong, and never any faster. */
final class NeverCaching implements Subject {

  @Override
  public String name() {
    return "never caching";
  }

  @Override
  public DataSource above(Below below) {
    return below.product() == Product.POSTGRESQL ? new Pool(below) : below.dataSource();
  }

  /**
   * PostgreSQL's connections are slow to open and can be made like new; the others' are neither.
   */
  private static final class Pool extends Forwarding implements AutoCloseable {
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final DataSource source;

    Pool(Below below) {
      source = below.dataSource();
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
      Connection connection = idle.isEmpty() ? source.getConnection() : idle.pop();
      return (Connection)
          Proxy.newProxyInstance(
              Pool.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, method, arguments) -> {
                if (method.getName().equals("close")) {
                  takeBack(connection);
                  return null;
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException failure) {
                  throw failure.getTargetException();
                }
              });
    }

    private synchronized void takeBack(Connection connection) throws SQLException {
      if (connection.isClosed() || idle.contains(connection)) {
        return;
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("rollback");
        statement.execute("reset session authorization");
        statement.execute("discard all");
        idle.push(connection);
      } catch (SQLException broken) {
        connection.close();
      }
    }

    @Override
    public synchronized void close() throws SQLException {
      for (Connection connection : idle) {
        connection.close();
      }
    }
  }
}
