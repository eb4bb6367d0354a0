package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MySQL's own catalogue adds. */
class MySqlCatalogueTest {

  /** Null where there is no MySQL. */
  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = Databases.mysql();
    database.execute(
        "create table book (id int primary key, title varchar(100), price decimal(10, 2),"
            + " at datetime)",
        "create table audit (what varchar(100))",
        "create table log (what varchar(100))");
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private CatalogueProbe probe(String... ddl) {
    database.execute(ddl);
    return CatalogueProbe.of(database);
  }

  @Test
  void tablesAndViews() {
    CatalogueProbe probe =
        probe(
            "create view cheap as select b.id, upper(b.title) t from book b where price < 5 and"
                + " exists (select 1 from audit)",
            "create view cheaper as select c.*, if(id > 1, 'a', 'b') i from cheap c"
                + " where date_add(now(), interval 0 day) is not null or t like 'x%'",
            "create view fine as select concat(t, 'x') c, case when id > 1 then 2 end k from cheap"
                + " order by id limit 3",
            "create view mine as select * from book where title = current_user()");
    assertThat(probe.reads("select * from Book")).isEqualTo("book");
    assertThat(probe.reads("select * from cheap")).isEqualTo("audit book");
    assertThat(probe.reads("select * from fine")).isEqualTo("audit book");
    assertThat(probe.reads("select * from cheaper")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from mine")).isEqualTo("book");
    assertThat(probe.reads("select * from " + database.name() + ".book")).isEqualTo("book");
    assertThat(probe.reads("select * from nowhere")).isEqualTo("UNKNOWN_TABLE");
    assertThat(probe.reads("select * from information_schema.tables")).isEqualTo("SYSTEM_TABLE");
    assertThat(probe.reads("select * from mysql.user")).isEqualTo("SYSTEM_TABLE");
    assertThat(probe.writes("update cheap set id = 2")).isEqualTo("audit book");
  }

  @Test
  void tablesThatCannotBeFollowed() {
    CatalogueProbe probe =
        probe(
            "create table plain (id int) engine = MyISAM",
            "create table memory (id int) engine = MEMORY",
            "create view v as select * from plain",
            "create table parted (id int) partition by hash (id) partitions 3");
    for (String table : new String[] {"plain", "memory", "v"}) {
      assertThat(probe.reads("select * from " + table)).as(table).isEqualTo("UNTRACKABLE_TABLE");
    }
    assertThat(probe.reads("select * from parted")).isEqualTo("parted");
    assertThat(probe.writes("insert into plain values (1)")).isEqualTo("plain");
  }

  @Test
  void virtualColumnsAreJudged() {
    CatalogueProbe probe =
        probe(
            "create table pure (id int, v varchar(10) as (upper(id)) virtual)",
            "create table kept (id int, v varchar(10) as (lower(id)) stored)");
    assertThat(probe.reads("select * from pure")).isEqualTo("pure");
    assertThat(probe.reads("select * from kept")).isEqualTo("kept");
  }

  @Test
  void foreignKeysCascade() {
    CatalogueProbe probe =
        probe(
            "create table a (id int primary key, b int, foreign key (b) references book (id) on"
                + " delete cascade)",
            "create table c (a int, foreign key (a) references a (id) on delete set null on update"
                + " cascade)",
            "create table d (a int, foreign key (a) references a (id))");
    assertThat(probe.writes("delete from book")).isEqualTo("a book c");
    assertThat(probe.writes("update a set id = 2")).isEqualTo("a c");
    assertThat(probe.writes("update book set id = 2")).isEqualTo("book");
    assertThat(probe.writes("replace into book (id) values (1)")).isEqualTo("a book c");
  }

  @Test
  void aReferenceAcrossSchemasCountsForTheReader() {
    String other = database.name() + "_other";
    database.execute(
        "create database " + other,
        "create table "
            + other
            + ".child (b int, foreign key (b) references "
            + database.name()
            + ".book (id) on delete cascade)");
    try {
      CatalogueProbe probe = CatalogueProbe.of(database);
      assertThat(probe.reads("select * from " + other + ".child")).isEqualTo("book child");
      assertThat(probe.writes("delete from book")).isEqualTo("book child");
    } finally {
      database.execute("drop database " + other);
    }
  }

  @Test
  void triggersAndRoutinesAreFollowed() {
    CatalogueProbe probe =
        probe(
            "create function pure(x int) returns int deterministic no sql return x * 2",
            "create function looks(x int) returns int deterministic reads sql data"
                + " return (select count(*) from book)",
            "create function notes(x int) returns int begin insert into log values ('x');"
                + " return x; end",
            "create trigger t after insert on book for each row begin declare n int;"
                + " set n = pure(new.id); insert into audit values (concat('x', n)); end",
            "create trigger u before update on book for each row set new.price = notes(1)",
            "create view v as select notes(id) n from book");
    assertThat(probe.reads("select pure(id) from book")).isEqualTo("book");
    assertThat(probe.reads("select looks(id) from book")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("audit book");
    assertThat(probe.writes("update book set title = 'x'")).isEqualTo("book log");
    assertThat(probe.writes("delete from book")).isEqualTo("book");
    assertThat(probe.writes("select notes(1)")).isEqualTo("log");
    assertThat(probe.writes("select looks(1)")).isEmpty();
    assertThat(probe.writes("select * from v")).isEqualTo("log");
    assertThat(probe.writes("insert into book (id) values (1) on duplicate key update title = 'x'"))
        .isEqualTo("audit book log");
    assertThat(probe.mayAlterSession("insert into book (id) values (1)")).isFalse();
  }

  @Test
  void bodiesThatCannotBeReadWriteEverything() {
    CatalogueProbe probe =
        probe(
            "create trigger t after insert on book for each row set @x = 1",
            "create procedure p() delete from log",
            "create trigger u after insert on audit for each row call p()");
    assertThat(probe.mayAlterSession("insert into book (id) values (1)")).isTrue();
    assertThat(probe.writes("insert into audit values ('x')")).isEqualTo("everything");
  }

  @Test
  void builtInFunctionsAreJudgedByAList() {
    CatalogueProbe probe = probe();
    for (String good :
        new String[] {
          "upper(title)",
          "count(*)",
          "coalesce(title, 'a')",
          "datediff(at, at)",
          "ifnull(id, 1)",
          "group_concat(title)",
          "row_number() over (order by id)",
          "cast(id as char)",
          "extract(year from at)",
          "json_object('a', id)",
          "current_user()",
          "year(at)",
          "date_format(at, '%Y')",
          "if(id > 1, 2, 3)",
          "database()"
        }) {
      assertThat(probe.reads("select " + good + " from book")).as(good).isEqualTo("book");
    }
    for (String bad :
        new String[] {
          "now()", "rand()", "uuid()", "current_date", "connection_id()", "last_insert_id()",
          "found_rows()", "sleep(1)", "get_lock('a', 1)", "user()", "nosuch(1)", "sysdate()"
        }) {
      assertThat(probe.reads("select " + bad + " from book"))
          .as(bad)
          .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    }
    assertThat(probe.writes("select rand(), now(), uuid(), last_insert_id() from book")).isEmpty();
    assertThat(probe.writes("select nosuch(1) from book")).isEqualTo("everything");
  }

  @Test
  void whatAnOrdinaryUserCannotSeeIsDistrusted() throws Exception {
    String user = "u" + Integer.toHexString(database.name().hashCode());
    String name = database.name();
    database.execute(
        "create trigger t after insert on book for each row insert into audit values ('x')",
        "create table child (b int, foreign key (b) references book (id) on delete cascade)",
        "create view v as select * from book",
        "create function notes(x int) returns int begin insert into log values ('x'); return x;"
            + " end",
        "create user " + user + " identified by 'x'",
        "grant select, insert, delete, execute on `" + name + "`.* to " + user);
    try {
      try (Connection connection = DriverManager.getConnection(database.url(), user, "x")) {
        CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
        assertThat(probe.reads("select * from book")).isEqualTo("book");
        assertThat(probe.reads("select * from v")).isEqualTo("OPAQUE_DEFINITION");
        assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("everything");
        assertThat(probe.writes("select notes(1)")).isEqualTo("everything");
      }
      database.execute("grant trigger, show view on `" + name + "`.* to " + user);
      try (Connection connection = DriverManager.getConnection(database.url(), user, "x")) {
        CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
        // MySQL shows a view's text to its definer only.
        assertThat(probe.reads("select * from v")).isEqualTo("OPAQUE_DEFINITION");
        assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("audit book");
        assertThat(probe.writes("delete from book")).isEqualTo("book child");
      }
      database.execute(
          "revoke all, grant option from " + user,
          "grant select, delete, insert, trigger on `" + name + "`.book to " + user);
      try (Connection connection = DriverManager.getConnection(database.url(), user, "x")) {
        CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
        assertThat(probe.reads("select * from book")).isEqualTo("book");
        assertThat(probe.reads("select * from audit")).isEqualTo("UNKNOWN_TABLE");
        assertThat(probe.writes("delete from book")).isEqualTo("everything");
        assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("everything");
      }
    } finally {
      database.execute("drop user " + user);
    }
  }
}
