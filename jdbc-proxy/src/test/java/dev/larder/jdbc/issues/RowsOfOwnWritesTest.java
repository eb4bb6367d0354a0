package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A transaction is answered from memory where what it has written has no part in the answer, and by
 * the database where it may have.
 */
final class RowsOfOwnWritesTest {

  private static final String STREET = "select street from district where id = 1";
  private static final String YTD = "select ytd from district where id = 1";
  private static final String WHOLE = "select * from district where id = 1";
  private static final String COUNT = "select count(*), sum(ytd) from district where w = 1";

  private TestDatabase database;
  private Compared compared;
  private Connection connection;

  @BeforeEach
  void tables(TestDatabase fresh) throws SQLException {
    database = fresh;
    database.execute(
        "create table district (id int primary key, w int, street varchar(20), ytd int)",
        "insert into district values (1, 1, 'a', 10), (2, 1, 'b', 20), (3, 2, 'c', 30)");
    compared = new Compared(database);
    compared.cached(STREET, YTD, WHOLE, COUNT);
    connection = compared.larder.getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    compared.close();
  }

  @EachDatabase
  void columnsOfTheSameRow(TestDatabase same) throws SQLException {
    run("update district set ytd = ytd + 1 where id = 1");
    fromMemory(STREET, "a");
    fromDatabase(YTD, "11");
    fromDatabase(WHOLE, "1");
    fromDatabase(COUNT, "2");
    run("update district set street = 'mine' where id = 1");
    fromDatabase(STREET, "mine");
  }

  @EachDatabase
  void otherRows(TestDatabase same) throws SQLException {
    run("update district set ytd = 99, street = 'mine' where id = 3");
    fromMemory(STREET, "a");
    fromMemory(WHOLE, "1");
    // Which w the row has is not told.
    fromDatabase(COUNT, "2");
    run("insert into district values (4, 2, 'd', 40)");
    fromMemory(YTD, "10");
    run("delete from district where id in (2, 4)");
    fromMemory(YTD, "10");
    fromDatabase(COUNT, "1");
    connection.rollback();
    run("update district set w = 2 where ytd = 10");
    fromDatabase(WHOLE, "1");
    fromMemory(STREET, "a");
    // Now it is any rows, in any column.
    run("delete from district where ytd = 20");
    fromDatabase(STREET, "a");
  }

  @EachDatabase
  void whatNoRowsAreToldOf(TestDatabase same) throws SQLException {
    run("update district set street = 'mine'");
    fromMemory(YTD, "10");
    fromDatabase(STREET, "mine");
    run("insert into district select id + 10, w, street, ytd from district");
    fromDatabase(YTD, "10");
  }

  @EachDatabase
  void anUndoneWriteCountsAsLongAsTheTransactionLasts(TestDatabase same) throws SQLException {
    var before = connection.setSavepoint("before");
    run("update district set ytd = 99 where id = 1");
    connection.rollback(before);
    fromDatabase(YTD, "10");
    fromMemory(STREET, "a");
    connection.rollback();
    fromMemory(YTD, "10");
  }

  @EachDatabase
  void whatIsReadBesideIsEverybodys(TestDatabase same) throws SQLException {
    compared.run("update district set street = 'new' where id = 1");
    run("update district set ytd = 99 where id = 1");
    fromDatabase(STREET, "new");
    connection.rollback();
    long hits = compared.larder.statistics().hits();
    assertThat(compared.outcome(STREET)).isEqualTo("new;");
    assertThat(compared.larder.statistics().hits()).isEqualTo(hits + 1);
    compared.same(YTD);
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB})
  void aSnapshot(TestDatabase same) throws SQLException {
    String third = "select street from district where id = 3";
    compared.cached(third);
    connection.commit();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    fromDatabase(STREET, "a");
    run("update district set ytd = 99 where id = 1");
    fromMemory(STREET, "a");
    fromDatabase(YTD, "99");
    // What others have written since counts by rows and columns too.
    compared.run("update district set street = 'new' where id = 2");
    compared.run("update district set w = 7 where id = 3");
    fromMemory(STREET, "a");
    fromDatabase("select street from district where id = 2", "b");
    fromMemory(third, "c");
    compared.run("update district set street = 'new' where id = 3");
    fromDatabase(third, "c");
    compared.cached(third);
    fromDatabase(third, "c");
    connection.commit();
    fromDatabase(STREET, "a");
    fromMemory(third, "new");
  }

  @EachDatabase
  void byParameters(TestDatabase same) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update district set ytd = ? where id = ?")) {
      update.setInt(1, 99);
      update.setLong(2, 3);
      update.executeUpdate();
    }
    for (int id : new int[] {1, 3, 1, 3}) {
      try (PreparedStatement query =
          connection.prepareStatement("select ytd from district where id = ?")) {
        query.setInt(1, id);
        try (ResultSet row = query.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(id == 3 ? 99 : 10);
        }
      }
    }
  }

  private void run(String write) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(write);
    }
  }

  private void fromMemory(String query, String value) throws SQLException {
    read(query, value, 1);
  }

  private void fromDatabase(String query, String value) throws SQLException {
    read(query, value, 0);
  }

  private void read(String query, String value, int hits) throws SQLException {
    long before = compared.larder.statistics().hits();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).as(query).isTrue();
      assertThat(row.getString(1)).as(query).isEqualTo(value);
    }
    assertThat(compared.larder.statistics().hits() - before).as(query).isEqualTo(hits);
  }
}
