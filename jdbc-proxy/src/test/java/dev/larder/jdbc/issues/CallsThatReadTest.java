package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: every call in JDBC's words ({@code {? = call f()}}) counted as a write of everything, so
 * that an application that calls a function that only reads lost all that was in memory.
 */
class CallsThatReadTest {

  private static final String THINGS = "select name from thing where id = 1";
  private static final String OTHERS = "select n from other where id = 1";

  private Compared compared;

  @BeforeEach
  void tables(TestDatabase database) {
    database.execute(
        "create table thing (id int primary key, name varchar(20))",
        "create table other (id int primary key, n int)",
        "insert into thing values (1, 'a')",
        "insert into other values (1, 0)");
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create function counts(x int) returns int language plpgsql as $$ begin return"
                  + " (select count(*) from thing) + x; end $$",
              "create function writes(x int) returns int language plpgsql as $$ begin update"
                  + " other set n = n + x; return 1; end $$",
              "create function hides() returns int language plpgsql as $$ begin execute"
                  + " 'update thing set name = name || 1'; return 1; end $$",
              "create function sets() returns int language plpgsql as $$ begin perform"
                  + " set_config('search_path', 'nowhere', false); return 1; end $$",
              "create procedure changes(x int) language plpgsql as $$ begin update other set n ="
                  + " n + x; end $$",
              "create procedure commits() language plpgsql as $$ begin update other set n = n +"
                  + " 1; commit; update thing set name = name || 2; end $$");
      case MARIADB, MYSQL ->
          database.execute(
              "create function counts(x int) returns int reads sql data return (select count(*)"
                  + " from thing) + x",
              "create function writes(x int) returns int modifies sql data begin update other set"
                  + " n = n + x; return 1; end",
              "create procedure commits() begin update other set n = n + 1; commit; update thing"
                  + " set name = concat(name, 2); end");
      case H2 -> database.execute("create alias hides for 'java.lang.Math.cbrt'");
    }
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
  }

  private static void call(Connection c, String text) throws SQLException {
    try (CallableStatement call = c.prepareCall(text)) {
      if (text.contains("?")) {
        call.registerOutParameter(1, Types.INTEGER);
      }
      call.execute();
      if (text.contains("?")) {
        assertThat(call.getInt(1)).isPositive();
      }
    }
  }

  /** Whether a query that is in memory is still answered from there after a call. */
  private boolean isSpared(String query, String call) throws SQLException {
    compared.cached(query);
    try (Connection c = compared.larder.getConnection()) {
      call(c, call);
    }
    long before = compared.larder.statistics().hits();
    compared.same(query);
    return compared.larder.statistics().hits() > before;
  }

  private void reads(String... calls) throws SQLException {
    for (String call : calls) {
      long counted = compared.larder.statistics().bypasses().getOrDefault(BypassReason.CALL, 0L);
      assertThat(isSpared(THINGS, call)).as(call).isTrue();
      assertThat(isSpared(OTHERS, call)).as(call).isTrue();
      assertThat(compared.larder.explain(call).reason()).as(call).isEqualTo(BypassReason.CALL);
      assertThat(compared.larder.statistics().bypasses().get(BypassReason.CALL))
          .as(call)
          .isEqualTo(counted + 2);
    }
  }

  private void writesOther(String... calls) throws SQLException {
    for (String call : calls) {
      assertThat(isSpared(THINGS, call)).as(call).isTrue();
      assertThat(isSpared(OTHERS, call)).as(call).isFalse();
      assertThat(compared.larder.explain(call).reason())
          .as(call)
          .isEqualTo(BypassReason.NOT_A_QUERY);
    }
  }

  private void writesAnything(String... calls) throws SQLException {
    for (String call : calls) {
      assertThat(isSpared(THINGS, call)).as(call).isFalse();
      assertThat(isSpared(OTHERS, call)).as(call).isFalse();
    }
  }

  @EachDatabase
  void aCallDoesWhatItsRoutineDoes(TestDatabase database) throws SQLException {
    switch (database.product()) {
      case POSTGRESQL -> {
        reads(
            "{? = call counts(1)}",
            "{call counts(1)}",
            "{? = call public.counts({fn abs(-1)})}",
            "{? = call counts((select max(id) from thing))}",
            "{? = call abs(-1)}");
        writesOther(
            "{? = call writes(1)}",
            "{call writes(1)}",
            "call changes(1)",
            "{? = call counts(writes(1))}",
            "{? = call abs((select writes(1)))}");
        writesAnything("{? = call hides()}", "call commits()", "{? = call sets()}");
      }
      case MARIADB, MYSQL -> {
        reads("{? = call counts(1)}");
        writesOther("{? = call writes(1)}");
        writesAnything("{call commits()}", "call commits()");
      }
      case H2 -> {
        reads("{? = call abs(-1)}", "{call abs(-1)}", "call abs(-1)");
        writesAnything("{? = call hides(8)}", "call hides(8)");
      }
    }
  }

  /** What a call writes is seen by the transaction itself, and by nobody else before it commits. */
  @EachDatabase
  void aTransactionSeesWhatItsCallWrote(TestDatabase database) throws SQLException {
    assumeTrue(database.product() != Product.H2, "H2's routines are Java code");
    compared.cached(OTHERS);
    try (Connection c = compared.larder.getConnection()) {
      c.setAutoCommit(false);
      call(c, "{? = call writes(5)}");
      assertThat(Compared.outcome(c, OTHERS)).isEqualTo("5;");
      assertThat(compared.outcome(OTHERS)).isEqualTo("0;");
      c.rollback();
      assertThat(Compared.outcome(c, OTHERS)).isEqualTo("0;");
      call(c, "{? = call writes(7)}");
      c.commit();
    }
    assertThat(compared.outcome(OTHERS)).isEqualTo("7;");
    compared.same(OTHERS);
  }

  /** Text that is no call of one routine is none that is read. */
  @EachDatabase
  void whatIsNoPlainCallMayDoAnything(TestDatabase database) throws SQLException {
    for (String text :
        new String[] {
          "{call counts(1)",
          "{call}",
          "{? = call counts(1)} union",
          "call counts(1) + writes(1)",
          "{? = call set_config('a.b', 'c', false)}",
          "{? = select 1}"
        }) {
      assertThat(compared.larder.explain(text).reason()).as(text).isNotEqualTo(BypassReason.CALL);
    }
  }
}
