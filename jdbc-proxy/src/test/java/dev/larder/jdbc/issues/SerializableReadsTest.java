package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: nothing that was read at SERIALIZABLE came from memory, not even where the database
 * itself keeps no lock for what was read, and the reason did not say what else there is.
 */
class SerializableReadsTest {

  private static final String ONE = "select n from thing where id = 1";
  private static final String TWO = "select n from thing where id = 2";
  private static final String SAFE =
      "set transaction isolation level serializable, read only, deferrable";

  private Compared compared;

  @BeforeEach
  void tables(TestDatabase database) {
    database.execute(
        "create table thing (id int primary key, n int)",
        "insert into thing values (1, 1), (2, 2)");
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
  }

  private static void run(Connection c, String... texts) throws SQLException {
    try (Statement statement = c.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  private boolean isHit(Connection c, String query, String expected) {
    long before = compared.larder.statistics().hits();
    assertThat(Compared.outcome(c, query)).isEqualTo(expected);
    return compared.larder.statistics().hits() > before;
  }

  @EachDatabase
  void aQueryAloneIsAnsweredWhereTheDatabaseKeepsNoLockForIt(TestDatabase database)
      throws SQLException {
    boolean answered = database.product() != Product.POSTGRESQL;
    compared.cached(ONE, TWO);
    try (Connection c = compared.larder.getConnection()) {
      c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(isHit(c, ONE, "1;")).isEqualTo(answered);
      compared.run("update thing set n = 7 where id = 1");
      assertThat(isHit(c, ONE, "7;")).isFalse();
      assertThat(isHit(c, ONE, "7;")).isEqualTo(answered);
      c.setAutoCommit(false);
      assertThat(isHit(c, ONE, "7;")).isFalse();
      assertThat(isHit(c, TWO, "2;")).isFalse();
      c.rollback();
      run(c, database.product() == Product.H2 ? "begin" : "start transaction");
      assertThat(isHit(c, TWO, "2;")).isFalse();
      assertThat(isHit(c, TWO, "2;")).isFalse();
      c.rollback();
    }
    assertThat(compared.larder.statistics().bypasses()).containsKey(BypassReason.SERIALIZABLE);
    assertThat(BypassReason.SERIALIZABLE.sentence()).contains("DEFERRABLE").contains("auto-commit");
  }

  @EachDatabase(Product.POSTGRESQL)
  void aDeferrableTransactionReadsItsSnapshotFromMemory(TestDatabase database) throws SQLException {
    compared.cached(ONE, TWO);
    for (boolean byText : new boolean[] {false, true}) {
      try (Connection c = compared.larder.getConnection()) {
        if (byText) {
          run(c, "begin isolation level serializable read only deferrable");
        } else {
          c.setAutoCommit(false);
          run(c, SAFE);
        }
        assertThat(isHit(c, ONE, "1;")).isFalse();
        assertThat(isHit(c, ONE, "1;")).isTrue();
        assertThat(isHit(c, TWO, "2;")).isTrue();
        compared.run("update thing set n = 20 where id = 2");
        // As of its snapshot, while others see the new row.
        assertThat(isHit(c, TWO, "2;")).isFalse();
        assertThat(compared.outcome(TWO)).isEqualTo("20;");
        assertThat(isHit(c, TWO, "2;")).isFalse();
        run(c, "commit");
        compared.run("update thing set n = 2 where id = 2");
        compared.cached(ONE, TWO);
      }
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void whatIsNotQuiteDeferrableIsNot(TestDatabase database) throws SQLException {
    compared.cached(ONE, TWO);
    String[][] beginnings = {
      {"set transaction isolation level serializable"},
      {"set transaction isolation level serializable, read only"},
      {"set transaction isolation level serializable, deferrable"},
      {"set transaction isolation level serializable, read only, not deferrable"},
      {"set transaction isolation level serializable, read write, deferrable"},
      {SAFE, "set transaction read write"},
      {SAFE, "set transaction not deferrable"},
      {SAFE, "set transaction_read_only = off"},
      {SAFE, "set local transaction_deferrable = off"},
      {SAFE, "set transaction isolation level serializable"},
      {SAFE, "select 1"}
    };
    for (String[] beginning : beginnings) {
      try (Connection c = compared.larder.getConnection()) {
        c.setAutoCommit(false);
        run(c, beginning);
        for (int time = 0; time < 3; time++) {
          assertThat(isHit(c, ONE, "1;")).as(String.join("; ", beginning)).isFalse();
          assertThat(isHit(c, TWO, "2;")).as(String.join("; ", beginning)).isFalse();
        }
        c.rollback();
        // And nothing of it is left for the next one.
        run(c, "set transaction isolation level serializable");
        assertThat(isHit(c, ONE, "1;")).isFalse();
        assertThat(isHit(c, ONE, "1;")).isFalse();
        c.rollback();
      }
    }
    // In the middle of a transaction it is an error.
    try (Connection c = compared.larder.getConnection()) {
      c.setAutoCommit(false);
      c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      Compared.outcome(c, ONE);
      assertThatThrownBy(() -> run(c, SAFE)).isInstanceOf(SQLException.class);
      c.rollback();
      assertThat(isHit(c, ONE, "1;")).isFalse();
    }
  }

  /**
   * The anomaly that a reader alone can see, where it misses a writer that comes before one that it
   * sees: with the receipts of a day and the day's number. The database prevents it for whoever
   * reads there, and does so whatever memory holds.
   */
  @EachDatabase(Product.POSTGRESQL)
  void aReaderSeesNoOrderThatThereWasNot(TestDatabase database) throws SQLException {
    database.execute(
        "create table day (n int primary key)",
        "create table receipt (n int, amount int)",
        "insert into day values (1)");
    String day = "select n from day";
    String receipts = "select amount from receipt where n = 1";
    compared.cached(day, receipts);
    for (boolean deferrable : new boolean[] {false, true}) {
      database.execute("delete from receipt", "update day set n = 1");
      compared.larder.invalidation().everything();
      compared.cached(day, receipts);
      try (Connection writer = compared.larder.getConnection();
          Connection closer = compared.larder.getConnection();
          Connection reader = compared.larder.getConnection()) {
        for (Connection c : new Connection[] {writer, closer, reader}) {
          c.setAutoCommit(false);
          c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        Compared.outcome(writer, day);
        run(writer, "insert into receipt select n, 5 from day");
        run(closer, "update day set n = 2");
        closer.commit();
        boolean failed = false;
        if (deferrable) {
          // It would wait for the writer.
          writer.commit();
          run(reader, SAFE);
          assertThat(Compared.outcome(reader, day)).isEqualTo("2;");
          assertThat(Compared.outcome(reader, receipts)).isEqualTo("5;");
          reader.commit();
        } else {
          String seen = Compared.outcome(reader, day) + Compared.outcome(reader, receipts);
          try {
            reader.commit();
            writer.commit();
          } catch (SQLException e) {
            failed = true;
          }
          assertThat(failed || !seen.equals("2;")).isTrue();
        }
      }
    }
  }
}
