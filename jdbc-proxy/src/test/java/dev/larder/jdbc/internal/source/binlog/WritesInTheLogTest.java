package dev.larder.jdbc.internal.source.binlog;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to write that somebody else may go, and what is forgotten for it by the binary log. */
final class WritesInTheLogTest {

  private static final String[] BINLOG = {
    "larder.invalidation.mysql", "binlog", "larder.max-staleness", "1h"
  };

  private static Elsewhere covered(TestDatabase database) throws SQLException {
    return new Elsewhere(database, BINLOG).untilCovered();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void everyKindOfWrite(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      database.execute(
          "create table shelf (id int primary key, book int)",
          "insert into shelf values (1, 1), (2, 2)");
      try (Elsewhere here = covered(database)) {
        here.see("select count(*) from book", "insert into book values (3, 'x')", "3");
        here.see(
            "select title from book where id = 3", "update book set title = 'y' where id = 3", "y");
        here.see("select min(id) from book", "update book set id = 0 where id = 3", "0");
        here.see("select title from book where id = 0", "replace into book values (0, 'z')", "z");
        here.see(
            "select title from book where id = 0",
            "insert into book values (0, 'a') on duplicate key update title = 'dup'",
            "dup");
        here.see(
            "select count(*) from book", "insert ignore into book values (0,'q'),(4,'r')", "4");
        String both =
            "select concat(title, '/', s.book) from book join shelf s on s.id = book.id"
                + " where book.id = 1";
        here.see(
            both,
            "update book, shelf set book.title = 'm', shelf.book = 7"
                + " where book.id = 1 and shelf.id = 1",
            "m/7");
        here.see(
            "select count(*) from shelf",
            "delete book, shelf from book join shelf on shelf.id = book.id where book.id = 2",
            "1");
        here.see("select count(*) from book", "delete from book where id > 1", "2");
        here.see("select count(*) from book", "truncate table book", "0");
        here.see("select count(*) from book", "insert into book select id, 'copy' from shelf", "1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void loadedData(Product product, @TempDir Path directory) throws SQLException, IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), "11\tloaded\n12\tloaded\n");
    makeReadable(directory, file);
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      try (Elsewhere here = covered(database)) {
        here.see(
            "select count(*) from book", "load data infile '" + file + "' into table book", "4");
      }
    }
  }

  /** The server may run as another user. */
  private static void makeReadable(Path directory, Path file) {
    assumeThat(directory.toFile().setExecutable(true, false)).isTrue();
    assumeThat(directory.toFile().setReadable(true, false)).isTrue();
    assumeThat(file.toFile().setReadable(true, false)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void cascadesOfTwoLevels(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      database.execute(
          "create table author (id int primary key, name varchar(20))",
          "create table book (id int primary key, author int, foreign key (author)"
              + " references author (id) on delete cascade on update cascade)",
          "create table page (id int primary key, book int, foreign key (book)"
              + " references book (id) on delete cascade)",
          "create table note (id int primary key, page int, foreign key (page)"
              + " references page (id) on delete set null)",
          "insert into author values (1, 'a'), (2, 'b'), (3, 'c')",
          "insert into book values (10, 1), (20, 2), (30, 3)",
          "insert into page values (100, 10), (200, 20)",
          "insert into note values (1000, 100), (2000, 200)");
      try (Elsewhere here = covered(database)) {
        here.keep("select count(*) from page where book = 10");
        here.keep("select count(*) from note where page is null");
        here.keep("select author from book where id = 20");
        here.see("select count(*) from page", "delete from author where id = 1", "1");
        until(
            "every level is seen",
            () ->
                here.read("select count(*) from page where book = 10").equals("0")
                    && here.read("select count(*) from note where page is null").equals("1"));
        here.see(
            "select author from book where id = 20", "update author set id = 5 where id = 2", "5");
        here.see("select count(*) from book", "replace into author values (3, 'again')", "1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void triggersAndPartitions(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      database.execute(
          "create table log (line varchar(50))",
          "create table sale (id int primary key, amount int) partition by range (id)"
              + " (partition low values less than (100), partition high values less than (1000))",
          "insert into sale values (1, 1), (150, 2)",
          "create trigger told after update on book for each row"
              + " insert into log values (new.title)");
      try (Elsewhere here = covered(database)) {
        here.see("select count(*) from log", "update book set title = 'x' where id = 1", "1");
        here.see("select sum(amount) from sale", "insert into sale values (160, 4)", "7");
        here.see(
            "select sum(amount) from sale partition (high)",
            "update sale set amount = 10 where id = 150",
            "14");
        here.see("select count(*) from sale", "alter table sale truncate partition low", "2");
        here.see("select count(*) from sale", "alter table sale drop partition high", "0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void definitions(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      database.execute(
          "create table other (id int primary key, title varchar(50))",
          "insert into other values (1, 'other')",
          "create view titles as select title from book where id = 1");
      try (Elsewhere here = covered(database)) {
        here.keep(Elsewhere.TITLE);
        database.execute("rename table book to old, other to book");
        until("the rename is seen", () -> here.title().equals("other"));
        here.untilCovered();
        here.see(
            "select title from titles",
            "create or replace view titles as select title from old where id = 2",
            "w0");
        here.untilCovered();
        here.writeAndSee("after");
        if (product == Product.MARIADB) {
          database.execute("create table made as select * from old");
        } else {
          // This release refuses the other way where there are GTIDs.
          database.execute("create table made like old", "insert into made select * from old");
        }
        database.execute("update old set title = 'v' where id = 2");
        until("it is seen", () -> here.read("select title from titles").equals("v"));
        until("it is there", () -> here.read("select count(*) from made").equals("2"));
        here.untilCovered();
        here.see("select count(*) from made", "insert into made values (9, 'n')", "3");
        here.see("select sum(c) from (select 1 c from made) t", "delete from made", "null");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void theRowsOfAnImageAreForgottenAndTheOthersKept(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      database.execute(
          "create table pen (id int primary key, owner int unsigned, name text, note text)",
          "insert into pen values (1, 10, 'a', null), (2, 20, 'b', null), (-3, 3000000000, '',"
              + " '')");
      try (Elsewhere here = covered(database)) {
        String mine = "select name from pen where id = 2";
        String owned = "select count(*) from pen where owner = 20";
        String large = "select count(*) from pen where owner = 3000000000";
        keeps(here, mine, () -> here.see(byId(1), "update pen set name = 'c' where id = 1", "c"));
        keeps(here, owned, () -> here.see(byId(4), "insert into pen values (4, 40, 'd', '')", "d"));
        keeps(here, mine, () -> here.see(byId(4), "delete from pen where id = 4", "nothing"));
        keeps(here, mine, () -> here.see(byId(1), "update pen set id = 5 where id = 1", "nothing"));
        keeps(here, large, () -> here.see(byId(5), "update pen set name = 'e' where id = 5", "e"));
        here.see(byId(6), "update pen set id = 6 where id = 5", "e");
        here.see(byId(-3), "update pen set name = 'n' where id = -3", "n");
        here.see(large, "update pen set owner = 4000000000 where id = -3", "0");
        here.see(large, "update pen set owner = 3000000000 where id = 6", "1");
        here.see(owned, "update pen set owner = 20 where id = 6", "2");
        here.see(owned, "update pen set owner = null where id = 6", "1");
        here.see(owned, "truncate pen", "0");
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
    assertThat(here.isHit(query)).as(query).isTrue();
  }

  @FunctionalInterface
  private interface Change {
    void make() throws SQLException;
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void statementsThatAreLoggedAsText(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      try (Elsewhere here = covered(database);
          Connection other = database.connect();
          Statement statement = other.createStatement()) {
        statement.execute("set session binlog_format = statement");
        for (int i = 0; i < 3; i++) {
          String title = "s" + i;
          here.keep(Elsewhere.TITLE);
          statement.execute("update book set title = '" + title + "' where id = 1");
          until("it is seen", () -> here.title().equals(title));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void twoPhaseCommits(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      try (Elsewhere here =
              new Elsewhere(
                      database,
                      "larder.invalidation.mysql",
                      "binlog",
                      "larder.max-staleness",
                      "1h",
                      "larder.commit.quarantine",
                      "300ms")
                  .untilCovered();
          Connection other = database.connect();
          Statement statement = other.createStatement()) {
        here.keep(Elsewhere.TITLE);
        statement.execute("xa start 'a'");
        statement.execute("update book set title = 'xa' where id = 1");
        statement.execute("xa end 'a'");
        statement.execute("xa prepare 'a'");
        assertThat(here.title()).isEqualTo("v0");
        statement.execute("xa commit 'a'");
        until("it is seen", () -> here.title().equals("xa"));
        here.keep(Elsewhere.TITLE);
        statement.execute("xa start 'b'");
        statement.execute("update book set title = 'one' where id = 1");
        statement.execute("xa end 'b'");
        statement.execute("xa commit 'b' one phase");
        until("it is seen", () -> here.title().equals("one"));
        statement.execute("xa start 'c'");
        statement.execute("update book set title = 'none' where id = 1");
        statement.execute("xa end 'c'");
        statement.execute("xa prepare 'c'");
        statement.execute("xa rollback 'c'");
        here.keep(Elsewhere.TITLE);
        assertThat(here.title()).isEqualTo("one");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aLargeTransactionAndOneThatUsesSavepoints(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      try (Elsewhere here = covered(database);
          Connection other = database.connect();
          Statement statement = other.createStatement()) {
        here.keep("select count(*) from book");
        other.setAutoCommit(false);
        for (int i = 0; i < 60; i++) {
          StringBuilder rows = new StringBuilder("insert into book values ");
          for (int j = 0; j < 500; j++) {
            rows.append(j == 0 ? "" : ",").append("(").append(1_000 + i * 500 + j).append(",'t')");
          }
          statement.execute(rows.toString());
        }
        statement.execute("savepoint here");
        statement.execute("delete from book where id < 10");
        statement.execute("rollback to savepoint here");
        other.commit();
        until("it is seen", () -> here.read("select count(*) from book").equals("30002"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aTableOfAnotherEngineKeepsTheAgeBound(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      database.execute(
          "create table plain (id int primary key, n int) engine = MyISAM",
          "insert into plain values (1, 0)");
      try (Elsewhere here =
          new Elsewhere(
                  database, "larder.invalidation.mysql", "binlog", "larder.max-staleness", "300ms")
              .untilCovered()) {
        String plain = "select n from plain where id = 1";
        assertThat(here.read(plain)).isEqualTo("0");
        database.execute("update plain set n = 1");
        until("the change is seen", () -> here.read(plain).equals("1"));
        until(
            "what is InnoDB's lives longer",
            () -> {
              here.keep(Elsewhere.TITLE);
              here.read(plain);
              LockSupport.parkNanos(400_000_000);
              return here.isHit(Elsewhere.TITLE) && !here.isHit(plain);
            });
      }
    }
  }

  /** A write to a schema that the application does not see costs it nothing. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void anotherDatabaseOfTheServer(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product);
        TestDatabase neighbour = Databases.logging(product)) {
      Elsewhere.shelve(database);
      Elsewhere.shelve(neighbour);
      String user = "u_" + database.name();
      database.execute(
          "create user "
              + user
              + " identified with mysql_native_password"
              + (product == Product.MARIADB ? " as password('secret-word')" : " by 'secret-word'"),
          "grant all on " + database.name() + ".* to " + user);
      try (Elsewhere here =
          Elsewhere.as(
                  database,
                  user,
                  "secret-word",
                  "larder.invalidation.mysql",
                  "binlog",
                  "larder.max-staleness",
                  "1h",
                  "larder.invalidation.mysql.url",
                  Elsewhere.withUser(database, database.url()))
              .untilCovered()) {
        here.keep(Elsewhere.TITLE);
        long changes = here.report().changes();
        neighbour.execute("update book set title = 'n' where id = 1");
        until("the change is heard", () -> here.report().changes() > changes);
        assertThat(here.isHit(Elsewhere.TITLE)).isTrue();
        here.writeAndSee("mine");
      } finally {
        database.execute("drop user " + user);
      }
    }
  }
}
