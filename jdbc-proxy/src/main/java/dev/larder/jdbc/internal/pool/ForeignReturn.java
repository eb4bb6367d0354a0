package dev.larder.jdbc.internal.pool;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives connections back to a pool that is known by its JDBC surface only. Thread-safe.
 *
 * <p>JDBC has no word for "never lend this again". Aborting closes the physical connection below
 * the pool, which then finds it dead; Tomcat's pool can be told before, so that it does not have to
 * find out.
 */
final class ForeignReturn implements ConnectionReturn {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignReturn.class);
  private static final String TOMCAT_CONNECTION = "org.apache.tomcat.jdbc.pool.PooledConnection";

  @Override
  public void release(Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public void discard(Connection connection) {
    tellTomcat(connection);
    abort(connection);
    closeQuietly(connection);
  }

  private static void tellTomcat(Connection connection) {
    try {
      Class<?> type =
          Class.forName(TOMCAT_CONNECTION, false, Thread.currentThread().getContextClassLoader());
      if (connection.isWrapperFor(type)) {
        type.getMethod("setDiscarded", boolean.class).invoke(connection.unwrap(type), true);
      }
    } catch (ClassNotFoundException notTomcat) {
      // Another pool.
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | SQLException
        | RuntimeException refused) {
      LOG.debug("Tomcat's pool could not be told to discard a connection", refused);
    }
  }

  static void abort(Connection connection) {
    try {
      PhysicalIdentity.of(connection).abort(Runnable::run);
    } catch (SQLException | RuntimeException | AbstractMethodError refused) {
      LOG.debug("a connection could not be aborted and is closed instead", refused);
    }
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException broken) {
      LOG.debug("closing a discarded connection failed", broken);
    }
  }
}
