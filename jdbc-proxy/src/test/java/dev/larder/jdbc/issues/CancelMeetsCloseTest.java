package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Symptom: a statement that was cancelled by one thread while another closed it threw the fault
 * that Connector/J meets then (a NullPointerException of {@code StatementImpl.cancel}), where JDBC
 * has an SQLException.
 */
class CancelMeetsCloseTest {

  private @Nullable Statement closing;

  @Test
  void whatTheDriverMeetsIsAnSqlException() throws SQLException {
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder =
            LarderDataSource.wrap((DataSource) cancelled(DataSource.class, database.dataSource()));
        Connection connection = larder.getConnection()) {
      Statement statement = connection.createStatement();
      statement.execute("create table t (id int)");
      closing = statement;
      assertThatThrownBy(statement::cancel)
          .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isNotNull())
          .hasRootCauseInstanceOf(NullPointerException.class);
    }
  }

  /** A driver whose statement is closed, as another thread might, while it is being cancelled. */
  private Object cancelled(Class<?> type, Object own) {
    return Proxy.newProxyInstance(
        CancelMeetsCloseTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Statement other = closing;
          if (method.getName().equals("cancel") && other != null) {
            other.close();
            throw new NullPointerException("this.session is null");
          }
          try {
            Object answer = method.invoke(own, arguments);
            Class<?> returned = method.getReturnType();
            boolean ours = returned == Connection.class || returned == Statement.class;
            return ours && answer != null ? cancelled(returned, answer) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
