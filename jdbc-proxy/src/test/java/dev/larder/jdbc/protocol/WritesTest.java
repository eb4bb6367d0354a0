package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.NAME;
import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.column;
import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.jdbc.PgConnection;

/** Every way to write is a write to the tables it names, or to everything. */
final class WritesTest {

  private static final String COUNT = "select count(*) from book";

  private Shelf shelf;

  @BeforeEach
  void twoDataSourcesOverOneDatabase(TestDatabase database) {
    shelf = new Shelf(database);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @EachDatabase
  void ddlBetweenTwoReads(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    shelf.write("alter table book drop column title");
    assertThatThrownBy(() -> shelf.read(TITLE)).isInstanceOf(SQLException.class);
    shelf.write("alter table book add title varchar(20) default 'new'");
    assertThat(shelf.read(TITLE)).isEqualTo("new");
    shelf.keep(TITLE);
    shelf.write("drop table book", "create table book (id int, title varchar(20))");
    shelf.write("insert into book values (1, 'again')");
    assertThat(shelf.read(TITLE)).isEqualTo("again");
  }

  @EachDatabase
  void aTriggerMadeBetweenTwoWritesCounts(TestDatabase database) throws SQLException {
    shelf.keep(NAME);
    shelf.write("update book set title = 'v2'");
    switch (shelf.product()) {
      case POSTGRESQL ->
          shelf.write(
              "create function rename() returns trigger language plpgsql as $$ begin"
                  + " update author set name = new.title; return new; end $$",
              "create trigger renaming after update on book for each row"
                  + " execute function rename()");
      case MARIADB, MYSQL ->
          shelf.write(
              "create trigger renaming after update on book for each row"
                  + " update author set name = new.title");
      case H2 ->
          shelf.write(
              "create trigger renaming after update on book for each row call '"
                  + Renaming.class.getName()
                  + "'");
    }
    shelf.keep(NAME);
    shelf.write("update book set title = 'v3'");
    assertThat(shelf.read(NAME)).isEqualTo("v3");
  }

  /** The H2 trigger: a book's new title becomes the author's name. */
  public static final class Renaming implements org.h2.api.Trigger {
    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      try (PreparedStatement rename = connection.prepareStatement("update author set name = ?")) {
        rename.setObject(1, after[1]);
        rename.executeUpdate();
      }
    }
  }

  @EachDatabase
  void aViewMadeAnewReadsOtherTables(TestDatabase database) throws SQLException {
    shelf.write("create view what as select title from book");
    shelf.keep("select title from what");
    shelf.write("drop view what", "create view what as select name as title from author");
    assertThat(shelf.read("select title from what")).isEqualTo("a1");
    shelf.keep("select title from what");
    shelf.write("update author set name = 'a2'");
    assertThat(shelf.read("select title from what")).isEqualTo("a2");
  }

  @EachDatabase
  void truncate(TestDatabase database) throws SQLException {
    shelf.keep(COUNT, NAME);
    shelf.write("truncate table book");
    assertThat(shelf.assertFromDatabase(() -> shelf.read(COUNT))).isEqualTo("0");
  }

  @EachDatabase(Product.POSTGRESQL)
  void copyThroughTheDriversOwnConnection(TestDatabase database) throws Exception {
    shelf.keep(COUNT, NAME);
    try (Connection c = shelf.writers.getConnection()) {
      PgConnection own = c.unwrap(PgConnection.class);
      assertThat(shelf.assertNotStored(() -> shelf.read(COUNT))).isEqualTo("1");
      assertThat(shelf.assertNotStored(() -> shelf.read(NAME))).isEqualTo("a1");
      own.getCopyAPI().copyIn("copy book from stdin", new StringReader("2\tcopied\n"));
      assertThat(shelf.assertNotStored(() -> shelf.read(COUNT))).isEqualTo("2");
    }
    assertThat(shelf.read(COUNT)).isEqualTo("2");
    shelf.keep(COUNT);
  }

  @EachDatabase(Product.POSTGRESQL)
  void callAndDo(TestDatabase database) throws SQLException {
    database.execute(
        "create procedure rewrite(t text) language plpgsql as"
            + " $$ begin update book set title = t; end $$");
    shelf.keep(TITLE);
    shelf.write("call rewrite('v2')");
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
    shelf.keep(TITLE);
    shelf.write("do $$ begin update book set title = 'v3'; end $$");
    assertThat(shelf.read(TITLE)).isEqualTo("v3");
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection();
        CallableStatement call = c.prepareCall("call rewrite(?)")) {
      call.setString(1, "v4");
      call.execute();
      assertThat(shelf.read(TITLE)).isEqualTo("v4");
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void callAndCompoundStatements(TestDatabase database) throws SQLException {
    database.execute(
        "create procedure rewrite(t varchar(20)) begin update book set title = t;"
            + " select name from author; end");
    shelf.keep(TITLE);
    shelf.write("call rewrite('v2')");
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
    shelf.keep(TITLE);
    if (database.product() == Product.MARIADB) {
      shelf.write("begin not atomic update book set title = 'v3'; end");
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
      shelf.keep(TITLE);
    }
    try (Connection c = shelf.writers.getConnection();
        CallableStatement call = c.prepareCall("{call rewrite(?)}")) {
      call.setString(1, "v4");
      call.execute();
      assertThat(shelf.read(TITLE)).isEqualTo("v4");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aSelectThatCallsAFunctionThatWrites(TestDatabase database) throws SQLException {
    database.execute(
        "create function rewrite(t text) returns int language plpgsql as"
            + " $$ begin update book set title = t; return 1; end $$");
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection()) {
      one(c, "select rewrite('v2')");
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v2");
  }

  @EachDatabase
  void aBatchCountsEveryStatementInIt(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (Connection c = shelf.writers.getConnection();
        Statement statement = c.createStatement()) {
      statement.addBatch("update book set title = 'v2'");
      statement.addBatch("update author set name = 'a2'");
      assertThat(statement.executeBatch()).containsExactly(1, 1);
      assertThat(shelf.read(TITLE) + shelf.read(NAME)).isEqualTo("v2a2");
      statement.addBatch("update book set title = 'v3'");
      assertThat(statement.executeLargeBatch()).containsExactly(1);
      assertThat(shelf.read(TITLE)).isEqualTo("v3");
    }
    try (Connection c = shelf.writers.getConnection();
        PreparedStatement statement = c.prepareStatement("update book set title = ?")) {
      for (String title : new String[] {"v4", "v5"}) {
        statement.setString(1, title);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).hasSize(2);
      assertThat(shelf.read(TITLE)).isEqualTo("v5");
    }
  }

  @EachDatabase
  void aTextOfSeveralStatementsCountsEveryOne(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    String options = shelf.product().speaksMySql() ? "?allowMultiQueries=true" : "";
    try (var several = shelf.over(database.url() + options);
        Connection c = several.getConnection()) {
      run(c, "update book set title = 'v2'; update author set name = 'a2'");
    }
    assertThat(shelf.read(TITLE) + shelf.read(NAME)).isEqualTo("v2a2");
  }

  @EachDatabase(Product.POSTGRESQL)
  void aTextOfSeveralStatementsInTheSimpleProtocol(TestDatabase database) throws SQLException {
    shelf.keep(TITLE, NAME);
    try (var simple = shelf.over(database.url() + "?preferQueryMode=simple");
        Connection c = simple.getConnection()) {
      run(c, "select 1; update book set title = 'v2'; update author set name = 'a2'");
      assertThat(shelf.read(TITLE) + shelf.read(NAME)).isEqualTo("v2a2");
      run(c, "begin; update book set title = 'v3'");
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      run(c, "update author set name = 'a3'; commit");
      assertThat(shelf.read(TITLE) + shelf.read(NAME)).isEqualTo("v3a3");
    }
  }

  @EachDatabase
  void generatedKeysAndLargeUpdates(TestDatabase database) throws SQLException {
    String key =
        switch (shelf.product()) {
          case POSTGRESQL, H2 -> "int generated by default as identity primary key";
          case MARIADB, MYSQL -> "int auto_increment primary key";
        };
    shelf.write("create table loan (id " + key + ", what varchar(20))");
    String count = "select count(*) from loan";
    shelf.keep(count);
    try (Connection c = shelf.writers.getConnection();
        Statement statement = c.createStatement()) {
      statement.executeUpdate(
          "insert into loan (what) values ('a')", Statement.RETURN_GENERATED_KEYS);
      assertThat(shelf.read(count)).isEqualTo("1");
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(column(keys)).containsExactly("1");
      }
      statement.execute("insert into loan (what) values ('b')", new String[] {"id"});
      assertThat(shelf.read(count)).isEqualTo("2");
      assertThat(statement.executeLargeUpdate("insert into loan (what) values ('c')")).isOne();
      assertThat(shelf.read(count)).isEqualTo("3");
    }
    try (Connection c = shelf.writers.getConnection();
        PreparedStatement statement =
            c.prepareStatement("insert into loan (what) values (?)", new String[] {"id"})) {
      statement.setString(1, "d");
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(column(keys)).containsExactly("4");
      }
      assertThat(shelf.read(count)).isEqualTo("4");
      statement.setString(1, "e");
      assertThat(statement.executeLargeUpdate()).isOne();
      assertThat(shelf.read(count)).isEqualTo("5");
    }
  }

  @EachDatabase
  void executeAndGetMoreResults(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection();
        Statement statement = c.createStatement()) {
      assertThat(statement.execute(TITLE)).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(column(statement.getResultSet())).containsExactly("v1");
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.execute("update book set title = 'v2'")).isFalse();
      assertThat(statement.getUpdateCount()).isOne();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.execute(TITLE)).isTrue();
      assertThat(column(statement.getResultSet())).containsExactly("v2");
    }
  }

  @EachDatabase
  void anUpdatableResultWrites(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection();
        Statement statement =
            c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("select id, title from book")) {
      assertThat(rows.next()).isTrue();
      rows.updateString(2, "v2");
      rows.updateRow();
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
      rows.moveToInsertRow();
      rows.updateInt(1, 2);
      rows.updateString(2, "second");
      rows.insertRow();
      assertThat(shelf.read(COUNT)).isEqualTo("2");
      shelf.keep(COUNT);
      rows.beforeFirst();
      assertThat(rows.next()).isTrue();
      rows.deleteRow();
      assertThat(shelf.read(COUNT)).isEqualTo("1");
    }
  }

  @EachDatabase(Product.MARIADB)
  void anInsertWhoseRowsAreStreamedIsUnderWayUntilTheyAreRead(TestDatabase database)
      throws SQLException {
    streaming(
        "insert into book select 100 + seq, repeat('x', 40) from seq_1_to_200000"
            + " returning title",
        false);
  }

  @EachDatabase(Product.MARIADB)
  void closingTheConnectionWaitsForWhatIsStreamed(TestDatabase database) throws SQLException {
    streaming(
        "insert into book select 100 + seq, repeat('x', 40) from seq_1_to_200000"
            + " returning title",
        true);
  }

  private void streaming(String sql, boolean leaveOpen) throws SQLException {
    shelf.keep(COUNT);
    try (Connection c = shelf.writers.getConnection()) {
      ResultSet other = c.getMetaData().getTableTypes();
      Statement statement = c.createStatement();
      statement.setFetchSize(1);
      ResultSet rows = statement.executeQuery(sql);
      assertThat(rows.next()).isTrue();
      // Closing another result is no news of this one.
      other.close();
      assertThat(shelf.assertNotStored(() -> shelf.read(COUNT))).isEqualTo("1");
      if (!leaveOpen) {
        rows.close();
        assertThat(shelf.read(COUNT)).isEqualTo("200001");
      }
    }
    try (Connection raw = shelf.database.connect()) {
      assertThat(shelf.read(COUNT)).isEqualTo(one(raw, COUNT));
    }
    shelf.untilKept(COUNT);
    try (Connection raw = shelf.database.connect()) {
      assertThat(shelf.read(COUNT)).isEqualTo(one(raw, COUNT));
    }
  }

  @EachDatabase(Product.MARIADB)
  void aProcedureWhoseFirstResultIsStreamedIsUnderWayUntilItEnds(TestDatabase database)
      throws SQLException {
    database.execute(
        "create procedure slowly() begin select name from author;"
            + " do sleep(0.5); update book set title = 'v2'; end");
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection();
        CallableStatement call = c.prepareCall("{call slowly()}")) {
      call.setFetchSize(1);
      call.execute();
      assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
      call.getResultSet().close();
      shelf.assertNotStored(() -> shelf.read(TITLE));
    }
    assertRightWhenKept();
    shelf.write("update book set title = 'v1'");
    shelf.keep(TITLE);
    try (Connection c = shelf.writers.getConnection();
        Statement call = c.createStatement()) {
      call.setFetchSize(1);
      try (ResultSet names = call.executeQuery("call slowly()")) {
        assertThat(names.next()).isTrue();
      }
      shelf.read(TITLE);
    }
    assertRightWhenKept();
  }

  /** Whether the server ended a call whose client went away is the server's to know. */
  private void assertRightWhenKept() throws SQLException {
    shelf.untilKept(TITLE);
    try (Connection raw = shelf.database.connect()) {
      assertThat(shelf.read(TITLE)).isEqualTo(one(raw, TITLE));
    }
  }
}
