package dev.larder.jdbc.internal.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.DescribedRows;
import dev.larder.jdbc.KeptAnswers;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A pinned table answers every look-up of one of its rows, as the database would have. */
final class PinnedTablesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BY_ID = "select id, name from country where id = ?";
  private static final String BY_CODE = "select c.* from country c where c.code = ?";

  private @Nullable LarderDataSource larder;

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  private LarderDataSource over(TestDatabase database, String... settings) {
    database.execute(
        "create table country (id int primary key, code varchar(10) unique, name varchar(50),"
            + " area decimal(12,3), born date, small smallint, big bigint, kind int)",
        "insert into country values"
            + " (1, 'DE', 'Germany', 357592.500, '1990-10-03', 1, 1, 7),"
            + " (2, 'AT', 'Austria', 83879, null, null, 9000000000, 7),"
            + " (3, null, null, null, null, null, null, null),"
            + " (-4, 'x y', '', 0.001, '2020-02-29', -4, -1, 8)");
    List<String> all = new ArrayList<>(List.of("larder.tables.pin", "country"));
    all.addAll(List.of(settings));
    LarderDataSource made = KeptAnswers.over(database, all.toArray(new String[0]));
    larder = made;
    return made;
  }

  @EachDatabase
  void whatNobodyHasAskedForNeedsNoStatement(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    StringBuilder rows = new StringBuilder("insert into country (id, name) values (10, 'n10')");
    for (int id = 11; id < 6_000; id++) {
      rows.append(", (").append(id).append(", 'n").append(id).append("')");
    }
    database.execute(rows.toString());
    untilPinned(data, BY_ID, 1);
    long statements = data.statistics().statementsToDatabase();
    try (Connection connection = data.getConnection();
        PreparedStatement statement = connection.prepareStatement(BY_ID)) {
      for (int id = 10; id < 10_010; id++) {
        statement.setInt(1, id);
        try (ResultSet found = statement.executeQuery()) {
          assertThat(found.next()).isEqualTo(id < 6_000);
          if (id < 6_000) {
            assertThat(found.getString("name")).isEqualTo("n" + id);
          }
        }
      }
    }
    assertThat(data.statistics().statementsToDatabase()).isEqualTo(statements);
    assertThat(data.statistics().pins().lookUps()).isGreaterThanOrEqualTo(10_000);
    assertThat(data.statistics().pins().reads()).isEqualTo(1);
  }

  /** Whatever is asked for, and however it is said. */
  @EachDatabase
  void theAnswerIsTheDatabases(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    untilPinned(data, BY_ID, 1);
    if (database.product() == Product.POSTGRESQL || database.product() == Product.H2) {
      // The others compare texts by rules that Java does not have.
      untilPinned(data, BY_CODE, "DE");
    }
    untilPinned(data, "select name, area, born from country where big = ?", 1L);
    List<Object> values =
        Arrays.asList(
            1,
            2L,
            (short) 3,
            -4,
            0,
            1L << 40,
            Long.MIN_VALUE,
            new BigDecimal("1.0"),
            1.5,
            1f,
            new BigDecimal("1.5"),
            "1",
            "DE",
            "de",
            "DE ",
            " DE",
            "D\u00e9",
            "x y",
            "X Y",
            "",
            "\0",
            "DE\0",
            "\ud83d",
            true,
            null,
            new byte[] {1},
            java.sql.Date.valueOf("1990-10-03"));
    for (String sql :
        List.of(
            BY_ID,
            BY_CODE,
            "select name, area, born from country where big = ?",
            "select * from country where small = ?",
            "select name from country where area = ?",
            "select name from country where kind = ?",
            "select distinct kind, id from country where id = ?",
            "select name as n, id from country where id = ?",
            "select id from country where born = ?")) {
      for (int round = 0; round < 3; round++) {
        for (Object value : values) {
          assertThat(outcome(data.getConnection(), sql, value))
              .as("%s with %s", sql, value)
              .isEqualTo(outcome(database.connect(), sql, value));
        }
      }
    }
    assertThat(data.statistics().pins().lookUps()).isPositive();
    assertThat(data.statistics().failures()).isZero();
  }

  @EachDatabase
  void literalsToo(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int id = 100; data.statistics().pins().lookUps() < 3; id++) {
      assertThat(System.nanoTime()).isLessThan(end);
      assertThat(literal(data, id)).isNull();
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(literal(data, 2)).isEqualTo("Austria");
  }

  private static @Nullable String literal(LarderDataSource data, int id) throws SQLException {
    try (Connection connection = data.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select name, id from country where id = " + id)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  @EachDatabase
  void aChangeIsSeenAtOnce(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    untilPinned(data, BY_ID, 1);
    try (Connection writer = data.getConnection();
        Statement write = writer.createStatement()) {
      for (int i = 0; i < 50; i++) {
        write.executeUpdate("update country set name = 'n" + i + "' where id = 1");
        assertThat(name(data, 1)).isEqualTo("n" + i);
        write.executeUpdate("insert into country (id, name) values (" + (100 + i) + ", 'new')");
        assertThat(name(data, 100 + i)).isEqualTo("new");
        write.executeUpdate("delete from country where id = " + (100 + i));
        assertThat(name(data, 100 + i)).isNull();
        if (i % 10 == 0) {
          untilPinned(data, BY_ID, 1);
        }
      }
    }
  }

  @EachDatabase
  void aTransactionSeesItsOwnWritesAndNobodyElse(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    untilPinned(data, BY_ID, 1);
    try (Connection writer = data.getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.executeUpdate("update country set name = 'mine' where id = 1");
      assertThat(outcome(writer, BY_ID, 1, false)).contains("mine");
      assertThat(name(data, 2)).isEqualTo("Austria");
      writer.rollback();
      assertThat(outcome(writer, BY_ID, 1, false)).contains("Germany");
      writer.commit();
    }
    assertThat(name(data, 1)).isEqualTo("Germany");
  }

  @EachDatabase
  void aTableThatIsTooLargeIsLeftAlone(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.cache.max-result-rows", "3");
    for (int i = 0; i < 200; i++) {
      assertThat(name(data, 2)).isEqualTo("Austria");
      assertThat(name(data, 1_000 + i)).isNull();
      LockSupport.parkNanos(500_000);
    }
    assertThat(data.statistics().pins().lookUps()).isZero();
    assertThat(data.statistics().pins().reads()).isZero();
  }

  @EachDatabase
  void othersAreSeenWithinTheBound(TestDatabase database) throws SQLException {
    LarderDataSource data =
        over(database, "larder.writers", "anyone", "larder.max-staleness", "200ms");
    untilPinned(data, BY_ID, 1);
    for (int i = 0; i < 10; i++) {
      database.execute("update country set name = 'elsewhere " + i + "' where id = 1");
      long visible = System.nanoTime() + Duration.ofMillis(200).toNanos();
      boolean late = false;
      while (!late) {
        late = System.nanoTime() - visible > 0;
        String seen = name(data, 1);
        if (late) {
          assertThat(seen).isEqualTo("elsewhere " + i);
        }
      }
    }
    assertThat(data.statistics().pins().reads()).isGreaterThan(1);
  }

  private static @Nullable String name(LarderDataSource data, int id) throws SQLException {
    try (Connection connection = data.getConnection();
        PreparedStatement statement = connection.prepareStatement(BY_ID)) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString("name") : null;
      }
    }
  }

  /** Asks for what is not there, each time for something else, until that is answered from here. */
  private static void untilPinned(LarderDataSource data, String sql, Object like)
      throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long before = data.statistics().pins().lookUps();
    for (int i = 0; data.statistics().pins().lookUps() == before; i++) {
      assertThat(System.nanoTime()).as("nothing of %s was answered", sql).isLessThan(end);
      Object value =
          like instanceof String ? "none " + i : like instanceof Long ? -100L - i : -100 - i;
      outcome(data.getConnection(), sql, value);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static String outcome(Connection connection, String sql, @Nullable Object value)
      throws SQLException {
    return outcome(connection, sql, value, true);
  }

  private static String outcome(
      Connection connection, String sql, @Nullable Object value, boolean closes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        return DescribedRows.of(rows).toString();
      }
    } catch (SQLException e) {
      return "failed with " + e.getSQLState();
    } finally {
      if (closes) {
        connection.close();
      }
    }
  }
}
