package dev.larder.jdbc.issues;

import static dev.larder.jdbc.issues.Accounts.BALANCE;
import static dev.larder.jdbc.issues.Accounts.NOBODY_TELLS;
import static dev.larder.jdbc.issues.Accounts.OTHER_BALANCE;
import static dev.larder.jdbc.issues.Accounts.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a REPEATABLE READ transaction read one account from the database and the other from
 * memory, while a writer elsewhere moved money from one to the other: a sum that never was.
 */
class SnapshotElsewhereTest {

  private static final int TRIES = 20;

  private static void moveElsewhere(TestDatabase database, int amount) throws SQLException {
    try (Connection writer = database.connect()) {
      writer.setAutoCommit(false);
      Accounts.run(writer, "update acct set bal = bal - " + amount + " where id = 1");
      Accounts.run(writer, "update acct set bal = bal + " + amount + " where id = 2");
      writer.commit();
    }
  }

  private static int sum(Connection snapshot) throws SQLException {
    return Integer.parseInt(one(snapshot, BALANCE))
        + Integer.parseInt(one(snapshot, OTHER_BALANCE));
  }

  @EachDatabase
  void allOfASnapshotIsOfOneState(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      for (int i = 1; i <= 3; i++) {
        accounts.larder.invalidation().everything();
        accounts.keep(BALANCE, OTHER_BALANCE);
        moveElsewhere(database, i);
        try (Connection c = accounts.begin(Connection.TRANSACTION_REPEATABLE_READ)) {
          assertThat(sum(c)).isEqualTo(100);
          assertThat(sum(c)).as("once more").isEqualTo(100);
          c.commit();
        }
      }
    }
  }

  /** What a snapshot has read is kept, dated by the snapshot. */
  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void whatASnapshotReadIsKept(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      boolean kept = false;
      for (int i = 0; i < TRIES && !kept; i++) {
        accounts.keep(BALANCE, OTHER_BALANCE);
        accounts.larder.invalidation().everything();
        long bypasses = accounts.bypasses(BypassReason.SNAPSHOT_UNPROVEN);
        try (Connection c = accounts.begin(Connection.TRANSACTION_REPEATABLE_READ)) {
          sum(c);
          c.commit();
        }
        long hits = accounts.larder.statistics().hits();
        accounts.read(BALANCE);
        accounts.read(OTHER_BALANCE);
        kept =
            accounts.bypasses(BypassReason.SNAPSHOT_UNPROVEN) == bypasses + 2
                && accounts.larder.statistics().hits() == hits + 2;
      }
      assertThat(kept).isTrue();
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void whereEveryWriterIsSeenASnapshotIsAnsweredFromMemory(TestDatabase database)
      throws SQLException {
    try (Accounts accounts = new Accounts(database, "larder.writers", "this-jvm")) {
      accounts.keep(BALANCE, OTHER_BALANCE);
      try (Connection c = accounts.begin(Connection.TRANSACTION_REPEATABLE_READ)) {
        one(c, BALANCE);
        long before = accounts.larder.statistics().hits();
        assertThat(one(c, OTHER_BALANCE)).isEqualTo("50");
        assertThat(accounts.larder.statistics().hits()).isEqualTo(before + 1);
        c.commit();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logical", "notify"})
  void theReportOfASourceNeedNotHaveCome(String source) throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Accounts accounts = new Accounts(database, "larder.invalidation.postgres", source)) {
      int wrong = 0;
      for (int i = 0; i < TRIES; i++) {
        accounts.keep(BALANCE, OTHER_BALANCE);
        try (Connection c = accounts.begin(Connection.TRANSACTION_REPEATABLE_READ)) {
          moveElsewhere(database, 1);
          wrong += sum(c) == 100 ? 0 : 1;
          c.commit();
        }
      }
      assertThat(wrong).isZero();
    }
  }
}
