package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * MySQL's information_schema shows the bodies of triggers and routines, and the expressions of
 * columns, otherwise than they were written.
 */
final class TextsAsShownTest {

  private static final String[] TABLES = {
    "create table book (id int primary key, title varchar(40))",
    "create table log (id int primary key, entry varchar(40))",
    "insert into log values (1, 'old')",
    "insert into book values (1, 'v1')"
  };

  private static LarderDataSource larder(TestDatabase database) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  private static String read(LarderDataSource larder, String query) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void write(LarderDataSource larder, String sql) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The body is shown as if the UPDATE were a part of a string. */
  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aWriteBetweenStringsOfQuotesIsSeen(TestDatabase database) throws SQLException {
    database.execute(TABLES);
    String entry = "select entry from log where id = 1";
    for (String quote : new String[] {"'\\''", "''''", "\"\"\"\"", "'\\\\'", "'\\'\\\\'"}) {
      database.execute(
          "drop trigger if exists t",
          "drop procedure if exists p",
          "drop function if exists f",
          "update log set entry = 'old'",
          ("create trigger t before update on book for each row begin declare a varchar(9);"
                  + " set a = %1$s; update log set entry = new.title; set a = %1$s; end")
              .formatted(quote),
          ("create procedure p() begin declare a varchar(9); set a = %1$s;"
                  + " update log set entry = 'called'; set a = concat(%1$s, 'x'); end")
              .formatted(quote),
          ("create function f(n varchar(9)) returns int modifies sql data begin"
                  + " declare a varchar(9); set a = %1$s; update log set entry = n; set a = %1$s;"
                  + " return 1; end")
              .formatted(quote));
      try (LarderDataSource larder = larder(database)) {
        assertThat(read(larder, entry)).isEqualTo("old");
        write(larder, "update book set title = 'new' where id = 1");
        assertThat(read(larder, entry)).as("after a trigger with %s", quote).isEqualTo("new");
        write(larder, "call p()");
        assertThat(read(larder, entry)).as("after a procedure with %s", quote).isEqualTo("called");
        write(larder, "select f('got')");
        assertThat(read(larder, entry)).as("after a function with %s", quote).isEqualTo("got");
      }
    }
  }

  /** An ordinary body with many strings is not taken for one that may write anything. */
  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aBodyWithStringsIsFollowed(TestDatabase database) throws SQLException {
    database.execute(TABLES);
    database.execute(
        "create table other (id int primary key, entry varchar(40))",
        "insert into other values (1, 'kept')",
        "create trigger t before update on book for each row begin declare a varchar(40);"
            + " if new.title = 'it''s' or new.title = 'x' then set a = 'b'; end if;"
            + " update log set entry = concat(a, 'c', new.title); end");
    try (LarderDataSource larder = larder(database)) {
      String other = "select entry from other where id = 1";
      read(larder, other);
      read(larder, other);
      write(larder, "update book set title = 'it''s' where id = 1");
      long hits = larder.statistics().hits();
      assertThat(read(larder, other)).isEqualTo("kept");
      assertThat(larder.statistics().hits()).isEqualTo(hits + 1);
      assertThat(read(larder, "select entry from log where id = 1")).isEqualTo("bcit's");
    }
  }

  /** Its expression is shown as inside a string. */
  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aTableWithAVirtualColumnIsCached(TestDatabase database) throws SQLException {
    database.execute(TABLES);
    database.execute(
        "create table item (id int primary key, about json,"
            + " size varchar(10) as (json_unquote(json_extract(about, '$.size'))) virtual,"
            + " tag varchar(40) as (concat(id, 'it''s', 'a\\\\b', '$1', '\\'')) virtual)",
        "insert into item (id, about) values (1, '{\"size\": \"L\"}')");
    try (LarderDataSource larder = larder(database)) {
      String size = "select size from item where id = 1";
      String log = "select entry from log where id = 1";
      assertThat(read(larder, log)).isEqualTo("old");
      assertThat(read(larder, size)).isEqualTo("L");
      long hits = larder.statistics().hits();
      assertThat(read(larder, size)).isEqualTo("L");
      assertThat(read(larder, log)).isEqualTo("old");
      assertThat(larder.statistics().hits()).isEqualTo(hits + 2);
      write(larder, "update item set about = '{\"size\": \"S\"}'");
      assertThat(read(larder, size)).isEqualTo("S");
    }
  }
}
