package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.NAME;
import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One test per rule on transactions and isolation levels, named as the rule reads. */
final class TransactionRulesTest {

  private Shelf shelf;

  @BeforeEach
  void twoDataSourcesOverOneDatabase(TestDatabase database) {
    shelf = new Shelf(database);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @EachDatabase
  void aWriteThroughOneDataSourceIsSeenThroughAnother(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    shelf.write("update book set title = 'v2'");
    assertThat(shelf.assertFromDatabase(() -> shelf.read(TITLE))).isEqualTo("v2");
    assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v2");
  }

  @EachDatabase
  void aQueryThatMeetsTheTransactionsOwnWritesBypassesTheCacheBothWays(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = begin(Connection.TRANSACTION_READ_COMMITTED)) {
      run(c, "update book set title = 'mine'");
      assertThat(shelf.assertBypassed(BypassReason.OWN_WRITE, () -> one(c, TITLE)))
          .isEqualTo("mine");
      assertThat(shelf.assertNotStored(() -> one(c, TITLE))).isEqualTo("mine");
      assertThat(shelf.assertFromMemory(() -> one(c, NAME))).isEqualTo("a1");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      c.commit();
    }
    assertThat(shelf.read(TITLE)).isEqualTo("mine");
  }

  @EachDatabase
  void readCommittedHitsAndFillsInsideATransaction(TestDatabase database) throws SQLException {
    try (Connection c = begin(Connection.TRANSACTION_READ_COMMITTED)) {
      assertThat(one(c, TITLE)).isEqualTo("v1");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      shelf.write("update book set title = 'v2'");
      assertThat(shelf.assertFromDatabase(() -> one(c, TITLE))).isEqualTo("v2");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v2");
      c.rollback();
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL, Product.H2})
  void readUncommittedHitsButNeverFills(TestDatabase database) throws SQLException {
    try (Connection writer = shelf.writers.getConnection();
        Connection dirty = begin(Connection.TRANSACTION_READ_UNCOMMITTED)) {
      writer.setAutoCommit(false);
      run(writer, "update book set title = 'never'");
      assertThat(shelf.assertBypassed(BypassReason.READ_UNCOMMITTED, () -> one(dirty, TITLE)))
          .isEqualTo("never");
      assertThat(shelf.readers.statistics().stores()).isZero();
      assertThat(shelf.read(TITLE)).isEqualTo("v1");
      assertThat(shelf.assertFromMemory(() -> one(dirty, TITLE))).isEqualTo("v1");
      dirty.rollback();
      writer.rollback();
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aLevelForTheNextTransactionIsThatOfTheOneThatATextBegins(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set session transaction isolation level read committed");
      run(c, "set transaction isolation level repeatable read");
      run(c, "start transaction");
      assertThat(shelf.assertFromDatabase(() -> one(c, TITLE))).isEqualTo("v1");
      shelf.write("update book set title = 'v2'");
      assertThat(one(c, TITLE)).isEqualTo("v1");
      run(c, "commit");
      assertThat(one(c, TITLE)).isEqualTo("v2");
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL, Product.H2})
  void readUncommittedNeverFillsOutsideOfATransactionEither(TestDatabase database)
      throws SQLException {
    try (Connection writer = shelf.writers.getConnection();
        Connection dirty = shelf.readers.getConnection()) {
      dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      writer.setAutoCommit(false);
      run(writer, "update book set title = 'never'");
      assertThat(shelf.assertNotStored(() -> one(dirty, TITLE))).isEqualTo("never");
      writer.rollback();
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void theFirstReadOfASnapshotGoesToTheDatabaseAndLaterHitsOnlyWhereNothingMoved(
      TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
      assertThat(shelf.assertFromDatabase(() -> one(c, TITLE))).isEqualTo("v1");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      shelf.write("update author set name = 'a2'");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      assertThat(shelf.assertBypassed(BypassReason.SNAPSHOT_MOVED, () -> one(c, NAME)))
          .isEqualTo("a1");
      assertThat(shelf.read(NAME)).isEqualTo("a2");
      // Kept by others now, and not what this snapshot holds.
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      c.commit();
      assertThat(shelf.assertFromDatabase(() -> one(c, NAME))).isEqualTo("a2");
      c.commit();
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aSnapshotThatBeginsWithAnUpdateIsFixedByTheFirstRead(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
      run(c, "update book set title = 'mine'");
      shelf.write("update author set name = 'a2'");
      assertThat(shelf.assertFromDatabase(() -> one(c, NAME))).isEqualTo("a2");
      shelf.write("update author set name = 'a3'");
      assertThat(shelf.read(NAME)).isEqualTo("a3");
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a2");
      c.rollback();
    }
    assertThat(shelf.read(NAME)).isEqualTo("a3");
  }

  @EachDatabase(Product.POSTGRESQL)
  void aSnapshotThatAnUpdateFixedStoresNothingThatMovedSince(TestDatabase database)
      throws SQLException {
    try (Connection c = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
      run(c, "update book set title = 'mine'");
      shelf.write("update author set name = 'a2'");
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      assertThat(shelf.read(NAME)).isEqualTo("a2");
      c.rollback();
    }
    assertThat(shelf.read(NAME)).isEqualTo("a2");
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aSnapshotThatItsBeginFixedStoresNothingThatMovedSince(TestDatabase database)
      throws SQLException {
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "start transaction with consistent snapshot");
      shelf.write("update author set name = 'a2'");
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      assertThat(shelf.read(NAME)).isEqualTo("a2");
      run(c, "rollback");
    }
    assertThat(shelf.read(NAME)).isEqualTo("a2");
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aStatementThatCommitsByItselfEndsTheSnapshot(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
      assertThat(one(c, TITLE)).isEqualTo("v1");
      run(c, "flush status", "set @x = 1", "create table other (id int)");
      shelf.keep(TITLE, NAME);
      String title = one(c, TITLE);
      shelf.write("update book set title = 'v2'", "update author set name = 'a2'");
      // Whatever was fixed when the title was read must hold for the name.
      assertThat(title + one(c, NAME)).isEqualTo("v1a1");
      c.rollback();
    }
  }

  @EachDatabase(Product.H2)
  void aSnapshotOnH2Bypasses(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
      shelf.assertBypassed(BypassReason.FIXES_SNAPSHOT, () -> one(c, TITLE));
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      shelf.write("update author set name = 'a2'");
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      c.rollback();
    }
  }

  @EachDatabase
  void serializableBypasses(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = begin(Connection.TRANSACTION_SERIALIZABLE)) {
      shelf.assertBypassed(BypassReason.SERIALIZABLE, () -> one(c, TITLE));
      assertThat(shelf.assertNotStored(() -> one(c, NAME))).isEqualTo("a1");
      c.rollback();
      c.setAutoCommit(true);
      if (database.product() == Product.POSTGRESQL) {
        shelf.assertBypassed(BypassReason.SERIALIZABLE, () -> one(c, TITLE));
      }
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void writeSkewIsStillPrevented(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection a = begin(Connection.TRANSACTION_SERIALIZABLE);
        Connection b = begin(Connection.TRANSACTION_SERIALIZABLE)) {
      one(a, TITLE);
      one(b, NAME);
      run(a, "update author set name = 'x'");
      run(b, "update book set title = 'x'");
      a.commit();
      assertThatThrownBy(b::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    }
    assertThat(shelf.read(TITLE) + shelf.read(NAME)).isEqualTo("v1x");
  }

  @EachDatabase
  void aCommitThatWritesSeveralTablesMovesThemAll(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = shelf.writers.getConnection()) {
      c.setAutoCommit(false);
      run(c, "update book set title = 'v2'", "update author set name = 'a2'");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      c.commit();
      assertThat(shelf.assertFromDatabase(() -> shelf.read(TITLE))).isEqualTo("v2");
      assertThat(shelf.assertFromDatabase(() -> shelf.read(NAME))).isEqualTo("a2");
    }
  }

  @EachDatabase
  void aRollbackMovesNothing(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      c.setAutoCommit(false);
      run(c, "update book set title = 'never'");
      c.rollback();
    }
    assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
  }

  @EachDatabase
  void aSavepointRollbackKeepsTheChangeSet(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = begin(Connection.TRANSACTION_READ_COMMITTED)) {
      Savepoint savepoint = c.setSavepoint("here");
      run(c, "update book set title = 'undone'");
      c.rollback(savepoint);
      assertThat(shelf.assertBypassed(BypassReason.OWN_WRITE, () -> one(c, TITLE))).isEqualTo("v1");
      run(c, "savepoint there", "update author set name = 'undone'");
      run(c, "rollback to savepoint there");
      assertThat(shelf.assertBypassed(BypassReason.OWN_WRITE, () -> one(c, NAME))).isEqualTo("a1");
      run(c, "update book set title = 'v2'");
      c.commit();
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
  }

  @EachDatabase(Product.POSTGRESQL)
  void aTransactionInErrorAnswersNothingFromTheCache(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = begin(Connection.TRANSACTION_READ_COMMITTED)) {
      assertThatThrownBy(() -> run(c, "select 1/0")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> one(c, TITLE))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
      c.rollback();
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      c.rollback();
      run(c, "savepoint s");
      assertThatThrownBy(() -> run(c, "select 1/0")).isInstanceOf(SQLException.class);
      run(c, "rollback to savepoint s");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      c.rollback();
    }
  }

  @EachDatabase
  void closingWithAnOpenTransactionNeverCommits(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      c.setAutoCommit(false);
      run(c, "update book set title = 'never'");
    }
    try (Connection c = shelf.writers.getConnection()) {
      run(c, shelf.product().speaksMySql() ? "start transaction" : "begin");
      run(c, "update book set title = 'never'");
    }
    Shelf.until(
        "nothing is locked any more",
        () -> {
          try (Connection raw = database.connect()) {
            run(raw, "update book set title = title where id = 1");
            return true;
          }
        });
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
    try (Connection raw = database.connect()) {
      assertThat(one(raw, TITLE)).isEqualTo("v1");
    }
  }

  @EachDatabase
  void switchingAutoCommitOnCommits(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      c.setAutoCommit(false);
      run(c, "update book set title = 'v2'");
      c.setAutoCommit(true);
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL, Product.H2})
  void changingTheIsolationWithinATransactionStopsTheCacheUntilItEnds(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = begin(Connection.TRANSACTION_READ_COMMITTED)) {
      one(c, NAME);
      c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(shelf.assertFromDatabase(() -> one(c, TITLE))).isEqualTo("v1");
      c.commit();
      c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
      c.commit();
    }
  }

  private Connection begin(int isolation) throws SQLException {
    Connection connection = shelf.readers.getConnection();
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
    return connection;
  }
}
