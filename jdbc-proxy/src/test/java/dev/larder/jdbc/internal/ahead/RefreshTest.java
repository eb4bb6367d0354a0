package dev.larder.jdbc.internal.ahead;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What commits kill is loaded before it is asked for, as long as that is of use. */
final class RefreshTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int READS = 20;

  private @Nullable LarderDataSource larder;
  private int written;

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  private LarderDataSource over(TestDatabase database, String... settings) {
    database.execute("create table book (id int primary key, title varchar(50))");
    database.execute("insert into book values (1, 'title 0'), (2, 'other')");
    List<String> all =
        new ArrayList<>(List.of("larder.refresh", "on", "larder.refresh.max-load", "1"));
    all.addAll(List.of(settings));
    LarderDataSource made = KeptAnswers.over(database, all.toArray(new String[0]));
    larder = made;
    return made;
  }

  @EachDatabase
  void whoReadsAfterACommitFindsTheAnswerInMemory(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    untilRefreshed(data);
    int spared = 0;
    for (int i = 0; i < 10; i++) {
      Statistics before = data.statistics();
      write(data, 1);
      boolean loaded =
          within(
              Duration.ofSeconds(1),
              () -> data.statistics().refreshes().loads() > before.refreshes().loads());
      long statements = data.statistics().statementsToDatabase();
      readAll(data);
      if (loaded && data.statistics().statementsToDatabase() == statements) {
        spared++;
      }
    }
    assertThat(spared).isGreaterThanOrEqualTo(5);
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void whatNobodyReadsIsLoadedNoMore(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    untilRefreshed(data);
    long loads = data.statistics().refreshes().loads();
    for (int i = 0; i < 30; i++) {
      write(data, 1);
      within(
          Duration.ofMillis(20), () -> data.statistics().refreshes().loads() > loads + 1 + READS);
    }
    assertThat(data.statistics().refreshes().loads()).isLessThanOrEqualTo(loads + 1);
    assertThat(read(data, 1)).isEqualTo("title " + written);
  }

  @EachDatabase
  void sessionsWithSettingsOfTheirOwnLoadForThemselves(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database);
    try (Connection connection = data.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          switch (database.product()) {
            case POSTGRESQL -> "set time zone 'Asia/Tokyo'";
            case MARIADB, MYSQL -> "set time_zone = '+05:00'";
            case H2 -> "set time zone '+05:00'";
          });
      for (int i = 0; i < 30; i++) {
        write(data, 1);
        for (int n = 0; n < READS; n++) {
          assertThat(read(connection, 1)).isEqualTo("title " + written);
        }
      }
    }
    assertThat(data.statistics().refreshes().loads()).isZero();
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void nothingIsSpentThatIsNotSaved(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.refresh.max-load", "0");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (data.statistics().refreshes().putOff() == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      write(data, 1);
      pause();
      readAll(data);
    }
    assertThat(data.statistics().refreshes().loads()).isZero();
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void aConnectionThatSomebodyMayWaitForIsLeftAlone(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.pool.maximum-size", "2");
    untilRefreshed(data);
    try (Connection holds = data.getConnection()) {
      holds.setAutoCommit(false);
      assertThat(read(holds, "select count(*) from book where id > ?", 0)).isEqualTo("2");
      Statistics.Refreshes before = data.statistics().refreshes();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (data.statistics().refreshes().putOff() == before.putOff()) {
        assertThat(System.nanoTime()).isLessThan(end);
        write(data, 1);
        pause();
        readAll(data);
      }
      assertThat(data.statistics().refreshes().loads()).isEqualTo(before.loads());
      holds.rollback();
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void whatIsReadAllTheTimeIsRenewedBeforeItIsTooOld(TestDatabase database) throws SQLException {
    LarderDataSource data =
        over(database, "larder.writers", "anyone", "larder.max-staleness", "300ms");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (data.statistics().refreshes().used() < 5) {
      assertThat(System.nanoTime()).isLessThan(end);
      read(data, 1);
    }
    // A machine that is busy with something else may come too late for some, never for all.
    long waited = Long.MAX_VALUE;
    while (waited > 3) {
      assertThat(System.nanoTime()).as("reads that waited: %s of 10", waited).isLessThan(end);
      long used = data.statistics().refreshes().used();
      long misses = data.statistics().misses();
      while (data.statistics().refreshes().used() < used + 10) {
        assertThat(System.nanoTime()).isLessThan(end);
        read(data, 1);
      }
      waited = data.statistics().misses() - misses;
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void noAnswerIsOlderForIt(TestDatabase database) throws SQLException {
    Duration bound = Duration.ofMillis(200);
    LarderDataSource data =
        over(database, "larder.writers", "anyone", "larder.max-staleness", "200ms");
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 1; data.statistics().refreshes().used() < 20; i++) {
      assertThat(System.nanoTime()).isLessThan(end);
      database.execute("update book set title = 'elsewhere " + i + "' where id = 1");
      long visible = System.nanoTime() + bound.toNanos();
      boolean late = false;
      while (!late) {
        late = System.nanoTime() - visible > 0;
        String seen = read(data, 1);
        if (late) {
          assertThat(seen).isEqualTo("elsewhere " + i);
        }
      }
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void whatIsReadNoMoreIsRenewedNoMore(TestDatabase database) throws SQLException {
    LarderDataSource data =
        over(database, "larder.writers", "anyone", "larder.max-staleness", "100ms");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (data.statistics().refreshes().used() < 5) {
      assertThat(System.nanoTime()).isLessThan(end);
      read(data, 1);
    }
    long loads = data.statistics().refreshes().loads();
    within(Duration.ofSeconds(1), () -> data.statistics().refreshes().loads() > loads + 1);
    assertThat(data.statistics().refreshes().loads()).isLessThanOrEqualTo(loads + 1);
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void theThreadIsThereOnlyWhereItIsWanted(TestDatabase database) throws SQLException {
    LarderDataSource data = over(database, "larder.refresh", "off");
    read(data, 1);
    assertThat(threads()).isZero();
    data.close();
    database.execute("drop table book");
    LarderDataSource other = over(database);
    read(other, 1);
    assertThat(threads()).isEqualTo(1);
    other.close();
    assertThat(within(Duration.ofSeconds(10), () -> threads() == 0)).isTrue();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("larder-refresh"))
        .count();
  }

  private void untilRefreshed(LarderDataSource data) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (data.statistics().refreshes().used() < 3) {
      assertThat(System.nanoTime()).isLessThan(end);
      write(data, 1);
      pause();
      readAll(data);
    }
  }

  /** As a reader who comes some time after a commit does. */
  private static void pause() {
    within(Duration.ofMillis(20), () -> false);
  }

  private void readAll(LarderDataSource data) throws SQLException {
    for (int i = 0; i < READS; i++) {
      assertThat(read(data, 1)).isEqualTo("title " + written);
    }
  }

  private static String read(LarderDataSource data, int id) throws SQLException {
    try (Connection connection = data.getConnection()) {
      return read(connection, id);
    }
  }

  private static String read(Connection connection, int id) throws SQLException {
    return read(connection, "select title from book where id = ?", id);
  }

  private static String read(Connection connection, String sql, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  private void write(LarderDataSource data, int id) throws SQLException {
    written++;
    try (Connection connection = data.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update book set title = ? where id = ?")) {
      statement.setString(1, "title " + written);
      statement.setInt(2, id);
      statement.executeUpdate();
    }
  }

  private static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return true;
  }
}
