package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * Symptom: a search path was taken apart at each comma, also inside the name of a schema: the write
 * went to one table, the answer followed another, and stayed as it was.
 */
class SchemaNamesTest {

  private static final List<String> ODD =
      List.of("a,b", "A b", "q\"q", "a', 'b", "a`b", "\"a\",\"b\"", "ü");

  /** Sets the schema in one way. */
  @FunctionalInterface
  private interface Way {
    void set(Connection c, String schema) throws SQLException;
  }

  @EachDatabase
  void aSchemaOfAnyNameIsTheOneThatIsReadAndWritten(TestDatabase database) throws SQLException {
    boolean mariadb = database.product().speaksMySql();
    String make = mariadb ? "create database " : "create schema ";
    List<String> schemas =
        mariadb
            ? List.of(database.name() + "a,b", database.name() + "a b", database.name() + "`\"x")
            : ODD;
    try (LarderDataSource larder = larder(database)) {
      if (!mariadb) {
        // What the names would be taken for.
        for (String part : List.of("a", "b")) {
          database.execute(
              "create schema " + part, "create table " + part + ".book (title varchar(50))");
        }
      }
      for (String schema : schemas) {
        String name = quoted(database, schema);
        database.execute(
            make + name,
            "create table " + name + ".book (title varchar(50))",
            "insert into " + name + ".book values ('of " + schema.replace("'", "''") + "')");
        for (Way way : ways(database)) {
          for (boolean byOther : new boolean[] {false, true}) {
            try (Connection c = larder.getConnection()) {
              way.set(c, schema);
              String before = title(c);
              assertThat(before).startsWith("of " + schema);
              assertThat(title(c)).isEqualTo(before);
              if (byOther) {
                try (Connection writer = larder.getConnection()) {
                  way.set(writer, schema);
                  run(writer, "update book set title = concat(title, '+')");
                }
              } else {
                run(c, "update book set title = concat(title, '+')");
              }
              assertThat(title(c)).isEqualTo(before + "+");
            }
          }
        }
      }
      if (mariadb) {
        for (String schema : schemas) {
          database.execute("drop database " + quoted(database, schema));
        }
      }
    }
  }

  private static List<Way> ways(TestDatabase database) {
    return switch (database.product()) {
      case POSTGRESQL ->
          List.of(
              Connection::setSchema,
              (c, s) -> run(c, "set search_path = " + quoted(database, s)),
              (c, s) -> run(c, "set search_path to '" + s.replace("'", "''") + "', pg_catalog"),
              (c, s) -> run(c, "set schema '" + s.replace("'", "''") + "'"),
              (c, s) -> setConfig(c, quoted(database, s)),
              (c, s) ->
                  run(
                      c,
                      "select set_config('search_path', '"
                          + quoted(database, s).replace("'", "''")
                          + " , nowhere', false)"));
      case MARIADB, MYSQL ->
          List.of(Connection::setCatalog, (c, s) -> run(c, "use " + quoted(database, s)));
      case H2 ->
          List.of(
              Connection::setSchema,
              (c, s) -> run(c, "set schema " + quoted(database, s)),
              (c, s) -> run(c, "set schema_search_path " + quoted(database, s) + ", PUBLIC"));
    };
  }

  private static void setConfig(Connection c, String path) throws SQLException {
    try (PreparedStatement set = c.prepareStatement("select set_config('search_path', ?, false)")) {
      set.setString(1, path + ",nowhere");
      set.executeQuery().close();
    }
  }

  private static LarderDataSource larder(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .settings(settings)
        .build();
  }

  private static String quoted(TestDatabase database, String name) {
    return database.product().speaksMySql()
        ? "`" + name.replace("`", "``") + "`"
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static void run(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String title(Connection c) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement("select title from book");
        ResultSet row = statement.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
