package dev.larder.jdbc.internal.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.DescribedRows;
import dev.larder.jdbc.KeptAnswers;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Who looks rows up one after the other gets the rest by one statement, as the database has it. */
final class PrefetchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BOOKS = 50;
  private static final String LIST = "select id, author_id, isbn from book order by id";
  private static final String AUTHOR =
      "select a.id, a.name, a.born, a.fee from author a where a.id = ?";

  private @Nullable LarderDataSource larder;

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  private LarderDataSource over(TestDatabase database, String... settings) {
    List<String> texts = new ArrayList<>();
    texts.add(
        "create table author (id int primary key, name varchar(50), born date, fee decimal(12,3),"
            + " small smallint unique, big bigint unique, code varchar(20) unique, kind int)");
    texts.add("create table book (id int primary key, author_id bigint, isbn varchar(20))");
    for (int id = 1; id <= BOOKS; id++) {
      // Some have none, and some authors are not there.
      String author = id == 7 ? "null" : Integer.toString(100 + id);
      texts.add("insert into book values (" + id + ", " + author + ", 'i" + id + "')");
      if (id % 10 != 9) {
        String born = id % 4 == 0 ? "null" : "'19" + (10 + id) + "-02-03'";
        texts.add(
            String.format(
                "insert into author values (%d, %s, %s, %d.125, %d, %d, 'i%d', %d)",
                100 + id, id % 3 == 0 ? "null" : "'n" + id + "'", born, id, id, id, id, id / 3));
      }
    }
    database.execute(texts.toArray(new String[0]));
    List<String> all = new ArrayList<>(List.of("larder.prefetch", "on"));
    all.addAll(List.of(settings));
    LarderDataSource made = KeptAnswers.over(database, all.toArray(new String[0]));
    larder = made;
    return made;
  }

  @EachDatabase
  void afterThreeLookUpsTheRestIsThere(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    try (Connection connection = data.getConnection()) {
      List<Long> authors = authors(connection);
      for (Long author : authors.subList(0, 3)) {
        lookUp(connection, AUTHOR, author);
      }
      // Those of book 7 and of books 1 to 3 are not among them.
      until(() -> prefetches(data).answers() == BOOKS - 4);
      long statements = data.statistics().statementsToDatabase();
      for (Long author : authors.subList(3, authors.size())) {
        assertThat(lookUp(connection, AUTHOR, author)).isEqualTo(plain(database, AUTHOR, author));
      }
      assertThat(data.statistics().statementsToDatabase()).isEqualTo(statements);
    }
    Statistics.Prefetches counted = prefetches(data);
    assertThat(counted.statements()).isEqualTo(1);
    assertThat(counted.used()).isEqualTo(BOOKS - 4);
    assertThat(counted.inVain()).isZero();
    assertThat(data.statistics().failures()).isZero();
  }

  /** Who is known to go through a column is served from its first row on. */
  @EachDatabase
  void theSecondTimeOneLookUpSuffices(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    try (Connection connection = data.getConnection()) {
      List<Long> authors = authors(connection);
      for (Long author : authors.subList(0, 3)) {
        lookUp(connection, AUTHOR, author);
      }
      until(() -> prefetches(data).answers() == BOOKS - 4);
      goThrough(connection);
    }
    change(data);
    try (Connection connection = data.getConnection()) {
      List<Long> authors = authors(connection);
      long before = prefetches(data).answers();
      lookUp(connection, AUTHOR, authors.get(0));
      until(() -> prefetches(data).answers() == before + BOOKS - 2);
      long statements = data.statistics().statementsToDatabase();
      for (Long author : authors) {
        lookUp(connection, AUTHOR, author);
      }
      assertThat(data.statistics().statementsToDatabase()).isEqualTo(statements);
    }
  }

  /** Whatever is looked up and however it is said, what is loaded so is what the database says. */
  @EachDatabase
  void theAnswersAreTheDatabases(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    List<String> texts =
        new ArrayList<>(
            List.of(
                "select * from author where id = ?",
                "select name as n, id from author where id = ?",
                "select a.* from author a where a.big = ?",
                "select born, fee, name from author where small = ?",
                "select name from author where kind = ?",
                "select upper(name), id from author where id = ?"));
    if (database.product() == Product.POSTGRESQL || database.product() == Product.H2) {
      // The others compare texts by rules that Java does not have.
      texts.add("select id, code from author where code = ?");
    }
    for (String text : texts) {
      boolean byCode = text.contains("code = ?");
      boolean byId = text.contains(" id = ?");
      for (Class<?> type : byCode ? List.of(String.class) : List.of(Integer.class, Long.class)) {
        change(data);
        try (Connection connection = data.getConnection()) {
          List<Object> values = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(LIST)) {
            while (rows.next()) {
              long number = byId ? rows.getLong("author_id") : rows.getLong("id");
              values.add(
                  byCode
                      ? rows.getString("isbn")
                      : type == Integer.class ? (Object) (int) number : (Object) number);
            }
          }
          long before = prefetches(data).statements();
          for (int i = 0; i < values.size(); i++) {
            if (i == 3 && isProven(database, text)) {
              until(text, () -> prefetches(data).statements() > before);
            }
            Object value = values.get(i);
            assertThat(lookUp(connection, text, value))
                .as("%s with %s", text, value)
                .isEqualTo(plain(database, text, value));
          }
        }
      }
    }
    assertThat(prefetches(data).used()).isGreaterThan(BOOKS);
    assertThat(data.statistics().failures()).isZero();
  }

  private static boolean isProven(TestDatabase database, String text) {
    boolean hasUniqueKeys =
        database.product() == Product.POSTGRESQL || database.product() == Product.H2;
    return !text.contains("kind =")
        && !text.contains("upper")
        && !text.contains(" as ")
        && (hasUniqueKeys || text.contains(" id = ?"));
  }

  @EachDatabase
  void aChangeIsSeenAtOnce(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    try (Connection connection = data.getConnection();
        Connection writer = data.getConnection();
        Statement write = writer.createStatement()) {
      List<Long> authors = authors(connection);
      for (Long author : authors.subList(0, 3)) {
        lookUp(connection, AUTHOR, author);
      }
      until(() -> prefetches(data).answers() == BOOKS - 4);
      write.executeUpdate("update author set name = 'new'");
      write.executeUpdate("insert into author (id, name) values (109, 'came')");
      write.executeUpdate("delete from author where id = 110");
      for (Long author : authors) {
        assertThat(lookUp(connection, AUTHOR, author)).isEqualTo(plain(database, AUTHOR, author));
      }
      assertThat(lookUp(connection, AUTHOR, 109L).toString()).contains("came");
      assertThat(lookUp(connection, AUTHOR, 110L).toString()).doesNotContain("n10");
    }
  }

  @EachDatabase
  void notForATransactionThatWroteNorForASessionWithSettings(TestDatabase database)
      throws SQLException {
    LarderDataSource data = over(database);
    try (Connection connection = data.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement write = connection.createStatement()) {
        write.executeUpdate("update book set isbn = 'x' where id = 1");
      }
      goThrough(connection);
      connection.rollback();
    }
    data.invalidation().everything();
    if (database.product() == Product.POSTGRESQL) {
      try (Connection connection = data.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("set timezone = 'Asia/Tokyo'");
        goThrough(connection);
      }
    }
    assertThat(prefetches(data).statements()).isZero();
  }

  @EachDatabase
  void notWhereNoConnectionIsToSpare(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.pool.maximum-size", "2");
    try (Connection connection = data.getConnection()) {
      goThrough(connection);
    }
    assertThat(prefetches(data).statements()).isZero();
    assertThat(prefetches(data).putOff()).isPositive();
  }

  /** Who always stops after three is soon left alone. */
  @EachDatabase
  void whatIsOfNoUseIsGivenUp(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    for (int i = 0; i < 100; i++) {
      change(data);
      afterwards(data, 3);
    }
    assertThat(prefetches(data).statements()).isBetween(1L, 40L);
    assertThat(prefetches(data).used()).isLessThan(10);
  }

  @EachDatabase
  void offUnlessItIsAskedFor(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.prefetch", "off");
    try (Connection connection = data.getConnection()) {
      goThrough(connection);
    }
    assertThat(prefetches(data)).isEqualTo(Statistics.NONE.prefetches());
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("larder-prefetch"));
  }

  /** Nothing that was read is in memory any more. */
  private static void change(LarderDataSource data) throws SQLException {
    try (Connection connection = data.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update author set kind = kind + 1 where id > 0");
      statement.executeUpdate("delete from author where id < 0");
    }
  }

  private static void afterwards(LarderDataSource data, int lookUps) throws SQLException {
    try (Connection connection = data.getConnection()) {
      List<Long> authors = authors(connection);
      for (Long author : authors.subList(0, lookUps)) {
        lookUp(connection, AUTHOR, author);
      }
    }
  }

  private static void goThrough(Connection connection) throws SQLException {
    for (Long author : authors(connection)) {
      lookUp(connection, AUTHOR, author);
    }
  }

  private static Statistics.Prefetches prefetches(LarderDataSource data) {
    return data.statistics().prefetches();
  }

  private static List<Long> authors(Connection connection) throws SQLException {
    List<Long> authors = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        long author = rows.getLong("author_id");
        if (!rows.wasNull()) {
          authors.add(author);
        }
      }
    }
    return authors;
  }

  private static void until(BooleanSupplier condition) {
    until("in time", condition);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> plain(TestDatabase database, String sql, Object value)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return lookUp(connection, sql, value);
    }
  }

  private static List<String> lookUp(Connection connection, String sql, Object value)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        return DescribedRows.of(rows);
      }
    }
  }
}
