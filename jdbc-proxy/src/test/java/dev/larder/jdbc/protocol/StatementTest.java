package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.column;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a statement is told, and how often it is run, is in the key or keeps the cache away. */
final class StatementTest {

  private static final String ALL = "select title from book order by id";

  private Shelf shelf;

  @BeforeEach
  void threeBooks(TestDatabase database) {
    shelf = new Shelf(database);
    database.execute("insert into book values (2, 'w1'), (3, 'x1')");
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @EachDatabase
  void aPreparedStatementIsRunAgainWithOtherParameters(TestDatabase database) throws SQLException {
    try (Connection c = shelf.readers.getConnection();
        PreparedStatement statement = c.prepareStatement("select title from book where id = ?")) {
      for (int round = 0; round < 3; round++) {
        for (int id = 1; id <= 3; id++) {
          statement.setInt(1, id);
          assertThat(column(statement.executeQuery()))
              .containsExactly(List.of("v1", "w1", "x1").get(id - 1));
        }
      }
      assertThat(shelf.readers.statistics().hits()).isEqualTo(6);
      statement.clearParameters();
      assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
    }
  }

  @EachDatabase
  void anArrayThatIsChangedAfterItWasSetDoesNotSpoilTheCache(TestDatabase database)
      throws SQLException {
    String type =
        switch (database.product()) {
          case POSTGRESQL -> "bytea";
          case MARIADB, MYSQL, H2 -> "varbinary(10)";
        };
    database.execute("create table thing (k " + type + ", v varchar(10))");
    byte[] one = {1};
    byte[] two = {2};
    try (Connection raw = database.connect();
        PreparedStatement insert = raw.prepareStatement("insert into thing values (?, ?)")) {
      for (byte[] key : List.of(one, two)) {
        insert.setBytes(1, key);
        insert.setString(2, "of " + key[0]);
        insert.executeUpdate();
      }
    }
    String sql = "select v from thing where k = ?";
    byte[] changing = {1};
    try (Connection c = shelf.readers.getConnection();
        PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setBytes(1, changing);
      assertThat(column(statement.executeQuery())).containsExactly("of 1");
      changing[0] = 2;
      statement.executeQuery().close();
      changing[0] = 1;
      statement.executeQuery().close();
    }
    try (Connection c = shelf.readers.getConnection();
        PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setBytes(1, two);
      assertThat(column(statement.executeQuery())).containsExactly("of 2");
      statement.setBytes(1, one);
      assertThat(column(statement.executeQuery())).containsExactly("of 1");
    }
  }

  @EachDatabase
  void maxRowsIsInTheKey(TestDatabase database) throws SQLException {
    try (Connection c = shelf.readers.getConnection();
        Statement statement = c.createStatement()) {
      for (int round = 0; round < 2; round++) {
        statement.setMaxRows(2);
        assertThat(column(statement.executeQuery(ALL))).containsExactly("v1", "w1");
        statement.setMaxRows(0);
        assertThat(column(statement.executeQuery(ALL))).containsExactly("v1", "w1", "x1");
        statement.setMaxRows(1);
        assertThat(column(statement.executeQuery(ALL))).containsExactly("v1");
      }
      assertThat(shelf.readers.statistics().hits()).isEqualTo(3);
    }
  }

  @EachDatabase
  void scrollInsensitiveResultsAreKeptAndUpdatableOnesAreNot(TestDatabase database)
      throws SQLException {
    try (Connection c = shelf.readers.getConnection()) {
      for (int round = 0; round < 2; round++) {
        try (Statement statement =
                c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
            ResultSet rows = statement.executeQuery(ALL)) {
          assertThat(rows.last()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("x1");
          assertThat(rows.absolute(1)).isTrue();
          assertThat(rows.getString(1)).isEqualTo("v1");
        }
      }
      if (database.product() == Product.MYSQL) {
        return; // Its driver moves its own results, and so they are not kept any more.
      }
      assertThat(shelf.readers.statistics().hits()).isOne();
      try (Statement statement =
          c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
        shelf.assertBypassed(BypassReason.RESULT_TYPE, () -> column(statement.executeQuery(ALL)));
      }
    }
  }

  @EachDatabase
  void cursorsInATransaction(TestDatabase database) throws SQLException {
    try (Connection c = shelf.readers.getConnection();
        Statement statement = c.createStatement()) {
      c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      c.setAutoCommit(false);
      statement.setFetchSize(1);
      for (int round = 0; round < 2; round++) {
        try (ResultSet rows = statement.executeQuery(ALL)) {
          assertThat(column(rows)).containsExactly("v1", "w1", "x1");
        }
      }
      assertThat(shelf.readers.statistics().hits()).isOne();
      run(c, "update book set title = 'v2' where id = 1");
      try (ResultSet rows = statement.executeQuery(ALL)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("v2");
      }
      c.rollback();
      assertThat(column(statement.executeQuery(ALL))).containsExactly("v1", "w1", "x1");
      c.rollback();
    }
  }

  @EachDatabase
  void closeOnCompletionAndStatementsOfAClosedConnection(TestDatabase database)
      throws SQLException {
    for (int round = 0; round < 2; round++) {
      try (Connection c = shelf.readers.getConnection()) {
        Statement statement = c.createStatement();
        statement.closeOnCompletion();
        ResultSet rows = statement.executeQuery(ALL);
        assertThat(column(rows)).hasSize(3);
        rows.close();
        assertThat(statement.isClosed()).isTrue();
      }
    }
    assertThat(shelf.readers.statistics().hits()).isOne();
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aCancelledWriteOnMariaDbIsInDoubtUntilItsConnectionIsClosed(TestDatabase database)
      throws Exception {
    shelf.keep(ALL.replace(" order by id", " where id = 1"));
    try (Connection locker = database.connect();
        Connection c = shelf.writers.getConnection();
        Statement statement = c.createStatement()) {
      locker.setAutoCommit(false);
      run(locker, "update book set title = 'locked'");
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeUpdate("update book set title = 'v2'"))
          .isInstanceOf(SQLException.class);
      locker.rollback();
    }
    shelf.untilKept("select title from book where id = 1");
    assertThat(shelf.read("select title from book where id = 1")).isEqualTo("v1");
  }
}
