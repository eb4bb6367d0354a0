package dev.larder.jdbc.issues;

import static dev.larder.jdbc.issues.Accounts.NOBODY_TELLS;
import static dev.larder.jdbc.issues.Accounts.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a writer elsewhere raised {@code version}; an UPDATE with the version that memory held
 * touched no row, its transaction was rolled back, and the next attempt read the old version from
 * memory again, for as long as {@code larder.max-staleness} allows.
 */
class FewerRowsThanNamedTest {

  private static final String VERSION = "select version from acct where id = 1";
  private static final int TRIES = 20;

  /** A way to write the row by its key and version. */
  @FunctionalInterface
  private interface Write {
    void by(Connection connection, int version) throws SQLException;
  }

  private static Map<String, Write> writes(Product product) {
    Map<String, Write> ways = new LinkedHashMap<>();
    String update = "update acct set version = version + 1 where id = 1 and version = ";
    String prepared = "update acct set bal = ?, version = version + 1 where id = ? and version = ?";
    ways.put("executeUpdate(sql)", (c, v) -> statement(c, s -> s.executeUpdate(update + v)));
    ways.put("executeLargeUpdate", (c, v) -> statement(c, s -> s.executeLargeUpdate(update + v)));
    ways.put("execute(sql)", (c, v) -> statement(c, s -> s.execute(update + v)));
    ways.put(
        "keys asked for",
        (c, v) -> statement(c, s -> s.executeUpdate(update + v, Statement.RETURN_GENERATED_KEYS)));
    ways.put(
        "executeUpdate()", (c, v) -> prepared(c, prepared, v, PreparedStatement::executeUpdate));
    ways.put("execute()", (c, v) -> prepared(c, prepared, v, PreparedStatement::execute));
    ways.put(
        "executeBatch()",
        (c, v) ->
            prepared(
                c,
                prepared,
                v,
                p -> {
                  p.addBatch();
                  p.setInt(2, 2);
                  p.setInt(3, 1);
                  p.addBatch();
                  return p.executeBatch();
                }));
    ways.put(
        "executeLargeBatch()",
        (c, v) ->
            prepared(
                c,
                prepared,
                v,
                p -> {
                  p.addBatch();
                  return p.executeLargeBatch();
                }));
    ways.put(
        "a batch of texts",
        (c, v) ->
            statement(
                c,
                s -> {
                  s.addBatch("insert into locks values (900, 1)");
                  s.addBatch(update + v);
                  return s.executeBatch();
                }));
    ways.put(
        "DELETE",
        (c, v) ->
            statement(c, s -> s.executeUpdate("delete from acct where id = 1 and version = " + v)));
    ways.put(
        "one of two by IN",
        (c, v) ->
            statement(
                c,
                s ->
                    s.executeUpdate(
                        "update acct set bal = 0 where id in (1, 2) and (version = "
                            + v
                            + " or id = 2)")));
    ways.put(
        "no key at all",
        (c, v) ->
            statement(
                c,
                s ->
                    s.executeUpdate(
                        "update acct set bal = 0 where id < 2 and version - 0 = " + v)));
    if (product == Product.POSTGRESQL) {
      String returning = update + "%d returning version";
      ways.put(
          "RETURNING", (c, v) -> statement(c, s -> read(s.executeQuery(returning.formatted(v)))));
      ways.put(
          "RETURNING by execute",
          (c, v) -> statement(c, s -> s.execute(returning.formatted(v)) && read(s.getResultSet())));
      ways.put(
          "in WITH",
          (c, v) ->
              statement(
                  c,
                  s ->
                      read(
                          s.executeQuery(
                              "with u as ("
                                  + returning.formatted(v)
                                  + ") select count(*) from u"))));
      ways.put(
          "several in one text",
          (c, v) -> statement(c, s -> s.execute("update locks set n = 1;" + update + v)));
    }
    if (product == Product.H2) {
      ways.put(
          "FINAL TABLE",
          (c, v) ->
              statement(
                  c, s -> read(s.executeQuery("select id from final table (" + update + v + ")"))));
    }
    if (product == Product.MARIADB) {
      ways.put(
          "DELETE RETURNING",
          (c, v) ->
              statement(
                  c,
                  s ->
                      read(
                          s.executeQuery(
                              "delete from acct where id = 1 and version = "
                                  + v
                                  + " returning id"))));
    }
    return ways;
  }

  /** A call on a statement. */
  @FunctionalInterface
  private interface Call<S> {
    Object on(S statement) throws SQLException;
  }

  private static void statement(Connection c, Call<Statement> call) throws SQLException {
    try (Statement statement = c.createStatement()) {
      call.on(statement);
    }
  }

  private static void prepared(Connection c, String sql, int version, Call<PreparedStatement> call)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setInt(1, 7);
      statement.setInt(2, 1);
      statement.setInt(3, version);
      call.on(statement);
    }
  }

  private static boolean read(ResultSet rows) throws SQLException {
    try (rows) {
      return rows.next();
    }
  }

  private static void raiseElsewhere(Accounts accounts) {
    accounts.database.execute("update acct set version = version + 1 where id = 1");
  }

  private static int version(LarderDataSource larder) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return Integer.parseInt(Accounts.one(c, VERSION));
    }
  }

  /** Memory is forgotten when the caller gets control back, before the transaction ends. */
  @EachDatabase
  void theRowsAreForgottenAtOnce(TestDatabase database) throws SQLException {
    SoftAssertions each = new SoftAssertions();
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      for (Map.Entry<String, Write> way : writes(database.product()).entrySet()) {
        accounts.keep(VERSION);
        int old = version(accounts.larder);
        raiseElsewhere(accounts);
        each.assertThat(version(accounts.larder))
            .as("memory, before %s", way.getKey())
            .isEqualTo(old);
        try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
          way.getValue().by(c, old);
          each.assertThat(version(accounts.larder)).as("after %s", way.getKey()).isEqualTo(old + 1);
          c.rollback();
        }
      }
    }
    each.assertAll();
  }

  /** A way to end a transaction without a commit. */
  @FunctionalInterface
  private interface End {
    void of(Connection connection) throws SQLException;
  }

  private static Map<String, End> ends(Product product) {
    Map<String, End> ways = new LinkedHashMap<>();
    ways.put("rollback()", Connection::rollback);
    ways.put("ROLLBACK", c -> run(c, "rollback"));
    ways.put("close()", Connection::close);
    ways.put("abort()", c -> c.abort(Runnable::run));
    ways.put(
        "a savepoint",
        c -> {
          Savepoint savepoint = c.setSavepoint();
          c.rollback(savepoint);
        });
    ways.put(
        "a savepoint as text",
        c -> {
          run(c, "savepoint a");
          run(c, "rollback to savepoint a");
        });
    if (product == Product.POSTGRESQL) {
      ways.put("ABORT", c -> run(c, "abort"));
      ways.put("ROLLBACK AND CHAIN", c -> run(c, "rollback and chain"));
    }
    return ways;
  }

  /** A write whose count says nothing, in a transaction that ends without a commit. */
  @EachDatabase
  void aRollbackForgetsWhatTheTransactionWrote(TestDatabase database) throws SQLException {
    SoftAssertions each = new SoftAssertions();
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      for (Map.Entry<String, End> way : ends(database.product()).entrySet()) {
        accounts.keep(VERSION);
        int old = version(accounts.larder);
        raiseElsewhere(accounts);
        Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED);
        try {
          run(c, "update acct set bal = bal + 1 where id = 1");
          each.assertThat(version(accounts.larder)).as("before %s", way.getKey()).isEqualTo(old);
          way.getValue().of(c);
          each.assertThat(version(accounts.larder)).as("after %s", way.getKey()).isEqualTo(old + 1);
        } finally {
          c.close();
        }
      }
    }
    each.assertAll();
  }

  /** MariaDB and H2 say it by an error where a snapshot is too old; then the rollback tells. */
  @EachDatabase
  void aSnapshotThatCameTooLateIsForgottenWithItsTransaction(TestDatabase database)
      throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      accounts.keep(VERSION);
      int old = version(accounts.larder);
      try (Connection c = accounts.begin(Connection.TRANSACTION_REPEATABLE_READ)) {
        run(c, "select id from locks");
        raiseElsewhere(accounts);
        assertThat(version(accounts.larder)).isEqualTo(old);
        try {
          run(c, "update acct set bal = 0 where id = 1 and version = " + old);
        } catch (SQLException tooLate) {
          assertThat(tooLate.getSQLState()).isIn("40001", "HY000", "90131");
        }
        c.rollback();
      }
      assertThat(version(accounts.larder)).isEqualTo(old + 1);
    }
  }

  @EachDatabase
  void aBatchThatFailsIsForgottenWithItsTransaction(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      accounts.keep(VERSION);
      int old = version(accounts.larder);
      raiseElsewhere(accounts);
      try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED);
          Statement s = c.createStatement()) {
        s.addBatch("update acct set bal = 0 where id = 1 and version = " + old);
        s.addBatch("insert into locks values (1, 1)");
        try {
          s.executeBatch();
        } catch (BatchUpdateException duplicate) {
          assertThat(duplicate.getSQLState()).startsWith("23");
        }
        c.rollback();
      }
      assertThat(version(accounts.larder)).isEqualTo(old + 1);
    }
  }

  /** How often an optimistic writer tries until it succeeds. */
  private static int attempts(Accounts accounts) throws SQLException {
    for (int attempt = 1; attempt <= 1_000; attempt++) {
      try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
        int version = Integer.parseInt(Accounts.one(c, VERSION));
        try (PreparedStatement update =
            c.prepareStatement(
                "update acct set bal = bal + 1, version = ? where id = ? and version = ?")) {
          update.setInt(1, version + 1);
          update.setInt(2, 1);
          update.setInt(3, version);
          if (update.executeUpdate() == 1) {
            c.commit();
            return attempt;
          }
        }
        c.rollback();
      }
    }
    return Integer.MAX_VALUE;
  }

  @EachDatabase
  void anOptimisticWriterFailsOnceAtMost(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, NOBODY_TELLS)) {
      for (int i = 0; i < TRIES; i++) {
        accounts.keep(VERSION);
        raiseElsewhere(accounts);
        assertThat(attempts(accounts)).isLessThanOrEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logical", "notify"})
  void soItIsWithASource(String source) throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Accounts accounts = new Accounts(database, "larder.invalidation.postgres", source)) {
      for (int i = 0; i < TRIES; i++) {
        accounts.keep(VERSION);
        raiseElsewhere(accounts);
        assertThat(attempts(accounts)).isLessThanOrEqualTo(2);
      }
    }
  }

  /** Where every writer is seen, nothing can be old, and nothing is forgotten. */
  @EachDatabase
  void whereEveryWriterIsSeenNothingIsForgotten(TestDatabase database) throws SQLException {
    try (Accounts accounts = new Accounts(database, "larder.writers", "this-jvm")) {
      accounts.keep(VERSION);
      try (Connection c = accounts.begin(Connection.TRANSACTION_READ_COMMITTED)) {
        run(c, "update acct set bal = 0 where id = 1 and version = 77");
        c.rollback();
      }
      long before = accounts.larder.statistics().hits();
      assertThat(version(accounts.larder)).isEqualTo(1);
      assertThat(accounts.larder.statistics().hits()).isEqualTo(before + 1);
    }
  }
}
