package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Symptom: one cancel, time-out or lost connection while a new connection was asked which database
 * it leads to, and nothing was cached any more until the process ended: "its connections lead to
 * different databases", or a database that Larder did not know.
 */
class PassingFailureOfAProfileTest {

  private static final String TITLE = "select title from book where id = 1";

  /** How many of the questions to come are cancelled. */
  private final AtomicInteger failures = new AtomicInteger();

  @EachDatabase
  void theFirstConnectionIsAskedAgain(TestDatabase database) throws Exception {
    for (int failing : new int[] {1, 4, 15}) {
      shelve(database);
      failures.set(failing);
      try (LarderDataSource larder = larder(database)) {
        assertThat(read(larder)).isEqualTo("v0");
        write(larder, "v1");
        assertThat(read(larder)).isEqualTo("v1");
        untilCached(larder);
        assertThat(failures).hasValue(0);
        write(larder, "v2");
        assertThat(read(larder)).as("after %s failures", failing).isEqualTo("v2");
      }
    }
  }

  @EachDatabase
  void aLaterConnectionThatDoesNotTellIsNoOther(TestDatabase database) throws Exception {
    for (int failing : new int[] {1, 4, 15}) {
      shelve(database);
      failures.set(0);
      try (LarderDataSource larder = larder(database)) {
        untilCached(larder);
        try (Connection first = larder.getConnection();
            Connection second = larder.getConnection()) {
          assertThat(first.isValid(0)).isTrue();
          failures.set(failing);
          second.setAutoCommit(false);
          execute(second, "update book set title = 'unseen' where id = 1");
          assertThat(read(larder)).as("not committed").isEqualTo("v0");
          second.commit();
          assertThat(read(larder)).as("committed, with %s failures", failing).isEqualTo("unseen");
        }
        failures.set(0);
        untilCached(larder);
        write(larder, "v3");
        assertThat(read(larder)).isEqualTo("v3");
      }
    }
  }

  @EachDatabase
  void whatWasWrittenBeforeTheDatabaseWasKnownIsNotOverlooked(TestDatabase database)
      throws Exception {
    shelve(database);
    failures.set(9);
    try (LarderDataSource larder = larder(database);
        Connection blind = larder.getConnection()) {
      blind.setAutoCommit(false);
      execute(blind, "update book set title = 'early' where id = 1");
      failures.set(0);
      for (int i = 0; i < 3; i++) {
        assertThat(read(larder)).isEqualTo("v0");
      }
      blind.commit();
      assertThat(read(larder)).isEqualTo("early");
      blind.close();
      untilCached(larder);
      assertThat(read(larder)).isEqualTo("early");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aUserWhoMayNotAskWhichClusterItIsProvesNoOther(TestDatabase database) throws Exception {
    shelve(database);
    String user = "reader_" + database.name();
    database.execute(
        "create role " + user + " login password 'secret'",
        "revoke execute on function pg_control_system() from public");
    try (LarderDataSource larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .setting(Setting.WRITERS, "this-jvm")
            .build()) {
      untilCached(larder);
      try (Connection other = larder.getConnection(user, "secret")) {
        assertThat(other.isValid(0)).isTrue();
      }
      untilCached(larder);
    } finally {
      database.execute("drop role " + user);
    }
  }

  private static void shelve(TestDatabase database) {
    database.execute(
        "drop table if exists book",
        "create table book (id int primary key, title varchar(50))"
            + (database.product().speaksMySql() ? " engine=innodb" : ""),
        "insert into book values (1, 'v0')");
  }

  private LarderDataSource larder(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(failing(DataSource.class, database.dataSource()), settings);
  }

  /** The driver's own object, whose statements are cancelled where they ask what a session is. */
  private <T> T failing(Class<T> type, T own) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments.length == 1
                  && arguments[0] instanceof String sql
                  && sql.matches(
                      "(?s).*(pg_backend_pid\\(\\)|connection_id\\(\\)|session_id\\(\\)).*")
                  && method.getName().equals("executeQuery")
                  && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new SQLTimeoutException("cancelled", "57014");
              }
              Object result;
              try {
                result = method.invoke(own, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (method.getName().equals("getConnection") && type == DataSource.class) {
                return failing(Connection.class, (Connection) result);
              }
              return method.getName().equals("createStatement")
                  ? failing(Statement.class, (Statement) result)
                  : result;
            }));
  }

  private static String read(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TITLE)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static void write(LarderDataSource larder, String title) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      execute(connection, "update book set title = '" + title + "' where id = 1");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void untilCached(LarderDataSource larder) throws Exception {
    until(
        "answers come from memory",
        () -> {
          long hits = larder.statistics().hits();
          read(larder);
          return larder.statistics().hits() > hits;
        });
  }

  private static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
