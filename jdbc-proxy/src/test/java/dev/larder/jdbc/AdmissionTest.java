package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Statements for which keeping answers does not pay are passed on, and come back when it does. */
final class AdmissionTest {

  private static final String READ = "select title from book where id = ? and ? >= 0";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private LarderDataSource larder;
  private int turn;

  @BeforeEach
  void someRows(TestDatabase database) {
    database.execute("create table book (id int primary key, title varchar(50))");
    for (int id = 0; id < 10; id++) {
      database.execute("insert into book values (" + id + ", 'title " + id + "')");
    }
    larder = over(database, "measured");
  }

  private static LarderDataSource over(TestDatabase database, String admission) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", admission);
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  @EachDatabase
  void whatIsNeverAskedTwiceIsPassedOn(TestDatabase database) throws SQLException {
    untilPassedOn();
    Explanation explained = larder.explain(READ);
    assertThat(explained.reason()).isEqualTo(BypassReason.NOT_WORTH_IT);
    assertThat(explained.detail()).contains("found an answer").contains("us");
    long stores = larder.statistics().stores();
    for (int i = 0; i < 50; i++) {
      read(i % 10, turn++);
    }
    assertThat(larder.statistics().stores()).isEqualTo(stores);
  }

  @EachDatabase
  void whatIsAskedAgainComesBack(TestDatabase database) throws SQLException {
    untilPassedOn();
    long hits = larder.statistics().hits();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; larder.statistics().hits() < hits + 100; i++) {
      assertThat(System.nanoTime()).isLessThan(end);
      read(i % 10, 0);
    }
    assertThat(larder.explain(READ).cached()).isTrue();
  }

  @EachDatabase
  void writesAreSeenWhicheverWayItGoes(TestDatabase database) throws SQLException {
    untilPassedOn();
    long end = System.nanoTime() + PATIENCE.toNanos();
    long hits = larder.statistics().hits();
    for (int i = 0; larder.statistics().hits() < hits + 100; i++) {
      assertThat(System.nanoTime()).isLessThan(end);
      if (i % 100 == 0) {
        write("changed " + i);
      }
      assertThat(titleOf(3, 0)).isEqualTo("changed " + i / 100 * 100);
    }
  }

  @EachDatabase
  void alwaysIsAlways(TestDatabase database) throws SQLException {
    larder.close();
    larder = over(database, "always");
    for (int i = 0; i < 3_000; i++) {
      read(i % 10, turn++);
    }
    assertThat(larder.statistics().bypasses()).isEmpty();
    assertThat(larder.statistics().stores()).isEqualTo(3_000);
  }

  private void untilPassedOn() throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!larder.statistics().bypasses().containsKey(BypassReason.NOT_WORTH_IT)) {
      assertThat(System.nanoTime()).isLessThan(end);
      read(turn % 10, ++turn);
    }
  }

  private void read(int id, int other) throws SQLException {
    assertThat(titleOf(id, other)).isEqualTo("title " + id);
  }

  private String titleOf(int id, int other) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setInt(1, id);
      statement.setInt(2, other);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        String title = rows.getString(1);
        assertThat(rows.next()).isFalse();
        return title;
      }
    }
  }

  private void write(String title) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update book set title = ? where id = 3")) {
      statement.setString(1, title);
      statement.executeUpdate();
    }
  }
}
