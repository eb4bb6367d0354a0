package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Symptom: {@code select 1/0} on MariaDB left no warnings, because looking for them had used them
 * up.
 */
class WarningsOfAReadTest {

  private enum Asked {
    RESULT,
    STATEMENT,
    CONNECTION
  }

  private static List<String> warnings(Connection connection, String sql, Asked first)
      throws SQLException {
    List<String> told = new ArrayList<>();
    for (int read = 0; read < 2; read++) {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet rows = statement.executeQuery()) {
        told.add(text(first, rows, statement, connection));
        for (Asked next : Asked.values()) {
          told.add(next + " " + text(next, rows, statement, connection));
        }
        rows.next();
        told.add(rows.getString(1));
      }
    }
    return told;
  }

  private static String text(Asked asked, ResultSet rows, Statement statement, Connection of)
      throws SQLException {
    SQLWarning warning =
        switch (asked) {
          case RESULT -> rows.getWarnings();
          case STATEMENT -> statement.getWarnings();
          case CONNECTION -> of.getWarnings();
        };
    return warning == null
        ? "none"
        : warning.getSQLState() + " " + warning.getErrorCode() + " " + warning.getMessage();
  }

  /** What was found with MySQL's driver is handed out to who asks first. */
  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void whoAsksFirstIsToldAsByTheDriver(TestDatabase database) throws SQLException {
    database.execute("create table book (id int primary key)", "insert into book values (1)");
    String sql = "select id / 0 from book";
    if (database.product() == Product.POSTGRESQL) {
      database.execute(
          "create function noisy(id int) returns int language plpgsql immutable as"
              + " $$ begin raise warning 'division by zero'; return id; end $$");
      sql = "select noisy(id) from book";
    } else if (database.product() == Product.H2) {
      sql = "select id from book";
    }
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection ours = larder.getConnection();
        Connection theirs = database.connect()) {
      for (Asked first : Asked.values()) {
        assertThat(warnings(ours, sql, first))
            .as("asked first: " + first)
            .isEqualTo(warnings(theirs, sql, first));
      }
      if (database.product() != Product.H2) {
        assertThat(larder.statistics().bypasses()).containsKey(BypassReason.WARNINGS);
        assertThat(larder.statistics().stores()).isZero();
      }
    }
  }
}
