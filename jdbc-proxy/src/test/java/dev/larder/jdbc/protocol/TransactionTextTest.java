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
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Transaction control as SQL text is understood like the JDBC calls. */
final class TransactionTextTest {

  private Shelf shelf;
  private String begin;

  @BeforeEach
  void twoDataSourcesOverOneDatabase(TestDatabase database) {
    shelf = new Shelf(database);
    begin = database.product().speaksMySql() ? "start transaction" : "begin";
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @EachDatabase
  void beginAndCommit(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, begin, "update book set title = 'v2'");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      assertThat(one(c, TITLE)).isEqualTo("v2");
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
    }
  }

  @EachDatabase
  void beginAndRollback(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection()) {
      run(c, begin, "update book set title = 'never'");
      assertThat(one(c, TITLE)).isEqualTo("never");
      run(c, "rollback");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("v1");
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void commitAndChainGoesOn(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, begin, "update book set title = 'v2'", "commit and chain");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update book set title = 'v3'");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v2");
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
      run(c, begin, "update book set title = 'never'", "rollback and chain");
      run(c, "update book set title = 'v4'");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v4");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void setTransactionIsUnderstood(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "begin", "set transaction isolation level repeatable read");
      one(c, NAME);
      shelf.write("update book set title = 'v2'");
      assertThat(shelf.assertBypassed(BypassReason.SNAPSHOT_MOVED, () -> one(c, TITLE)))
          .isEqualTo("v1");
      run(c, "commit", "begin isolation level serializable");
      shelf.assertBypassed(BypassReason.SERIALIZABLE, () -> one(c, TITLE));
      run(c, "commit");
      shelf.assertFromMemory(() -> shelf.read(NAME));
      run(c, "set session characteristics as transaction isolation level serializable");
      shelf.assertBypassed(BypassReason.SERIALIZABLE, () -> one(c, TITLE));
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void setTransactionOutsideOfOneHasNoEffect(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = shelf.readers.getConnection()) {
      c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      run(c, "set transaction isolation level read committed");
      c.setAutoCommit(false);
      assertThat(one(c, NAME)).isEqualTo("a1");
      shelf.write("update book set title = 'v2'", "update author set name = 'a2'");
      shelf.keep(TITLE, NAME);
      assertThat(one(c, NAME) + one(c, TITLE)).isEqualTo("a1v1");
      c.rollback();
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void setTransactionIsUsedUpByTheNextStatement(TestDatabase database) throws SQLException {
    try (Connection writer = shelf.writers.getConnection();
        Connection dirty = shelf.readers.getConnection()) {
      dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      writer.setAutoCommit(false);
      run(writer, "update book set title = 'never'");
      run(dirty, "set transaction isolation level read committed");
      one(dirty, NAME);
      assertThat(shelf.assertNotStored(() -> one(dirty, TITLE))).isEqualTo("never");
      writer.rollback();
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
  }

  @EachDatabase(Product.POSTGRESQL)
  void resettingAllResetsTheIsolationToo(TestDatabase database) throws SQLException {
    database.execute(
        "alter database " + database.name() + " set default_transaction_isolation = serializable");
    shelf.close();
    shelf = new Shelf(withoutTables(database));
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set session characteristics as transaction isolation level read committed");
      one(c, TITLE);
      shelf.assertFromMemory(() -> one(c, TITLE));
      run(c, "reset all");
      shelf.assertBypassed(BypassReason.SERIALIZABLE, () -> one(c, TITLE));
    }
  }

  private static TestDatabase withoutTables(TestDatabase database) {
    database.execute("drop table book", "drop table author");
    return database;
  }

  @EachDatabase({Product.MARIADB, Product.H2})
  void setAutoCommitOffAndOn(TestDatabase database) throws SQLException {
    boolean mariadb = shelf.product().speaksMySql();
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, mariadb ? "set autocommit=0" : "set autocommit false");
      run(c, "update book set title = 'v2'");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      run(c, mariadb ? "set autocommit=1" : "set autocommit true");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
      run(c, mariadb ? "set autocommit=0" : "set autocommit false");
      run(c, "update book set title = 'v4'");
      c.commit();
      assertThat(shelf.read(TITLE)).isEqualTo("v4");
      run(c, "update book set title = 'v5'");
      c.setAutoCommit(true);
      assertThat(shelf.read(TITLE)).isEqualTo("v5");
    }
  }

  @EachDatabase
  void textAndCallsMaySwitchWithinOneTransaction(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, begin);
      c.setAutoCommit(false);
      run(c, "update book set title = 'v2'", "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo(committedTitle(database));
      c.commit();
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aStatementAfterCommitInTheSameTextBelongsToTheNextTransaction(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "begin");
      run(c, "commit; begin; update book set title = 'v2'");
      shelf.read(TITLE);
      assertThat(one(c, TITLE)).isEqualTo("v2");
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aCommitThatFailedEndedTheTransaction(TestDatabase database) throws SQLException {
    database.execute("alter table author add unique (name) deferrable initially deferred");
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "begin", "insert into author values (2, 'a1')");
      assertThatThrownBy(() -> run(c, "commit")).isInstanceOf(SQLException.class);
      run(c, "update book set title = 'v2'");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "begin", "update book set title = 'v3'", "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
    }
  }

  @EachDatabase(Product.MARIADB)
  void aDeadlockMayHaveEndedTheTransaction(TestDatabase database) throws Exception {
    shelf.keep(TITLE);
    try (Connection raw = database.connect();
        Connection c = shelf.writers.getConnection()) {
      raw.setAutoCommit(false);
      // The heavier transaction survives a deadlock, so that ours is the victim.
      run(raw, "insert into author select seq, 'many' from seq_10_to_200");
      run(raw, "update author set name = 'x' where id = 1");
      run(c, "start transaction", "update book set title = 'x' where id = 1");
      Thread other =
          new Thread(
              () -> {
                try {
                  run(raw, "update book set title = 'raw' where id = 1");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      other.start();
      Shelf.until(
          "the other waits for our lock",
          () -> {
            // The server answers from what it told last until nobody has asked for 0.1 s.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            try (Connection asking = database.connect()) {
              return Integer.parseInt(
                      one(
                          asking,
                          "select count(*) from information_schema.innodb_trx"
                              + " where trx_state = 'LOCK WAIT'"))
                  > 0;
            }
          });
      assertThatThrownBy(() -> run(c, "update author set name = 'y' where id = 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
      other.join();
      raw.rollback();
      run(c, "update book set title = 'v2'");
      assertThat(shelf.read(TITLE)).isEqualTo(committedTitle(database));
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void whatAFailedTextBeganGoesOn(TestDatabase database) throws SQLException {
    shelf.close();
    shelf = new Shelf(withoutTables(database));
    try (var several = shelf.over(database.url() + "?allowMultiQueries=true");
        Connection c = several.getConnection()) {
      shelf.keep(TITLE);
      assertThatThrownBy(
              () -> run(c, "start transaction; update book set title = 'v2'; select bogus"))
          .isInstanceOf(SQLException.class);
      shelf.read(TITLE);
      run(c, "commit");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aFailedBatchMayHaveBegunATransaction(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection();
        Statement statement = c.createStatement()) {
      statement.addBatch("update book set title = 'v2'");
      statement.addBatch("select 1/0");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
      assertThat(shelf.read(TITLE)).isEqualTo(committedTitle(database));
      run(c, "update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo(committedTitle(database));
    }
  }

  /** What is committed now, asked past Larder. */
  private static String committedTitle(TestDatabase database) throws SQLException {
    try (Connection raw = database.connect()) {
      return one(raw, TITLE);
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void prepareTransactionKeepsTheChangeSetOpenUntilItIsCommitted(TestDatabase database)
      throws SQLException {
    shelf.keep(TITLE, NAME);
    String id = "'" + database.name() + "'";
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "begin", "update book set title = 'v2'", "prepare transaction " + id);
      assertThat(shelf.assertBypassed(BypassReason.COMMIT_UNDER_WAY, () -> shelf.read(TITLE)))
          .isEqualTo("v1");
      assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
      assertThat(shelf.assertFromMemory(() -> shelf.read(NAME))).isEqualTo("a1");
    }
    shelf.write("commit prepared " + id);
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
    shelf.keep(TITLE);
  }

  @EachDatabase(Product.POSTGRESQL)
  void rollbackPreparedClosesIt(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    shelf.write("begin", "update book set title = 'never'", "prepare transaction " + id);
    shelf.assertNotStored(() -> shelf.read(TITLE));
    shelf.write("rollback prepared " + id);
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
    shelf.keep(TITLE);
  }

  @EachDatabase(Product.POSTGRESQL)
  void theSecondHalfMayGoPastLarder(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    shelf.write("begin", "update book set title = 'v2'", "prepare transaction " + id);
    shelf.assertNotStored(() -> shelf.read(TITLE));
    database.execute("commit prepared " + id);
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
    shelf.untilKept(TITLE);
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
  }

  @EachDatabase(Product.POSTGRESQL)
  void aPrepareThatFailedIsARollback(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    shelf.write("begin", "update author set name = 'x'", "prepare transaction " + id);
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "begin", "update book set title = 'never'");
      assertThatThrownBy(() -> run(c, "prepare transaction " + id))
          .isInstanceOf(SQLException.class);
      assertThat(shelf.read(TITLE)).isEqualTo("v1");
      run(c, "update book set title = 'v2'");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
    shelf.write("commit prepared " + id);
    assertThat(shelf.read(NAME)).isEqualTo("x");
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void xaAsTextStaysOpenFromPrepareUntilCommit(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "xa start " + id, "update book set title = 'v2'", "xa end " + id);
      assertThat(shelf.read(TITLE)).isEqualTo("v1");
      run(c, "xa prepare " + id);
      try {
        assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
      } finally {
        // What stays prepared would keep the database from being dropped.
        run(c, "xa commit " + id);
      }
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
    shelf.keep(TITLE);
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void theSecondHalfOfXaMayGoPastLarder(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "xa start " + id, "update book set title = 'v2'", "xa end " + id, "xa prepare " + id);
      shelf.assertNotStored(() -> shelf.read(TITLE));
    }
    Shelf.until(
        "another session may commit it",
        () -> {
          try {
            database.execute("xa commit " + id);
            return true;
          } catch (IllegalStateException stillAttached) {
            return false;
          }
        });
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
    shelf.untilKept(TITLE);
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void xaInOnePhase(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String id = "'" + database.name() + "'";
    shelf.write(
        "xa start " + id,
        "update book set title = 'v2'",
        "xa end " + id,
        "xa commit " + id + " one phase");
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
  }
}
