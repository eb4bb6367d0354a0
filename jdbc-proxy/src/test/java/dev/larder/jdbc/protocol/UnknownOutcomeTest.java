package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.NAME;
import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Interception;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.Relay.Fate;
import dev.larder.testkit.TestDatabase;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/**
 * A commit whose answer is lost: until the server is known to be done with it nothing that it may
 * have changed is answered from memory or stored.
 */
final class UnknownOutcomeTest {

  /** A way to commit an update of the one book; what it sends last is the commit. */
  enum Way {
    COMMIT,
    COMMIT_TEXT,
    AUTO_COMMIT,
    PREPARED_AUTO_COMMIT,
    BATCH;

    private static final String UPDATE = "update book set title = 'v2' where id = 1";
    private static final String WARM_UP = "update author set name = name";

    /** Whatever a driver or Larder sends but once was sent before {@code last} is called. */
    void write(Connection c, Runnable last) throws SQLException {
      switch (this) {
        case COMMIT -> {
          c.setAutoCommit(false);
          run(c, WARM_UP);
          c.commit();
          run(c, UPDATE);
          last.run();
          c.commit();
        }
        case COMMIT_TEXT -> {
          run(c, "start transaction", WARM_UP, "commit", "start transaction", UPDATE);
          try (Statement statement = c.createStatement()) {
            last.run();
            statement.execute("commit");
          }
        }
        case AUTO_COMMIT -> {
          run(c, WARM_UP);
          last.run();
          run(c, UPDATE);
        }
        case PREPARED_AUTO_COMMIT -> {
          try (var statement = c.prepareStatement("update book set title = ? where id = 1")) {
            statement.setString(1, "v1");
            statement.executeUpdate();
            statement.setString(1, "v2");
            last.run();
            statement.executeUpdate();
          }
        }
        case BATCH -> {
          run(c, WARM_UP);
          try (Statement statement = c.createStatement()) {
            statement.addBatch(UPDATE);
            last.run();
            statement.executeBatch();
          }
        }
      }
    }
  }

  private static TestDatabase database(Product product) {
    return product == Product.H2 ? Databases.h2Server() : Databases.fresh(product);
  }

  private static String url(TestDatabase database, Relay relay) {
    return database.urlThrough(relay).replace(";DB_CLOSE_DELAY=-1", "");
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void theReplyIsLost(Product product) throws Exception {
    try (TestDatabase database = database(product);
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      for (Way way : ways(product)) {
        asAtTheBeginning(shelf);
        shelf.keep(TITLE, NAME);
        Interception lost = lose(shelf, writers, way, relay, Fate.FORWARD_THEN_CUT);
        String seen = shelf.read(TITLE);
        lost.awaitServerReply();
        assertThat(shelf.read(TITLE)).as("%s after %s", way, seen).isEqualTo(committed(database));
        assertThat(shelf.assertFromMemory(() -> shelf.read(NAME))).isEqualTo("a1");
        shelf.untilKept(TITLE);
        assertThat(shelf.read(TITLE)).as("%s", way).isEqualTo("v2");
        assertRecovers(shelf, writers);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void theCommitReachesTheServerAfterTheClientSawTheConnectionFail(Product product)
      throws Exception {
    try (TestDatabase database = database(product);
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      for (Way way : ways(product)) {
        asAtTheBeginning(shelf);
        shelf.keep(TITLE, NAME);
        Interception kept = lose(shelf, writers, way, relay, Fate.KEEP_THEN_CUT);
        // Long enough for the server to have been asked several times.
        for (int i = 0; i < 5; i++) {
          long sent = writers.statistics().statementsToDatabase();
          assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
          assertThat(writers.statistics().statementsToDatabase()).isEqualTo(sent);
          Thread.onSpinWait();
          java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
        }
        // What is in doubt is the other table alone: this one may be read anew, and stays.
        shelf.untilKept(NAME);
        assertThat(shelf.read(NAME)).isEqualTo("a1");
        kept.deliver();
        assertThat(shelf.read(TITLE)).as("%s", way).isEqualTo("v2");
        shelf.untilKept(TITLE);
        assertThat(shelf.read(TITLE)).as("%s", way).isEqualTo("v2");
        assertRecovers(shelf, writers);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void theCommitNeverReachesTheServer(Product product) throws Exception {
    try (TestDatabase database = database(product);
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      shelf.keep(TITLE);
      Interception kept = lose(shelf, writers, Way.COMMIT, relay, Fate.KEEP_THEN_CUT);
      assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
      kept.discard();
      shelf.untilKept(TITLE);
      assertThat(shelf.read(TITLE)).isEqualTo("v1");
      assertRecovers(shelf, writers);
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void aRollbackWhoseReplyIsLostMovesNothing(Product product) throws Exception {
    try (TestDatabase database = database(product);
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      shelf.keep(TITLE);
      Connection c = writers.getConnection();
      c.setAutoCommit(false);
      run(c, "update book set title = 'never'");
      Interception lost = relay.onNext(anything -> true, Fate.FORWARD_THEN_CUT);
      assertThatThrownBy(c::rollback).isInstanceOf(SQLException.class);
      try {
        c.close();
      } catch (SQLException broken) {
        // H2's driver says once more that the connection is gone.
        assertThat(product).isEqualTo(Product.H2);
      }
      lost.awaitServerReply();
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      assertRecovers(shelf, writers);
    }
  }

  @Test
  void whatTheDriversOwnConnectionWroteIsInDoubtToo() throws Exception {
    try (TestDatabase database = Databases.postgres();
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      String count = "select count(*) from book";
      shelf.keep(count);
      Connection c = writers.getConnection();
      c.setAutoCommit(false);
      c.unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy book from stdin", new StringReader("2\tcopied\n"));
      Interception kept = relay.onNext(anything -> true, Fate.KEEP_THEN_CUT);
      assertThatThrownBy(c::commit).isInstanceOf(SQLException.class);
      c.close();
      for (int i = 0; i < 5; i++) {
        assertThat(shelf.assertNotStored(() -> shelf.read(count))).isEqualTo("1");
        java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
      }
      kept.deliver();
      assertThat(shelf.read(count)).isEqualTo("2");
      shelf.untilKept(count);
      assertThat(shelf.read(count)).isEqualTo("2");
    }
  }

  @Test
  void closingFromAnotherThreadDuringCommitLeavesNothingOpenForEver() throws Exception {
    try (TestDatabase database = Databases.postgres();
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database);
        LarderDataSource writers = shelf.over(url(database, relay))) {
      for (boolean abort : new boolean[] {true, false}) {
        shelf.keep(TITLE, NAME);
        Connection c = writers.getConnection();
        c.setAutoCommit(false);
        run(c, "update book set title = 'v" + abort + "'", "update author set name = name");
        relay.holdReplies();
        CompletableFuture<Void> committing =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    c.commit();
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
        String expected = "v" + abort;
        Shelf.until("it is committed", () -> committed(database).equals(expected));
        // Every table of the commit is open while it is under way.
        shelf.assertNotStored(() -> shelf.read(TITLE));
        shelf.assertNotStored(() -> shelf.read(NAME));
        if (abort) {
          c.abort(Runnable::run);
          // The pool may close its socket a moment later, and a reply that comes first is one.
          Shelf.until("the commit has ended", committing::isDone);
        } else {
          CompletableFuture.runAsync(
              () -> {
                try {
                  c.close();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
          Shelf.until("it is closed", c::isClosed);
        }
        relay.releaseReplies();
        assertThat(committing.handle((done, failed) -> failed == null).get()).isEqualTo(!abort);
        shelf.untilKept(TITLE);
        assertThat(shelf.read(TITLE)).isEqualTo(expected);
      }
      assertRecovers(shelf, writers);
    }
  }

  @Test
  void aUserWhoCannotSeeSessionsCannotTell() throws Exception {
    try (TestDatabase database = Databases.h2Server();
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database)) {
      database.execute(
          "create user plain password 'plain-test'",
          "grant all on book to plain",
          "grant all on author to plain");
      try (LarderDataSource writers =
          LarderDataSource.builder()
              .url(url(database, relay))
              .username("plain")
              .password("plain-test")
              .build()) {
        shelf.keep(TITLE);
        Interception kept = lose(shelf, writers, Way.COMMIT, relay, Fate.KEEP_THEN_CUT);
        for (int i = 0; i < 5; i++) {
          assertThat(shelf.assertNotStored(() -> shelf.read(TITLE))).isEqualTo("v1");
          java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
        }
        kept.deliver();
        assertThat(shelf.read(TITLE)).isEqualTo("v2");
      }
    }
  }

  @Test
  void aServerThatIsKilledDuringCommit() throws Exception {
    try (PostgresServer server = Databases.postgresServer();
        TestDatabase database = server.fresh();
        Relay relay = Relay.to(database);
        Shelf shelf = new Shelf(database, "larder.pool.connection-timeout", "2s");
        LarderDataSource writers = shelf.over(url(database, relay))) {
      shelf.keep(TITLE);
      Interception kept = lose(shelf, writers, Way.COMMIT, relay, Fate.KEEP_THEN_CUT);
      server.kill();
      // Down, it cannot be asked, and nothing is answered from memory.
      assertThatThrownBy(() -> shelf.read(TITLE)).isInstanceOf(SQLException.class);
      kept.discard();
      server.restart();
      untilBack(shelf);
      shelf.untilKept(TITLE);
      assertThat(shelf.read(TITLE)).isEqualTo("v1");
      assertRecovers(shelf, writers);
      Interception lost = lose(shelf, writers, Way.COMMIT, relay, Fate.FORWARD_THEN_CUT);
      lost.awaitServerReply();
      server.kill();
      server.restart();
      untilBack(shelf);
      shelf.untilKept(TITLE);
      assertThat(shelf.read(TITLE)).isEqualTo("v2");
    }
  }

  private static void asAtTheBeginning(Shelf shelf) throws SQLException {
    try (Connection c = shelf.writers.getConnection()) {
      run(c, "update book set title = 'v1'", "update author set name = 'a1'");
    }
  }

  /** A pool finds out one by one which of its connections did not survive. */
  private static void untilBack(Shelf shelf) {
    Shelf.until(
        "the server is back",
        () -> {
          try {
            shelf.read(TITLE);
            return true;
          } catch (SQLException stillBroken) {
            return false;
          }
        });
  }

  /** H2 sends the text of a statement first, and then another message to run it. */
  private static List<Way> ways(Product product) {
    return product == Product.H2
        ? List.of(Way.COMMIT, Way.PREPARED_AUTO_COMMIT)
        : List.of(Way.values());
  }

  /** Commits by way of a relay that loses the commit, or its answer. */
  private static Interception lose(
      Shelf shelf, LarderDataSource writers, Way way, Relay relay, Fate fate) {
    List<Interception> armed = new ArrayList<>();
    Runnable arm =
        () -> {
          try {
            shelf.keep(TITLE, NAME);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          armed.add(relay.onNext(UnknownOutcomeTest::isNotTheDriversOwn, fate));
        };
    assertThatThrownBy(
            () -> {
              try (Connection c = writers.getConnection()) {
                way.write(c, arm);
              }
            })
        .as("%s", way)
        .isInstanceOf(SQLException.class);
    return armed.get(0);
  }

  /** Connector/J asks before each update whether the server's session may write. */
  private static boolean isNotTheDriversOwn(byte[] sent) {
    return !Relay.containing("transaction_read_only").test(sent);
  }

  /** The pool lends connections that work, and writes through it are seen. */
  private static void assertRecovers(Shelf shelf, LarderDataSource writers) throws SQLException {
    try (Connection c = writers.getConnection()) {
      run(c, "update author set name = 'a9'");
    }
    assertThat(shelf.read(NAME)).isEqualTo("a9");
  }

  private static String committed(TestDatabase database) throws SQLException {
    try (Connection raw = database.connect()) {
      return one(raw, TITLE);
    }
  }
}
