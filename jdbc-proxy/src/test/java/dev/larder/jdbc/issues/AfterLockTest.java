package dev.larder.jdbc.issues;

import static dev.larder.jdbc.issues.Accounts.BALANCE;
import static dev.larder.jdbc.issues.Accounts.NOBODY_TELLS;
import static dev.larder.jdbc.issues.Accounts.OTHER_BALANCE;
import static dev.larder.jdbc.issues.Accounts.one;
import static dev.larder.jdbc.issues.Accounts.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a transaction had locked a row, and what it read next came from memory, older than what
 * the lock guards: a lost update. So it was with every kind of lock, and as long as the report of a
 * source was under way.
 */
class AfterLockTest {

  private static final int TRIES = 20;

  /** What locks until the transaction ends. */
  private static List<String> locks(Product product) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "select bal from acct where id = 1 for update",
                "select n from locks where id = 1 for update",
                "select (select max(n) from locks) from locks where id = 1 for update",
                "update locks set n = n + 1 where id = 1",
                "update locks set n = 1 where id = 77",
                "insert into locks values (100, 0)",
                "delete from locks where id = 2"));
    switch (product) {
      case POSTGRESQL ->
          all.addAll(
              List.of(
                  "select n from locks for no key update",
                  "select n from locks for share",
                  "select n from locks for key share",
                  "select n from locks for update skip locked",
                  "select count(*) from (select id from locks for update) l",
                  "with l as (select id from locks for update) select count(*) from l",
                  "with l as (update locks set n = 5 returning id) select count(*) from l",
                  "lock table locks in share mode",
                  "lock locks",
                  "declare c cursor for select id from locks for update",
                  "explain analyze select id from locks for update",
                  "select pg_advisory_xact_lock(1)",
                  "select pg_catalog.pg_advisory_xact_lock_shared(1, 2)",
                  "select pg_try_advisory_xact_lock(1)",
                  "select id from locks where pg_try_advisory_xact_lock_shared(id)",
                  "select case when pg_advisory_xact_lock(3) is null then 1 else 2 end",
                  "do $$ begin perform pg_advisory_xact_lock(3); end $$",
                  "select lock_by_row()",
                  "select lock_by_advice()",
                  "select lock_by_dynamic_text()",
                  "call lock_by_call()",
                  "select count(*) from locked_view",
                  "merge into locks using (values (1)) s (id) on locks.id = s.id"
                      + " when matched then update set n = 3"));
      case MARIADB, MYSQL ->
          all.addAll(
              List.of(
                  "select n from locks lock in share mode",
                  "select count(*) from (select id from locks for update) l",
                  "replace into locks values (1, 4)",
                  "select lock_by_row()",
                  "call lock_by_call()"));
      case H2 -> all.add("merge into locks key (id) values (1, 9)");
    }
    return all;
  }

  /** What locks until the session gives it up. */
  private static List<String> sessionLocks(Product product) {
    return switch (product) {
      case POSTGRESQL ->
          List.of(
              "select pg_advisory_lock(11)",
              "select pg_advisory_lock_shared(12, 3)",
              "select pg_try_advisory_lock(13)",
              "select id from locks where pg_try_advisory_lock_shared(id)",
              "select lock_session()",
              "do $$ begin perform pg_advisory_lock(14); end $$");
      case MARIADB, MYSQL ->
          List.of(
              "select get_lock('a', 1)",
              "select id from locks where get_lock('b', 1) = 1",
              "do get_lock('c', 1)",
              "set @got = get_lock('d', 1)",
              "lock tables acct read, locks write");
      case H2 -> List.of();
    };
  }

  private static void makeRoutines(TestDatabase database) {
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create function lock_by_row() returns int language plpgsql as"
                  + " $$ begin perform id from locks where id = 1 for update; return 1; end $$",
              "create function lock_by_advice() returns int language sql as"
                  + " $$ select 1 from pg_advisory_xact_lock(5) $$",
              "create function lock_by_dynamic_text() returns int language plpgsql as"
                  + " $$ begin execute 'select id from locks for update'; return 1; end $$",
              "create function lock_session() returns int language plpgsql as"
                  + " $$ begin perform pg_advisory_lock(15); return 1; end $$",
              "create procedure lock_by_call() language plpgsql as"
                  + " $$ begin perform id from locks where id = 1 for update; end $$",
              "create view locked_view as select id from locks for update");
      case MARIADB, MYSQL ->
          database.execute(
              "create function lock_by_row() returns int begin declare x int;"
                  + " select n into x from locks where id = 1 for update; return x; end",
              "create procedure lock_by_call() begin select n from locks for update; end");
      case H2 -> {}
    }
  }

  @EachDatabase
  void theDatabaseAnswersAfterALock(TestDatabase database) throws SQLException {
    SoftAssertions each = new SoftAssertions();
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      makeRoutines(database);
      for (String lock : locks(database.product())) {
        boolean wasOld = false;
        for (int i = 0; i < TRIES && !wasOld; i++) {
          accounts.keep(BALANCE);
          String old = accounts.read(BALANCE);
          String moved = accounts.moveElsewhere();
          try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
            wasOld = one(c, BALANCE).equals(old);
            run(c, lock);
            each.assertThat(one(c, BALANCE)).as("after %s", lock).isEqualTo(moved);
            c.rollback();
          }
        }
        each.assertThat(wasOld).as("memory was old before %s", lock).isTrue();
      }
    }
    each.assertAll();
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void soItDoesAfterALockOfTheSession(TestDatabase database) throws SQLException {
    SoftAssertions each = new SoftAssertions();
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      makeRoutines(database);
      for (String lock : sessionLocks(database.product())) {
        accounts.larder.invalidation().everything();
        accounts.keep(BALANCE);
        String moved = accounts.moveElsewhere();
        try (Connection c = accounts.larder.getConnection()) {
          run(c, lock);
          each.assertThat(one(c, BALANCE)).as("after %s", lock).isEqualTo(moved);
        }
      }
    }
    each.assertAll();
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void aSessionThatHasGivenUpAllItsLocksIsAnsweredFromMemoryAgain(TestDatabase database)
      throws SQLException {
    boolean postgres = database.product() == Product.POSTGRESQL;
    String lock = postgres ? "select pg_advisory_lock(1)" : "select get_lock('a', 1)";
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS);
        Connection c = accounts.larder.getConnection()) {
      accounts.keep(BALANCE);
      String old = accounts.read(BALANCE);
      run(c, lock);
      run(c, "select id from acct where id = 3");
      long before = accounts.larder.statistics().hits();
      assertThat(one(c, OTHER_BALANCE)).isEqualTo("50");
      assertThat(one(c, OTHER_BALANCE)).isEqualTo("50");
      assertThat(accounts.larder.statistics().hits()).as("hits under a lock").isEqualTo(before);
      assertThat(accounts.bypasses(BypassReason.AFTER_LOCK)).isPositive();
      run(c, postgres ? "select pg_advisory_unlock_all()" : "select release_all_locks()");
      accounts.moveElsewhere();
      assertThat(one(c, BALANCE)).as("from memory, which may be old").isEqualTo(old);
    }
  }

  /** A lock is over with its transaction, and what it made the transaction read is kept. */
  @EachDatabase
  void whatWasReadUnderALockIsKept(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS);
        Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
      accounts.keep(BALANCE);
      String moved = accounts.moveElsewhere();
      run(c, "select n from locks where id = 1 for update");
      assertThat(one(c, BALANCE)).isEqualTo(moved);
      c.commit();
      long before = accounts.larder.statistics().hits();
      assertThat(one(c, BALANCE)).isEqualTo(moved);
      assertThat(accounts.larder.statistics().hits()).isEqualTo(before + 1);
    }
  }

  /** What is proven for every writer is as good as the database. */
  @EachDatabase
  void whereEveryWriterIsSeenALockChangesNothing(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, "larder.writers", "this-jvm")) {
      accounts.keep(BALANCE);
      for (String lock : List.of("select n from locks for update", "delete from locks")) {
        try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
          run(c, lock);
          long before = accounts.larder.statistics().hits();
          assertThat(one(c, BALANCE)).isEqualTo("50");
          assertThat(accounts.larder.statistics().hits()).as(lock).isEqualTo(before + 1);
          c.rollback();
        }
      }
      assertThat(accounts.bypasses(BypassReason.AFTER_LOCK)).isZero();
    }
  }

  /** A session that locks nothing is answered as before. */
  @EachDatabase
  void withoutALockMemoryAnswers(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS);
        Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
      accounts.keep(BALANCE);
      run(c, "select count(*) from locks");
      long before = accounts.larder.statistics().hits();
      assertThat(one(c, BALANCE)).isEqualTo("50");
      assertThat(accounts.larder.statistics().hits()).isEqualTo(before + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logical", "notify"})
  void theReportOfASourceNeedNotHaveCome(String source) throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Accounts accounts = new Accounts(database, "larder.invalidation.postgres", source)) {
      int wrong = 0;
      for (int i = 0; i < TRIES; i++) {
        accounts.keep(BALANCE);
        try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
          String moved = accounts.moveElsewhere();
          run(c, "select id from acct where id = 1 for update");
          wrong += one(c, BALANCE).equals(moved) ? 0 : 1;
          c.rollback();
        }
      }
      assertThat(wrong).isZero();
    }
  }

  /** Waiting for the lock is when the writer elsewhere commits. */
  @Test
  void aLockThatWasWaitedForShowsWhatItsHolderWrote() throws Exception {
    try (TestDatabase database = Databases.postgres();
        Accounts accounts = new Accounts(database, NOBODY_TELLS);
        Connection holder = database.connect();
        Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED);
        Statement write = holder.createStatement()) {
      accounts.keep(BALANCE);
      holder.setAutoCommit(false);
      write.execute("update acct set bal = 40 where id = 1");
      Thread commit =
          new Thread(
              () -> {
                try {
                  while (!"1"
                      .equals(
                          accounts.read(
                              "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                  + " and datname = current_database()"))) {
                    Thread.onSpinWait();
                  }
                  holder.commit();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      commit.start();
      run(c, "select id from acct where id = 1 for update");
      assertThat(one(c, BALANCE)).isEqualTo("40");
      commit.join();
      c.rollback();
    }
  }
}
