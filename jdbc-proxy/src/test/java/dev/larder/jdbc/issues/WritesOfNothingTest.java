package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: a statement of a transaction that met no row (an UPDATE of a pair that is not there, an
 * INSERT of a row that is) made memory forget what a row like that would have been part of.
 */
final class WritesOfNothingTest {

  private static final String PAIRS = "select a, b, n from pair where a = 1";
  private static final String MISSING = "update pair set n = n + 1 where a = 1 and b = 7";
  private static final String MET = "update pair set n = n + 1 where a = 1 and b = 2";

  private TestDatabase database;
  private Compared compared;

  /** What a transaction does. */
  @FunctionalInterface
  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  @BeforeEach
  void tables(TestDatabase database) {
    this.database = database;
    database.execute(
        "create table pair (a int, b int, n int, primary key (a, b))",
        "create table seen (id int primary key, a int)",
        "insert into pair values (1, 1, 10), (1, 2, 20), (2, 1, 30)",
        "insert into seen values (1, 1), (2, 1)");
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
  }

  @EachDatabase
  void aStatementThatMeetsNoRowForgetsNothing(TestDatabase database) throws SQLException {
    keeps(PAIRS, texts(MISSING));
    keeps(PAIRS, texts("delete from pair where a = 1 and n > 100"));
    keeps(PAIRS, texts(MISSING, "delete from pair where b = 9", MISSING));
    keeps("select sum(n) from pair", texts("update pair set n = 0 where n > 100"));
    keeps(PAIRS, texts("update pair set n = 31 where a = 2", MISSING));
    keeps(PAIRS, statement(s -> s.executeUpdate(MISSING)));
    keeps(PAIRS, statement(s -> s.executeLargeUpdate(MISSING)));
    keeps(PAIRS, statement(s -> s.executeUpdate(MISSING, Statement.RETURN_GENERATED_KEYS)));
    keeps(PAIRS, prepared(PreparedStatement::executeUpdate, 7));
    keeps(PAIRS, prepared(PreparedStatement::execute, 7));
    if (database.product() == Product.POSTGRESQL) {
      keeps(PAIRS, texts("insert into pair values (1, 1, 5) on conflict (a, b) do nothing"));
      keeps(PAIRS, texts("insert into pair values (1, 1, 5) on conflict do nothing"));
    } else if (database.product().speaksMySql()) {
      keeps(PAIRS, texts("insert ignore into pair values (1, 1, 5)"));
    }
  }

  @EachDatabase
  void aStatementThatMeetsARowForgetsItsOwn(TestDatabase database) throws SQLException {
    forgets(PAIRS, texts(MET));
    forgets(PAIRS, texts(MET, MISSING));
    forgets(PAIRS, texts(MISSING, MET));
    forgets(PAIRS, texts(MET, MET, MISSING, MISSING));
    forgets(PAIRS, texts("update pair set n = n + 1 where a = 1 and b = 1", MISSING, MISSING));
    forgets(PAIRS, statement(s -> s.executeUpdate(MET, Statement.RETURN_GENERATED_KEYS)));
    forgets(PAIRS, statement(s -> s.executeLargeUpdate(MET)));
    forgets(PAIRS, prepared(PreparedStatement::executeUpdate, 2));
    forgets(PAIRS, prepared(PreparedStatement::execute, 2));
    forgets(PAIRS, texts("insert into pair values (1, 3, 5)"));
    forgets(PAIRS, texts("delete from pair where a = 1 and b = 3"));
  }

  @EachDatabase
  void ofABatchAndOfSeveralStatementsTheCountsAreNotAsked(TestDatabase database)
      throws SQLException {
    forgets(
        PAIRS,
        statement(
            s -> {
              s.addBatch(MISSING);
              s.addBatch(MET);
              s.executeBatch();
            }));
    forgets(
        PAIRS,
        prepared(
            p -> {
              p.addBatch();
              p.setInt(1, 2);
              p.addBatch();
              p.executeBatch();
            },
            7));
    if (database.product() != Product.MARIADB && database.product() != Product.MYSQL) {
      forgets(PAIRS, texts(MISSING + "; " + MET));
      forgets(PAIRS, texts(MET + "; " + MISSING));
    }
  }

  @EachDatabase
  void whatItHasWrittenBeforeIsItsOwn(TestDatabase database) throws SQLException {
    compared.cached(PAIRS);
    long hits = compared.larder.statistics().hits();
    inTransaction(
        connection -> {
          texts(MISSING).in(connection);
          assertThat(Compared.outcome(connection, PAIRS)).contains("1, 2, 20;");
          assertThat(compared.larder.statistics().hits()).isEqualTo(hits + 1);
          texts(MET).in(connection);
          assertThat(Compared.outcome(connection, PAIRS)).contains("1, 2, 21;");
          Savepoint savepoint = connection.setSavepoint();
          texts(MISSING).in(connection);
          assertThat(Compared.outcome(connection, PAIRS)).contains("1, 2, 21;");
          connection.rollback(savepoint);
          texts(MISSING).in(connection);
          assertThat(Compared.outcome(connection, PAIRS)).contains("1, 2, 21;");
        });
    compared.same(PAIRS);
    assertThat(compared.outcome(PAIRS)).contains("1, 2, 21;");
  }

  @EachDatabase(Product.POSTGRESQL)
  void whatIsWrittenWithoutARowIsForgotten(TestDatabase database) throws SQLException {
    String seen = "select id, a from seen where a = 1";
    String logs = " language plpgsql as 'begin update seen set id = id + 10; return null; end'";
    database.execute(
        "create table quiet (a int primary key, n int)",
        "insert into quiet values (1, 1)",
        "create function logs() returns trigger" + logs,
        "create trigger logs after update on quiet for each statement execute function logs()",
        "create table refusing (a int primary key, n int)",
        "insert into refusing values (1, 1)",
        "create trigger logs before update on refusing for each row execute function logs()",
        "create table ruled (a int primary key, n int)",
        "create rule logs as on update to ruled do also update seen set id = id + 10",
        "create view shown as select a, n from quiet",
        "create table sums (a int primary key, n int)",
        "insert into sums values (1, 1)",
        "create function again() returns trigger language plpgsql as"
            + " 'begin update sums set n = n + 10; return null; end'",
        "create trigger again before delete on sums for each statement execute function again()",
        "create function counts() returns int language plpgsql as"
            + " 'begin update seen set id = id + 10; return 0; end'");
    compared.larder.invalidation().everything();
    forgets(seen, texts("update quiet set n = 2 where a = 9"));
    forgets(seen, texts("update refusing set n = 2 where a = 1"));
    forgets(seen, texts("update ruled set n = 2 where a = 9"));
    forgets(seen, texts("update shown set n = 2 where a = 9"));
    forgets(seen, texts("update pair set n = 1 where a = 1 and n = counts()"));
    forgets(
        seen,
        texts("with w as (update seen set id = id + 10 returning id) " + MISSING),
        texts("with w as (insert into seen values (5, 1)) delete from seen where id = 9"));
    forgets("select n from sums where a = 1", texts("delete from sums where a = 9"));
    forgets(PAIRS, returning("update pair set n = n + 1 where a = 1 and b = 2 returning n"));
    forgets(PAIRS, returning("insert into pair values (1, 9, 1) returning n"));
    forgets(
        PAIRS,
        connection -> {
          connection.createStatement().execute(MET + " returning n");
        });
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void whatATriggerOfARowThatIsLeftOutWritesIsForgotten(TestDatabase database) throws SQLException {
    database.execute(
        "create trigger logs before insert on pair for each row update seen set id = id + 10");
    compared.larder.invalidation().everything();
    forgets(
        "select id, a from seen where a = 1", texts("insert ignore into pair values (1, 1, 5)"));
    if (database.product() == Product.MARIADB) {
      forgets(PAIRS, returning("insert into pair values (1, 9, 1) returning n"));
      forgets(
          PAIRS,
          statement(
              s -> {
                try {
                  s.executeUpdate("insert into pair values (1, 10, 1) returning n");
                } catch (SQLException refused) {
                  // What the driver says of it is its own affair.
                }
              }));
    }
  }

  /** A driver may be told to count the rows that are found, or those that are changed. */
  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aRowThatStaysAsItIsCountsOrNot(TestDatabase database) throws SQLException {
    for (String affected : new String[] {"true", "false"}) {
      String url =
          database.url()
              + (database.url().contains("?") ? "&" : "?")
              + "useAffectedRows="
              + affected;
      Properties settings = new Properties();
      settings.setProperty("larder.writers", "this-jvm");
      try (LarderDataSource larder =
              LarderDataSource.builder()
                  .url(url)
                  .username(database.username())
                  .password(database.password())
                  .settings(settings)
                  .build();
          Connection plain = database.connect();
          Connection connection = larder.getConnection()) {
        for (int n = 40; n < 43; n++) {
          String before = Compared.outcome(connection, PAIRS);
          assertThat(before).isEqualTo(Compared.outcome(plain, PAIRS));
          connection.setAutoCommit(false);
          String same = "update pair set n = 10 where a = 1 and b = 1";
          int none = affected.equals("true") ? 0 : 1;
          assertThat(connection.createStatement().executeUpdate(same)).isEqualTo(none);
          String other = "update pair set n = " + n + " where a = 1 and b = 2";
          assertThat(connection.createStatement().executeUpdate(other)).isEqualTo(1);
          assertThat(connection.createStatement().executeUpdate(other)).isEqualTo(none);
          connection.commit();
          connection.setAutoCommit(true);
          assertThat(Compared.outcome(connection, PAIRS))
              .isNotEqualTo(before)
              .isEqualTo(Compared.outcome(plain, PAIRS));
        }
        database.execute("update pair set n = 20 where a = 1 and b = 2");
      }
    }
  }

  private static Work texts(String... writes) {
    return connection -> {
      for (String write : writes) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(write);
        }
      }
    };
  }

  /** What is done with a statement of some kind. */
  @FunctionalInterface
  private interface By<S> {
    void run(S statement) throws SQLException;
  }

  private static Work statement(By<Statement> by) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        by.run(statement);
      }
    };
  }

  private static Work prepared(By<PreparedStatement> by, int b) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update pair set n = n + 1 where a = 1 and b = ?")) {
        update.setInt(1, b);
        by.run(update);
      }
    };
  }

  private static Work returning(String write) {
    return connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(write)) {
        assertThat(rows.next()).isTrue();
      }
    };
  }

  private void keeps(String query, Work work) throws SQLException {
    assertThat(isKept(query, work)).as("%s on %s", query, database.product()).isTrue();
  }

  private void forgets(String query, Work... works) throws SQLException {
    for (Work work : works) {
      assertThat(isKept(query, work)).as("%s on %s", query, database.product()).isFalse();
    }
  }

  private boolean isKept(String query, Work work) throws SQLException {
    compared.cached(query);
    inTransaction(work);
    long before = compared.larder.statistics().hits();
    compared.same(query);
    return compared.larder.statistics().hits() > before;
  }

  private void inTransaction(Work work) throws SQLException {
    try (Connection connection = compared.larder.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      work.in(connection);
      connection.commit();
    }
  }
}
