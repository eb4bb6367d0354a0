package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Symptom: where another thread closed a connection between two calls to a result of the driver's
 * own, pgjdbc had no current row any more and the application met its NullPointerException.
 */
class ReadWhileClosedTest {

  /** What is asked of a result at that moment. */
  private enum Question {
    NEXT(ResultSet::next),
    NUMBER(rows -> rows.getInt(1)),
    NUMBER_BY_LABEL(rows -> rows.getInt("n")),
    TEXT(rows -> rows.getString(1)),
    OBJECT(rows -> rows.getObject(1)),
    TYPED_OBJECT(rows -> rows.getObject(1, Integer.class)),
    WAS_NULL(ResultSet::wasNull);

    private final Asked asked;

    Question(Asked asked) {
      this.asked = asked;
    }
  }

  @FunctionalInterface
  private interface Asked {
    Object of(ResultSet rows) throws SQLException;
  }

  private volatile @Nullable Connection toClose;
  private volatile boolean faulty;

  @ParameterizedTest
  @EnumSource
  void aFaultOfTheDriversIsAClosedStatement(Question question) throws Exception {
    assertThat(asked(question, true))
        .isInstanceOf(SQLException.class)
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @EnumSource
  void oneThatNobodyClosedIsTheApplicationsToSee(Question question) throws Exception {
    assertThat(asked(question, false)).isInstanceOf(NullPointerException.class);
  }

  private @Nullable Throwable asked(Question question, boolean closedMeanwhile) throws Exception {
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder =
            LarderDataSource.wrap(watched(database.dataSource()), new Properties());
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      // Nobody keeps the answer: it is the driver's own.
      ResultSet rows = statement.executeQuery("select random_uuid() is null as n");
      rows.next();
      toClose = closedMeanwhile ? connection : null;
      faulty = true;
      try {
        return catchThrowable(() -> question.asked.of(rows));
      } finally {
        faulty = false;
      }
    }
  }

  private DataSource watched(DataSource source) {
    return watched(DataSource.class, source);
  }

  private <T> T watched(Class<T> type, Object driver) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (type == ResultSet.class && faulty && !method.getName().equals("close")) {
                Connection closed = toClose;
                if (closed != null) {
                  CompletableFuture.runAsync(() -> close(closed)).get();
                }
                throw new NullPointerException("no row");
              }
              try {
                Object answer = method.invoke(driver, arguments);
                Class<?> returned = method.getReturnType();
                boolean leadsOn =
                    answer != null
                        && (returned == Connection.class
                            || returned == Statement.class
                            || returned == ResultSet.class);
                return leadsOn ? watched(returned, answer) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
