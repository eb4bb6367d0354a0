package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.TableName;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Changes made elsewhere, by triggers that notify. */
class NotificationsTest extends SourceContract {

  private static final String[] NOTIFY = {
    "larder.invalidation.postgres", "notify", "larder.max-staleness", "1h"
  };

  @Override
  protected TestDatabase fresh() {
    return Databases.postgres();
  }

  @Override
  protected String[] settings(TestDatabase database, Relay relay) {
    return new String[] {
      "larder.invalidation.postgres",
      "notify",
      "larder.invalidation.postgres.url",
      Elsewhere.withUser(database, database.urlThrough(relay))
    };
  }

  @Override
  protected String leftovers(Statement statement) throws SQLException {
    return one(
        statement,
        "select coalesce(string_agg(application_name, ', '), '') from pg_stat_activity"
            + " where datname = current_database() and application_name like 'larder %'");
  }

  @Test
  void everyKindOfWrite() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      database.execute(
          "create table loan (id int primary key, book int references book on delete cascade)",
          "insert into loan values (1, 2)",
          "create table \"Odd Name\" (n int)",
          "insert into \"Odd Name\" values (1)",
          "create table sale (id int primary key, amount int) partition by range (id)",
          "create table sale_low partition of sale for values from (0) to (100)",
          "insert into sale values (1, 1)");
      try (Elsewhere here = new Elsewhere(database, NOTIFY).untilCovered()) {
        here.see("select count(*) from book", "insert into book values (3, 'x')", "3");
        here.see("select max(id) from book", "update book set id = 4 where id = 3", "4");
        here.see("select count(*) from loan", "delete from book where id = 2", "0");
        here.see("select n from \"Odd Name\"", "update \"Odd Name\" set n = 2", "2");
        here.see("select sum(amount) from sale_low", "insert into sale values (2, 2)", "3");
        here.see("select sum(amount) from sale", "insert into sale_low values (3, 3)", "6");
        here.see("select count(*) from sale", "truncate sale", "0");
        here.see("select count(*) from book", "truncate book cascade", "0");
        database.execute("create table late (n int)", "insert into late values (1)");
        until("the new table has a trigger", () -> triggers(database).contains("late"));
        here.untilCovered();
        here.see("select n from late", "update late set n = 2", "2");
        assertThat(here.larder.explain("update book set title = 'x'").tables())
            .containsExactlyInAnyOrder("public.book");
      }
    }
  }

  @Test
  void theSqlIsPrintedAndNothingIsChanged() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      try (Elsewhere here =
          new Elsewhere(
              database,
              "larder.invalidation.postgres",
              "notify",
              "larder.invalidation.postgres.triggers",
              "print")) {
        here.untilCovered();
        until("it is said", () -> here.report().problem() != null);
        assertThat(here.report().problem()).contains("1 tables have no trigger");
        assertThat(here.report().reach()).isEqualTo("0 tables");
        assertThat(triggers(database)).isEmpty();
      }
    }
  }

  @Test
  void theTriggersAreRemovedWithAllThatWasMadeForThem() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, NOTIFY).untilCovered()) {
        assertThat(triggers(database)).isEqualTo("book");
      }
      try (Elsewhere here =
          new Elsewhere(
              database,
              "larder.invalidation.postgres",
              "notify",
              "larder.invalidation.postgres.triggers",
              "remove")) {
        here.title();
        until("they are gone", () -> triggers(database).isEmpty());
        until("it is said", () -> String.valueOf(here.report().problem()).contains("removed"));
        assertThat(here.title()).isEqualTo("v0");
      }
    }
  }

  @Test
  void whatIsNoNameIsDroppedAndCounted() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, NOTIFY).untilCovered()) {
        long rejected = here.report().rejected();
        database.execute("notify larder, 'rubbish'", "notify larder", "notify larder, 'a.b.c'");
        until("they are counted", () -> here.report().rejected() == rejected + 3);
        here.writeAndSee("v1");
      }
    }
  }

  @Test
  void names() {
    assertThat(NotifyTriggers.table("public.book")).isEqualTo(new TableName("public", "book"));
    assertThat(NotifyTriggers.table("\"a.b\".\"c\"\"d\"")).isEqualTo(new TableName("a.b", "c\"d"));
    for (String none : new String[] {"", ".", "a", "a.", ".b", "\"a", "a.\"b", "a\"b.c", "a.b.c"}) {
      assertThat(NotifyTriggers.table(none)).as(none).isNull();
    }
  }

  private static String triggers(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return one(
          statement,
          "select coalesce(string_agg(tgrelid::regclass::text, ', '), '') from pg_trigger"
              + " where tgname = 'larder_changed' and tgenabled = 'A'");
    }
  }
}
