package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Changes made elsewhere, by PostgreSQL's logical replication. */
class LogicalReplicationTest extends SourceContract {

  private static final String[] LOGICAL = {
    "larder.invalidation.postgres", "logical", "larder.max-staleness", "1h"
  };

  /** For what a shared server would not bear. */
  private static @Nullable PostgresServer apart;

  private static PostgresServer apart() {
    PostgresServer server = apart == null ? Databases.postgresServer() : apart;
    apart = server;
    return server;
  }

  @AfterAll
  static void closeApart() {
    if (apart != null) {
      apart.close();
      apart = null;
    }
  }

  @Override
  protected TestDatabase fresh() {
    return Databases.postgres();
  }

  @Override
  protected String[] settings(TestDatabase database, Relay relay) {
    return new String[] {
      "larder.invalidation.postgres",
      "logical",
      "larder.invalidation.postgres.url",
      Elsewhere.withUser(database, database.urlThrough(relay))
    };
  }

  @Override
  protected String leftovers(Statement statement) throws SQLException {
    return one(
        statement,
        "select coalesce(string_agg(slot_name, ', '), '') from pg_replication_slots"
            + " where database = current_database()");
  }

  @Test
  void everyKindOfWrite() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      database.execute(
          "create table note (id int primary key, body text, kind int)",
          "insert into note select 1, string_agg(md5(i::text), ''), 0 from generate_series(1, 2000)"
              + " i",
          "create table loan (id int primary key, book int references book on delete cascade)",
          "insert into loan values (1, 2)");
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered()) {
        here.see("select count(*) from book", "insert into book values (3, 'x')", "3");
        here.see(
            "select title from book where id = 3", "update book set title = 'y' where id = 3", "y");
        here.see("select min(id) from book", "update book set id = 0 where id = 3", "0");
        // The unchanged long value is not in the row image.
        here.see("select kind from note where id = 1", "update note set kind = 7", "7");
        here.see("select count(*) from loan", "delete from book where id = 2", "0");
        here.see("select count(*) from note", "truncate note", "0");
        here.see("select count(*) from book", "truncate book cascade", "0");
        here.see(
            "select count(*) from book",
            "do $$ begin insert into book values (9, 'do'); end $$",
            "1");
      }
    }
  }

  @Test
  void theRowsOfAnImageAreForgottenAndTheOthersKept() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      database.execute(
          "create table pen (id int primary key, owner int, name text, note text)",
          "create table ink (id int, color text)",
          "alter table ink replica identity full",
          "insert into pen values (1, 10, 'a', null), (2, 20, 'b', null), (-3, 30, null, null)",
          "insert into ink values (1, 'blue'), (2, 'red')");
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered()) {
        String mine = "select name from pen where id = 2";
        String owned = "select count(*) from pen where owner = 20";
        String blue = "select count(*) from ink where color = 'blue'";
        keeps(here, mine, () -> here.see(byId(1), "update pen set name = 'c' where id = 1", "c"));
        keeps(here, owned, () -> here.see(byId(4), "insert into pen values (4, 40, 'd')", "d"));
        keeps(here, mine, () -> here.see(byId(4), "delete from pen where id = 4", "nothing"));
        keeps(here, mine, () -> here.see(byId(1), "update pen set id = 5 where id = 1", "nothing"));
        here.see(byId(6), "update pen set id = 6 where id = 5", "c");
        here.see(byId(-3), "update pen set name = 'n' where id = -3", "n");
        here.see(owned, "update pen set owner = 20 where id = 6", "2");
        here.see(owned, "update pen set owner = null where id = 6", "1");
        keeps(
            here,
            blue,
            () ->
                here.see(
                    "select count(*) from ink where color = 'green'",
                    "update ink set color = 'green' where color = 'red'",
                    "1"));
        here.see(blue, "update ink set color = 'green' where color = 'blue'", "0");
        here.see(blue, "insert into ink select i, 'blue' from generate_series(1, 500) i", "500");
        here.see(blue, "truncate ink", "0");
      }
    }
  }

  private static String byId(int id) {
    return "select name from pen where id = " + id;
  }

  /** What a change does not concern is answered from memory before and after it. */
  private static void keeps(Elsewhere here, String query, Change change) throws SQLException {
    here.keep(query);
    change.make();
    long hits = here.larder.statistics().hits();
    here.read(query);
    assertThat(here.larder.statistics().hits()).as(query).isEqualTo(hits + 1);
  }

  @FunctionalInterface
  private interface Change {
    void make() throws SQLException;
  }

  @Test
  void partitionsAreTheirFamily() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      database.execute(
          "create table sale (id int primary key, amount int) partition by range (id)",
          "create table sale_low partition of sale for values from (0) to (100)",
          "create table sale_high partition of sale for values from (100) to (200)",
          "create table animal (id int primary key)",
          "create table dog (primary key (id)) inherits (animal)",
          "insert into sale values (1, 1)");
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered()) {
        assertThat(here.report().reach()).isEqualTo("5 tables");
        here.see("select sum(amount) from sale", "insert into sale_high values (150, 4)", "5");
        here.see("select sum(amount) from sale_low", "insert into sale values (2, 2)", "3");
        here.see("select count(*) from sale", "truncate sale_low", "1");
        here.see("select count(*) from animal", "insert into dog values (1)", "1");
        database.execute(
            "create table sale_top partition of sale for values from (200) to (300)",
            "insert into sale values (250, 10)");
        until(
            "the new partition is seen",
            () -> here.read("select sum(amount) from sale").equals("14"));
      }
    }
  }

  /**
   * A walsender sends a commit when it is on disk; while the commit waits for a standby, nobody
   * else sees it. An answer read meanwhile must not stay.
   */
  @Test
  void anEventThatComesBeforeItsChangeCanBeSeen() throws Exception {
    try (TestDatabase database = apart().fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered();
          Connection other = database.connect();
          Connection operator = database.connect();
          Statement settings = operator.createStatement()) {
        settings.execute("set synchronous_commit = local");
        settings.execute("alter system set synchronous_standby_names = 'nobody'");
        settings.execute("select pg_reload_conf()");
        until(
            "commits wait for a standby",
            () -> one(settings, "show synchronous_standby_names").equals("nobody"));
        here.keep(Elsewhere.TITLE);
        long changes = here.report().changes();
        Thread committing =
            new Thread(
                () -> {
                  try (Statement statement = other.createStatement()) {
                    statement.execute("set synchronous_commit = on");
                    statement.execute("update book set title = 'v1' where id = 1");
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
        committing.setDaemon(true);
        committing.start();
        until("the event has come", () -> here.report().changes() > changes);
        try {
          for (int i = 0; i < 20; i++) {
            assertThat(here.title()).isEqualTo("v0");
            assertThat(here.isHit(Elsewhere.TITLE)).isFalse();
          }
        } finally {
          settings.execute("alter system set synchronous_standby_names = ''");
          settings.execute("select pg_reload_conf()");
        }
        committing.join(Elsewhere.PATIENCE.toMillis());
        until("the change is seen", () -> here.title().equals("v1"));
        here.keep(Elsewhere.TITLE);
        assertThat(here.title()).isEqualTo("v1");
      }
    }
  }

  @Test
  void aServerKilledAndStartedAgain() throws SQLException {
    PostgresServer server = apart();
    try (TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered()) {
        here.writeAndSee("v1");
        server.kill();
        server.restart();
        until(
            "it covers again",
            () -> {
              try {
                return here.title().equals("v1") && here.covers();
              } catch (SQLException stillAway) {
                return false;
              }
            });
        here.writeAndSee("v2");
      }
    }
  }

  /** An idle server does not flush the last stretch of its log by itself. */
  @Test
  void anOpenTransactionDoesNotSilenceAnIdleServer() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered();
          Connection other = database.connect();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("insert into book values (7, 'open')");
        statement.execute("insert into book values (8, 'open')");
        long covered = System.nanoTime();
        until(
            "signs of life go on",
            () -> here.covers() && System.nanoTime() - covered > 1_500_000_000L);
        assertThat(here.report().lag()).isNotNull();
        other.rollback();
      }
    }
  }

  @Test
  void aTableWithoutAKeyIsWrittenAsBeforeAndKeepsTheAgeBound() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      database.execute("create table log (line varchar(50))", "insert into log values ('l0')");
      try (Elsewhere here =
          new Elsewhere(
              database,
              "larder.invalidation.postgres",
              "logical",
              "larder.max-staleness",
              "300ms")) {
        here.untilCovered();
        String line = "select line from log";
        here.keep(line);
        // With the table in a publication the server would refuse this.
        database.execute("update log set line = 'l1'");
        until("it is seen when the bound has passed", () -> here.read(line).equals("l1"));
        until(
            "what is published lives longer",
            () -> {
              here.keep(Elsewhere.TITLE);
              here.keep(line);
              LockSupport.parkNanos(400_000_000);
              return here.isHit(Elsewhere.TITLE) && !here.isHit(line);
            });
      }
    }
  }

  @Test
  void whatIsMissingIsSaidWithWhatToDo() throws SQLException {
    try (PostgresServer server = Databases.postgresServer(Map.of("wal_level", "replica"));
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, LOGICAL)) {
        assertThat(here.title()).isEqualTo("v0");
        until("it is said", () -> here.report().problem() != null);
        assertThat(here.report().problem()).contains("wal_level is replica", "restart");
      }
    }
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      String role = "reader_" + database.name();
      database.execute(
          "create role " + role + " login password 'secret-word'",
          "grant select on book to " + role,
          "create publication larder for table book");
      try (Elsewhere here =
          new Elsewhere(
              database,
              "larder.invalidation.postgres",
              "logical",
              "larder.invalidation.postgres.url",
              database.url() + "?user=" + role + "&password=secret-word")) {
        assertThat(here.title()).isEqualTo("v0");
        until("it is said", () -> here.report().problem() != null);
        assertThat(here.report().problem())
            .contains("ALTER ROLE <user> REPLICATION")
            .doesNotContain("secret-word");
      } finally {
        database.execute("drop owned by " + role, "drop role " + role);
      }
    }
  }

  @Test
  void anotherDatabaseIsNotListenedTo() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        TestDatabase wrong = Databases.postgres()) {
      Elsewhere.shelve(database);
      Elsewhere.shelve(wrong);
      try (Elsewhere here =
          new Elsewhere(
              database,
              "larder.invalidation.postgres",
              "logical",
              "larder.max-staleness",
              "200ms",
              "larder.invalidation.postgres.url",
              Elsewhere.withUser(wrong, wrong.url()))) {
        here.title();
        AtomicInteger forgotten = here.countDefinitionsElsewhere();
        long began = System.nanoTime();
        until(
            "it is said, and definitions were looked for often",
            () -> {
              here.title();
              boolean isSaid = here.report().problem() != null;
              return isSaid && System.nanoTime() - began > 500_000_000;
            });
        assertThat(here.report().problem()).contains(wrong.name());
        assertThat(here.covers()).isFalse();
        // The definitions over there are others, which is no news after a second look.
        assertThat(forgotten).hasValueBetween(0, 2);
      }
    }
  }

  @Test
  void aSlotThatWouldKeepTooMuchIsGivenUp() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      try (Elsewhere here =
              new Elsewhere(
                  database,
                  "larder.invalidation.postgres",
                  "logical",
                  "larder.invalidation.postgres.max-retained-wal",
                  "1MB");
          Connection other = database.connect();
          Statement statement = other.createStatement()) {
        here.untilCovered();
        other.setAutoCommit(false);
        statement.execute("insert into book values (7, 'open')");
        until(
            "the slot is given up",
            () -> {
              database.execute(
                  "select pg_logical_emit_message(false, 'filler', repeat('x', 200000))");
              String problem = here.report().problem();
              return problem != null && problem.contains("max-retained-wal");
            });
        other.rollback();
        here.untilCovered();
      }
    }
  }

  @Test
  void whatCannotBeIsRefusedAtTheStart() {
    try (TestDatabase h2 = Databases.h2()) {
      assertThatThrownBy(() -> new Elsewhere(h2, LOGICAL))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("larder.invalidation.postgres = logical")
          .hasMessageContaining("jdbc:postgresql:");
    }
    try (TestDatabase database = Databases.postgres()) {
      assertThatThrownBy(() -> new Elsewhere(database, "larder.invalidation.postgres", "sometimes"))
          .isInstanceOf(InvalidSettingsException.class);
      assertThatThrownBy(
              () ->
                  new Elsewhere(
                      database,
                      "larder.invalidation.postgres",
                      "logical",
                      "larder.invalidation.postgres.url",
                      "mysql://me:secret-word@there"))
          .isInstanceOf(InvalidSettingsException.class)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-word"));
    }
  }
}
