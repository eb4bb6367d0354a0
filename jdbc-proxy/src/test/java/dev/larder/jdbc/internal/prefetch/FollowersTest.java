package dev.larder.jdbc.internal.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.KeptAnswers;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What always follows a query is run ahead, with values that come from where they always did. */
final class FollowersTest {

  private static final int CUSTOMERS = 60;
  private static final int LEARNT_BY = 20;

  private static final String CUSTOMER = "select id, city_id, name from customer where id = ?";
  private static final String ORDERS = "select count(*) from orders where customer_id = ?";
  private static final String CITY = "select name from city where id = ? and kind = ?";

  private @Nullable LarderDataSource larder;

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  private LarderDataSource over(TestDatabase database) {
    List<String> texts = new ArrayList<>();
    texts.add("create table customer (id int primary key, city_id int, name varchar(50))");
    texts.add("create table city (id int primary key, kind int, name varchar(50))");
    texts.add("create table orders (id int primary key, customer_id int)");
    for (int id = 1; id <= CUSTOMERS; id++) {
      texts.add("insert into customer values (" + id + ", " + (1_000 - id) + ", 'c" + id + "')");
      texts.add("insert into city values (" + (1_000 - id) + ", 7, 'city of " + id + "')");
      texts.add("insert into orders values (" + id + ", " + id + ")");
    }
    database.execute(texts.toArray(new String[0]));
    LarderDataSource made = KeptAnswers.over(database, "larder.prefetch", "on");
    larder = made;
    return made;
  }

  /** By a parameter, by a column, and by a constant. */
  @EachDatabase
  void theyAreThereWhenTheyAreAskedFor(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    for (int id = 1; id <= LEARNT_BY; id++) {
      page(data, id);
    }
    int needless = 0;
    try (Connection connection = data.getConnection()) {
      for (int id = LEARNT_BY + 1; id <= CUSTOMERS && needless == 0; id++) {
        assertThat(ask(connection, CUSTOMER, id)).isEqualTo(plain(database, CUSTOMER, id));
        settle(data);
        long statements = data.statistics().statementsToDatabase();
        assertThat(ask(connection, ORDERS, id)).isEqualTo(plain(database, ORDERS, id));
        assertThat(ask(connection, CITY, 1_000 - id, 7))
            .isEqualTo(plain(database, CITY, 1_000 - id, 7))
            .contains("city of " + id);
        needless += data.statistics().statementsToDatabase() == statements ? 1 : 0;
      }
    }
    assertThat(needless).isPositive();
    assertThat(prefetches(data).used()).isGreaterThanOrEqualTo(2);
    assertThat(data.statistics().failures()).isZero();
  }

  @EachDatabase
  void aChangeIsSeenAtOnce(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    for (int id = 1; id <= LEARNT_BY; id++) {
      page(data, id);
    }
    try (Connection connection = data.getConnection();
        Connection writer = data.getConnection();
        Statement write = writer.createStatement()) {
      int id = LEARNT_BY + 1;
      ask(connection, CUSTOMER, id);
      settle(data);
      write.executeUpdate("insert into orders values (1000, " + id + ")");
      write.executeUpdate("update city set name = 'new' where id = " + (1_000 - id));
      assertThat(ask(connection, ORDERS, id)).isEqualTo("[2]");
      assertThat(ask(connection, CITY, 1_000 - id, 7)).isEqualTo("[new]");
    }
  }

  /** What followed by chance is not guessed for long. */
  @EachDatabase
  void whatDoesNotFollowAnyMoreIsGivenUp(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    for (int id = 1; id <= LEARNT_BY; id++) {
      page(data, id);
    }
    long before = prefetches(data).statements();
    try (Connection connection = data.getConnection()) {
      for (int id = 100_000; id < 100_300; id++) {
        ask(connection, CUSTOMER, id);
      }
    }
    assertThat(prefetches(data).statements() - before).isLessThan(20);
  }

  private static void page(LarderDataSource data, int id) throws SQLException {
    try (Connection connection = data.getConnection()) {
      ask(connection, CUSTOMER, id);
      work();
      ask(connection, ORDERS, id);
      work();
      ask(connection, CITY, 1_000 - id, 7);
    }
  }

  /** What is asked for at once cannot be run any earlier. */
  private static void work() {
    LockSupport.parkNanos(2_000_000);
  }

  private static Statistics.Prefetches prefetches(LarderDataSource data) {
    return data.statistics().prefetches();
  }

  /** Waits until nothing was loaded for a while: a guess may be late, or have been put off. */
  private static void settle(LarderDataSource data) {
    long answers = -1;
    while (prefetches(data).answers() != answers) {
      answers = prefetches(data).answers();
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static String plain(TestDatabase database, String sql, int... values)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return ask(connection, sql, values);
    }
  }

  private static String ask(Connection connection, String sql, int... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setInt(i + 1, values[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= width; i++) {
            found.add(rows.getString(i));
          }
        }
      }
      return found.toString();
    }
  }
}
