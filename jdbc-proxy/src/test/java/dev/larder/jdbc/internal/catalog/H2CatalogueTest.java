package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What H2's own catalogue adds. */
class H2CatalogueTest {

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = Databases.h2();
    database.execute(
        "create table book (id int primary key, title varchar, price numeric(10, 2), at timestamp)",
        "create table audit (what varchar)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CatalogueProbe probe(String... ddl) {
    database.execute(ddl);
    return CatalogueProbe.of(database);
  }

  /** A trigger the database calls; what it writes is nobody's to know. */
  public static final class Noting implements org.h2.api.Trigger {
    @Override
    public void fire(
        Connection connection,
        @org.jspecify.annotations.Nullable Object[] before,
        @org.jspecify.annotations.Nullable Object[] after) {}
  }

  /** An alias's code, of which H2 shows no more than this. */
  private static final String CODE = "java.lang.Math.abs(int)";

  @Test
  void tablesAndViews() {
    CatalogueProbe probe =
        probe(
            "create view cheap as select b.id, upper(b.title) t from book b where price < 5 and"
                + " exists (select 1 from audit)",
            "create view cheaper as with c as (select * from cheap) select * from c",
            "create view fresh as select * from book where at > now()",
            "create synonym libro for book",
            "create schema other",
            "create table other.book (id int)");
    assertThat(probe.reads("select * from Book")).isEqualTo("book");
    assertThat(probe.reads("select * from cheap")).isEqualTo("audit book");
    assertThat(probe.reads("select * from cheaper")).isEqualTo("audit book");
    assertThat(probe.reads("select * from fresh")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from libro")).isEqualTo("book");
    assertThat(probe.writes("insert into libro values (1, 'x', 2, null)")).isEqualTo("book");
    assertThat(probe.reads("select * from nowhere")).isEqualTo("UNKNOWN_TABLE");
    assertThat(probe.reads("select * from information_schema.tables")).isEqualTo("SYSTEM_TABLE");
  }

  @Test
  void tablesThatCannotBeFollowed() {
    CatalogueProbe probe =
        probe(
            "create linked table linked ('org.h2.Driver', 'jdbc:h2:mem:elsewhere', 'sa', '',"
                + " 'INFORMATION_SCHEMA.TABLES')",
            "create global temporary table scratch (id int)",
            "create materialized view m as select * from book");
    assertThat(probe.reads("select * from linked")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.reads("select * from scratch")).isEqualTo("TEMPORARY_TABLE");
    assertThat(probe.reads("select * from m")).isEqualTo("m");
    assertThat(probe.writes("delete from linked")).isEqualTo("everything");
    assertThat(probe.reads("select * from csvread('x.csv')")).isNotEmpty().doesNotContain("book");
  }

  @Test
  void foreignKeysCascade() {
    CatalogueProbe probe =
        probe(
            "create table a (id int primary key, b int references book on delete cascade)",
            "create table c (a int references a on delete set null on update cascade)",
            "create table d (a int references a)");
    assertThat(probe.writes("delete from book")).isEqualTo("a book c");
    assertThat(probe.writes("update a set id = 2")).isEqualTo("a c");
    assertThat(probe.writes("update book set id = 2")).isEqualTo("book");
  }

  @Test
  void triggersAreJavaCode() {
    String name = Noting.class.getName();
    database.execute(
        "create trigger t after insert, update on book for each row call '" + name + "'",
        "create trigger s before select on audit call '" + name + "'");
    CatalogueProbe probe = CatalogueProbe.of(database);
    assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("everything");
    assertThat(probe.writes("delete from book")).isEqualTo("book");
    assertThat(probe.mayAlterSession("update book set id = 2")).isTrue();
    assertThat(probe.reads("select * from audit")).isEqualTo("UNTRACKABLE_TABLE");
    CatalogueProbe declared = CatalogueProbe.of(database, name + "=writes(AUDIT)");
    assertThat(declared.writes("insert into book (id) values (1)")).isEqualTo("audit book");
    assertThat(declared.mayAlterSession("insert into book (id) values (1)")).isFalse();
  }

  @Test
  void aliasesMustBeDeterministic() {
    database.execute(
        "create alias twice for '" + CODE + "'",
        "create alias pure deterministic for '" + CODE + "'",
        "create table valued (id int default twice(2), checked int check (twice(checked) > 0))",
        "create table plain (id int generated always as identity, n int default pure(2))");
    CatalogueProbe probe = CatalogueProbe.of(database);
    assertThat(probe.reads("select pure(id) from book")).isEqualTo("book");
    assertThat(probe.reads("select twice(id) from book")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.writes("select pure(id) from book")).isEmpty();
    assertThat(probe.writes("select twice(id) from book")).isEqualTo("everything");
    assertThat(probe.writes("insert into valued values (1, 2)")).isEqualTo("everything");
    assertThat(probe.writes("insert into plain (n) values (1)")).isEqualTo("plain");
    CatalogueProbe declared = CatalogueProbe.of(database, "twice=immutable");
    assertThat(declared.reads("select twice(id) from book")).isEqualTo("book");
    assertThat(declared.writes("insert into valued values (1, 2)")).isEqualTo("valued");
  }

  @Test
  void builtInFunctionsAreJudgedByAList() {
    CatalogueProbe probe = probe();
    for (String good :
        new String[] {
          "upper(title)",
          "count(*)",
          "coalesce(title, 'a')",
          "datediff(day, at, at)",
          "listagg(title, ',')",
          "row_number() over (order by id)",
          "cast(id as varchar)",
          "extract(year from at)",
          "json_object('a': id)",
          "current_user",
          "year(at)"
        }) {
      assertThat(probe.reads("select " + good + " from book")).as(good).isEqualTo("book");
    }
    for (String bad :
        new String[] {
          "now()", "rand()", "random_uuid()", "current_date", "session_id()", "nosuch()"
        }) {
      assertThat(probe.reads("select " + bad + " from book"))
          .as(bad)
          .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    }
    assertThat(probe.writes("select rand(), now(), random_uuid() from book")).isEmpty();
    assertThat(probe.writes("select nosuch() from book")).isEqualTo("everything");
  }

  @Test
  void anOrdinaryUserSeesTheSame() throws Exception {
    database.execute(
        "create trigger t after insert on book for each row call '" + Noting.class.getName() + "'",
        "create table child (b int references book on delete cascade)",
        "create schema hidden",
        "create table hidden.secret (id int)",
        "create view v as select * from hidden.secret",
        "create alias twice for '" + CODE + "'",
        "create user reader password 'x'",
        "grant select on v to reader");
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:mem:" + database.name(), "reader", "x")) {
      CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
      assertThat(probe.reads("select * from v")).isEqualTo("secret");
      assertThat(probe.writes("insert into book (id) values (1)")).isEqualTo("everything");
      assertThat(probe.writes("delete from book")).isEqualTo("book child");
      assertThat(probe.writes("select twice(1)")).isEqualTo("everything");
    }
  }
}
