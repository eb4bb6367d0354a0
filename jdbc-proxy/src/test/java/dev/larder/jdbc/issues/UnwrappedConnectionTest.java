package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;
import org.postgresql.geometric.PGpoint;
import org.postgresql.jdbc.AutoSave;

/**
 * Symptom: while somebody held an unwrapped connection, to LISTEN say, nothing was cached in the
 * whole JVM; after that, after a DO block and after reading a large object, all answers were
 * forgotten and the physical connection was thrown away.
 */
class UnwrappedConnectionTest {

  private static final String BOOKS = "select count(*) from book";
  private static final String AUTHORS = "select count(*) from author";

  private TestDatabase database;
  private LarderDataSource larder;

  @BeforeEach
  void open() {
    database = Databases.postgres();
    database.execute(
        "create table book (id int primary key, title text)",
        "create table author (id int primary key)",
        "create table file (id int primary key, content oid)",
        "insert into file values (1, lo_from_bytea(0, 'abc'))",
        "insert into book values (1, 'a')");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .settings(settings)
            .build();
  }

  @AfterEach
  void close() {
    larder.close();
    database.close();
  }

  @Test
  void whatCannotWriteLeavesMemoryAndConnectionAlone() throws SQLException {
    keep(BOOKS, AUTHORS);
    long backend = backend();
    try (Connection listening = larder.getConnection();
        Statement statement = listening.createStatement()) {
      PGConnection own = listening.unwrap(PGConnection.class);
      assertThat(own.getNotifications()).isEmpty();
      assertThat(own.getNotifications(1)).isEmpty();
      assertThat((long) own.getBackendPID()).isEqualTo(backend);
      assertThat(own.getParameterStatus("server_encoding")).isEqualTo("UTF8");
      assertThat(own.getParameterStatuses()).containsKey("server_version");
      assertThat(own.escapeLiteral("a'b")).isEqualTo("a''b");
      assertThat(own.escapeIdentifier("a")).isEqualTo("\"a\"");
      assertThat(own.getAutosave()).isEqualTo(AutoSave.NEVER);
      own.cancelQuery();
      assertThat(Set.of(own)).contains(own);
      assertKept(BOOKS, AUTHORS);
      assertThat(one(listening, BOOKS)).isEqualTo("1");
      Array array = own.createArrayOf("int4", new int[] {1});
      assertThat(array.getResultSet().getStatement().getConnection()).isSameAs(listening);
    }
    assertKept(BOOKS, AUTHORS);
    assertThat(backend()).isEqualTo(backend);
  }

  /** Not only the first of them: each is sent to the database, and heard. */
  @Test
  void notificationsAreHeard() throws SQLException {
    keep(BOOKS);
    try (Connection listening = larder.getConnection();
        Statement statement = listening.createStatement()) {
      statement.execute("listen news");
      PGConnection own = listening.unwrap(PGConnection.class);
      for (String word : new String[] {"first", "second"}) {
        database.execute("notify news, '" + word + "'");
        assertThat(own.getNotifications(10_000))
            .satisfiesExactly(n -> assertThat(n.getParameter()).isEqualTo(word));
        assertKept(BOOKS);
      }
    }
    assertKept(BOOKS);
  }

  @Test
  void aStatementsOwnSettingsAreItsOwn() throws SQLException {
    keep(BOOKS, AUTHORS);
    long backend = backend();
    try (Connection c = larder.getConnection();
        PreparedStatement query = c.prepareStatement("select title from book where id = ?");
        CallableStatement call = c.prepareCall("{ ? = call lower(?) }")) {
      PGStatement own = query.unwrap(PGStatement.class);
      own.setPrepareThreshold(1);
      assertThat(own.isUseServerPrepare()).isTrue();
      assertThat(own.getPrepareThreshold()).isEqualTo(1);
      assertThat(own).isNotInstanceOf(Statement.class);
      call.unwrap(PGStatement.class).setPrepareThreshold(1);
      assertKept(BOOKS, AUTHORS);
    }
    assertKept(BOOKS, AUTHORS);
    assertThat(backend()).isEqualTo(backend);
  }

  @Test
  void whatIsSetForTheConnectionIsPutBack() throws SQLException {
    keep(BOOKS);
    long backend = backend();
    try (Connection c = larder.getConnection()) {
      PGConnection own = c.unwrap(PGConnection.class);
      own.setPrepareThreshold(17);
      own.setPrepareThreshold(18);
      own.setDefaultFetchSize(19);
      own.setAutosave(AutoSave.ALWAYS);
      assertThat(own.getPrepareThreshold()).isEqualTo(18);
    }
    assertKept(BOOKS);
    try (Connection c = larder.getConnection()) {
      PGConnection own = c.unwrap(PGConnection.class);
      assertThat((long) own.getBackendPID()).isEqualTo(backend);
      assertThat(own.getPrepareThreshold()).isEqualTo(5);
      assertThat(own.getDefaultFetchSize()).isZero();
      assertThat(own.getAutosave()).isEqualTo(AutoSave.NEVER);
    }
  }

  @Test
  void aCopyIsTheStatementThatItIs() throws Exception {
    keep(BOOKS, AUTHORS);
    long backend = backend();
    try (Connection c = larder.getConnection()) {
      PGConnection own = c.unwrap(PGConnection.class);
      own.getCopyAPI().copyIn("copy book from stdin", new StringReader("2\tb\n"));
      assertThat(read(BOOKS)).isEqualTo("2");
      CopyIn copy = own.getCopyAPI().copyIn("copy book from stdin");
      byte[] row = "3\tc\n".getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(row, 0, row.length);
      assertThat(read(BOOKS)).isEqualTo("2");
      assertThat(copy.endCopy()).isEqualTo(1);
      assertThat(read(BOOKS)).isEqualTo("3");
      assertKept(BOOKS, AUTHORS);
      c.setAutoCommit(false);
      own.getCopyAPI().copyIn("copy book from stdin", new StringReader("4\td\n"));
      assertThat(one(c, BOOKS)).isEqualTo("4");
      assertThat(read(BOOKS)).isEqualTo("3");
      assertKept(BOOKS, AUTHORS);
      c.commit();
      assertThat(read(BOOKS)).isEqualTo("4");
      StringWriter out = new StringWriter();
      own.getCopyAPI().copyOut("copy (select id from book order by id) to stdout", out);
      assertThat(out).hasToString("1\n2\n3\n4\n");
      assertThatThrownBy(
              () -> own.getCopyAPI().copyIn("copy book from stdin", new StringReader("1\tagain\n")))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> one(c, BOOKS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
      c.rollback();
      c.setAutoCommit(true);
      own.getCopyAPI().copyOut("copy (delete from book returning id) to stdout", out);
      assertThat(read(BOOKS)).isEqualTo("0");
    }
    assertKept(AUTHORS);
    keep(BOOKS);
    assertThat(backend()).isEqualTo(backend);
  }

  @Test
  void whatChangesGettersMakesItsSessionUnknown() throws SQLException {
    keep(BOOKS);
    long backend = backend();
    try (Connection c = larder.getConnection()) {
      c.unwrap(PGConnection.class).addDataType("mypoint", PGpoint.class);
      assertThat(one(c, BOOKS)).isEqualTo("1");
      assertThat(larder.statistics().bypasses())
          .containsEntry(BypassReason.UNKNOWN_SESSION_STATE, 1L);
      assertKept(BOOKS);
    }
    assertKept(BOOKS);
    assertThat(backend()).isNotEqualTo(backend);
  }

  @Test
  void whatMayDoAnythingIsNamedAsTheReason() throws SQLException {
    for (int way = 0; way < 4; way++) {
      keep(BOOKS);
      long before = larder.statistics().bypasses().getOrDefault(BypassReason.UNWRAPPED, 0L);
      try (Connection c = larder.getConnection()) {
        switch (way) {
          case 0 -> c.unwrap(BaseConnection.class).execSQLUpdate("insert into book values (7, '')");
          case 1 ->
              ((BaseConnection) c.unwrap(PGConnection.class))
                  .execSQLUpdate("delete from book where id = 7");
          case 2 -> {
            c.setAutoCommit(false);
            c.unwrap(PGConnection.class).getLargeObjectAPI().createLO();
            c.commit();
          }
          default -> c.unwrap(PGConnection.class).getFastpathAPI();
        }
        assertThat(read(BOOKS)).isEqualTo(way == 0 ? "2" : "1");
        assertThat(larder.explain(BOOKS).toString()).contains("unwrapped");
        assertThat(larder.statistics().bypasses())
            .containsEntry(BypassReason.UNWRAPPED, before + 1);
      }
      assertThat(read(BOOKS)).isEqualTo(way == 0 ? "2" : "1");
    }
    keep(BOOKS);
  }

  @Test
  void aLargeObjectIsReadWithoutFurtherAdo() throws SQLException {
    String file = "select content from file where id = 1";
    keep(BOOKS, file);
    long backend = backend();
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          PreparedStatement query = c.prepareStatement(file)) {
        c.setAutoCommit(false);
        long hits = larder.statistics().hits();
        try (ResultSet row = query.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getBlob(1).getBytes(1, 3)).containsExactly('a', 'b', 'c');
          assertThat(row.getClob(1).getSubString(1, 3)).isEqualTo("abc");
        }
        assertThat(larder.statistics().hits()).isEqualTo(hits + 1);
        c.commit();
      }
      assertKept(BOOKS, file);
    }
    assertThat(backend()).isEqualTo(backend);
  }

  @Test
  void aBlockDoesWhatItsTextSays() throws SQLException {
    keep(BOOKS, AUTHORS);
    long backend = backend();
    try (Connection c = larder.getConnection();
        Statement statement = c.createStatement()) {
      statement.execute(
          "do $$ declare n int; begin select count(*) into n from book;"
              + " insert into book values (n + 10, 'it''s'); end $$");
      assertThat(read(BOOKS)).isEqualTo("2");
      statement.execute("DO LANGUAGE plpgsql 'begin delete from book where id > 10; end'");
      assertThat(read(BOOKS)).isEqualTo("1");
    }
    keep(BOOKS);
    assertKept(AUTHORS);
    assertThat(backend()).isEqualTo(backend);
  }

  /** What a block does by a text that it makes up may be anything. */
  @Test
  void aBlockThatMayDoAnythingCountsAsThat() throws SQLException {
    for (String body :
        new String[] {
          "execute 'delete from ' || 'book'",
          "perform set_config('log_statement', 'all', false)",
          "set search_path = public",
          "create table other (id int)"
        }) {
      database.execute("delete from book", "insert into book values (1, 'a')");
      larder.invalidation().everything();
      keep(BOOKS);
      long backend = backend();
      try (Connection c = larder.getConnection();
          Statement statement = c.createStatement()) {
        statement.execute("do $$ begin " + body + "; end $$");
        assertThat(one(c, BOOKS)).isEqualTo(body.startsWith("execute") ? "0" : "1");
      }
      assertThat(read(BOOKS)).isEqualTo(body.startsWith("execute") ? "0" : "1");
      assertThat(backend()).as(body).isNotEqualTo(backend);
      assertThat(larder.statistics().bypasses())
          .doesNotContainKey(BypassReason.CATALOGUE_UNAVAILABLE);
    }
  }

  @Test
  void nothingReachesTheDriverThroughAClosedConnection() throws SQLException {
    PGConnection own;
    try (Connection c = larder.getConnection()) {
      own = c.unwrap(PGConnection.class);
    }
    assertThatThrownBy(own::getNotifications)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    assertThatThrownBy(own::getBackendPID).isInstanceOf(IllegalStateException.class);
  }

  private long backend() throws SQLException {
    try (Connection c = larder.getConnection()) {
      return Long.parseLong(one(c, "select pg_backend_pid()"));
    }
  }

  /** Reads until memory answers: the ledger is the server's, and other tests use it too. */
  private void keep(String... queries) throws SQLException {
    for (String sql : queries) {
      long hits = larder.statistics().hits();
      for (int i = 0; larder.statistics().hits() == hits; i++) {
        assertThat(i).as("readings of %s", sql).isLessThan(1_000);
        read(sql);
      }
    }
  }

  private void assertKept(String... queries) throws SQLException {
    for (String sql : queries) {
      long hits = larder.statistics().hits();
      read(sql);
      assertThat(larder.statistics().hits()).as(sql).isEqualTo(hits + 1);
    }
  }

  private String read(String sql) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return one(c, sql);
    }
  }

  private static String one(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
