package dev.larder.jdbc.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;

/** A share of the hits is asked of the database again, out of the application's way. */
class AuditTest {

  private static final String TITLE =
      "select id, title, price from book where title <> ? and id < 9";
  private static final String SECRET = "a title nobody may read in a log";

  @BeforeEach
  void books(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50), price numeric(8,2))",
        "insert into book values (1, 'v1', 1.50), (2, '" + SECRET + "', 2.00), (3, null, null)");
  }

  @EachDatabase
  void aWritePastLarderIsFoundLoggedOnceAndStopsItsTemplate(TestDatabase database)
      throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (LarderDataSource larder = larder(database, "this-jvm", "1")) {
      titles(larder, "x");
      database.execute("update book set price = 9.99 where id = 2");
      titles(larder, "x");
      titles(larder, "y");
      titles(larder, "y");
      await(larder, s -> s.auditMismatches() > 0);
      assertThat(titles(larder, "x")).contains("2 " + SECRET + " 9.99");
      assertThat(larder.statistics().auditMismatches()).isEqualTo(1);
      assertThat(larder.statistics().bypasses()).containsKey(BypassReason.AUDIT);
      assertThat(larder.explain(TITLE).reason()).isEqualTo(BypassReason.AUDIT);
      long hits = larder.statistics().hits();
      titles(larder, "x");
      assertThat(larder.statistics().hits()).isEqualTo(hits);
    } finally {
      System.setErr(before);
    }
    List<String> lines =
        log.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("Audit")).toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .containsIgnoringCase("the value, row 2, column 3 (price)")
        .containsIgnoringCase("from book where")
        .doesNotContain(SECRET)
        .doesNotContain("9.99")
        .doesNotContain("id < 9");
  }

  @EachDatabase
  void whereOthersWriteADifferenceIsStalenessAndTheTemplateGoesOn(TestDatabase database)
      throws Exception {
    try (LarderDataSource larder = larder(database, "anyone", "1")) {
      titles(larder, "x");
      database.execute("update book set price = 9.99 where id = 2");
      titles(larder, "x");
      await(larder, s -> s.auditStale() > 0);
      assertThat(titles(larder, "x")).contains("2 " + SECRET + " 9.99");
      titles(larder, "x");
      await(larder, s -> s.audited() > 1);
      assertThat(larder.statistics().auditMismatches()).isZero();
      assertThat(larder.explain(TITLE).cached()).isTrue();
    }
  }

  @EachDatabase
  void aBusyRunWithoutFaultsHasNoMismatch(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, "this-jvm", "1")) {
      ExecutorService threads = Executors.newFixedThreadPool(3);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        int own = thread + 1;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    for (int read = 0; read < 6; read++) {
                      titles(larder, "none " + read % 2);
                    }
                    price(larder, own, new BigDecimal(i));
                  }
                  return null;
                }));
      }
      threads.shutdown();
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      titles(larder, "end");
      titles(larder, "end");
      await(larder, s -> s.audited() > 0);
      Statistics statistics = larder.statistics();
      assertThat(statistics.hits()).isPositive();
      assertThat(statistics.auditMismatches()).isZero();
      assertThat(statistics.auditStale()).isZero();
    }
  }

  @EachDatabase
  void withoutAuditAHitReachesNoDatabase(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, "this-jvm", "0")) {
      titles(larder, "x");
      long statements = larder.statistics().statementsToDatabase();
      long borrowed = larder.statistics().borrowedConnections();
      for (int i = 0; i < 50; i++) {
        titles(larder, "x");
      }
      assertThat(larder.statistics().statementsToDatabase()).isEqualTo(statements);
      assertThat(larder.statistics().borrowedConnections()).isEqualTo(borrowed);
      assertThat(larder.statistics().audited()).isZero();
    }
  }

  @EachDatabase
  void aSessionWithSettingsOfItsOwnIsSkipped(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, "this-jvm", "1");
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      switch (database.product()) {
        case POSTGRESQL -> statement.execute("set app.tenant = 'x'");
        case MARIADB, MYSQL -> statement.execute("set time_zone = '+09:00'");
        case H2 -> statement.execute("set time zone 'Asia/Tokyo'");
      }
      titles(connection, "x");
      titles(connection, "x");
      assertThat(larder.statistics().hits()).isEqualTo(1);
      assertThat(larder.statistics().auditSkipped()).isEqualTo(1);
      assertThat(larder.statistics().audited()).isZero();
    }
  }

  private static LarderDataSource larder(TestDatabase database, String writers, String share) {
    return LarderDataSource.builder()
        .dataSource(database.dataSource())
        .setting(Setting.WRITERS, writers)
        .setting(Setting.MAX_STALENESS, "1h")
        .setting(Setting.AUDIT_SAMPLE, share)
        // On a busy machine a question may cost more than it saves, and would not be kept.
        .setting(Setting.ADMISSION, "always")
        .build();
  }

  private static void await(LarderDataSource larder, Predicate<Statistics> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.test(larder.statistics())) {
      assertThat(System.nanoTime() - deadline).as(larder.statistics().toString()).isNegative();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static List<String> titles(LarderDataSource larder, String not) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      return titles(connection, not);
    }
  }

  private static List<String> titles(Connection connection, String not) throws SQLException {
    List<String> titles = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TITLE)) {
      statement.setString(1, not);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          titles.add(rows.getInt(1) + " " + rows.getString(2) + " " + rows.getBigDecimal(3));
        }
      }
    }
    return titles;
  }

  private static void price(LarderDataSource larder, int id, BigDecimal price) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update book set price = ? where id = ?")) {
      statement.setBigDecimal(1, price);
      statement.setInt(2, id);
      statement.executeUpdate();
    }
  }
}
