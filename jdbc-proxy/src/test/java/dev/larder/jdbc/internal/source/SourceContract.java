package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.SourceReport.State;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every source of changes made elsewhere has to do, through a network that refuses, goes
 * silent, drops and delays.
 */
public abstract class SourceContract {

  private TestDatabase database;
  private Relay relay;

  /** A fresh database that this kind of source can listen to. */
  protected abstract TestDatabase fresh();

  /** The settings of the source, which connects through the relay. */
  protected abstract String[] settings(TestDatabase database, Relay relay);

  /** What the source has left on the server, which must be nothing. */
  protected abstract String leftovers(Statement statement) throws SQLException;

  /** A relay to where the source connects to. */
  protected Relay relay(TestDatabase to) {
    return Relay.to(to);
  }

  /** What writes elsewhere, past the data source that the source belongs to. */
  protected DataSource elsewhere(TestDatabase to) {
    return to.dataSource();
  }

  /** Whether a lost connection may mean lost changes. */
  protected boolean losesWithTheConnection() {
    return true;
  }

  @BeforeEach
  void shelve() {
    database = fresh();
    Elsewhere.shelve(database);
    relay = relay(database);
  }

  @AfterEach
  void close() {
    relay.close();
    database.close();
  }

  private Elsewhere elsewhere(String maxStaleness) {
    String[] source = settings(database, relay);
    String[] all = new String[source.length + 2];
    System.arraycopy(source, 0, all, 0, source.length);
    all[source.length] = "larder.max-staleness";
    all[source.length + 1] = maxStaleness;
    return new Elsewhere(database, all).writtenBy(this::write);
  }

  private void write(String sql) {
    Elsewhere.execute(elsewhere(database), sql);
  }

  @Test
  void aChangeElsewhereIsSeenThoughTheAgeBoundIsFarOff() throws SQLException {
    try (Elsewhere here = elsewhere("1h").untilCovered()) {
      for (int i = 1; i <= 20; i++) {
        here.writeAndSee("v" + i);
      }
      assertThat(here.report().changes()).isGreaterThanOrEqualTo(20);
      assertThat(here.report().lag()).isPositive();
      here.keep("select title from book where id = 2");
    }
  }

  @Test
  void anAnswerOlderThanTheBoundIsServedWhileTheSourceIsLive() throws SQLException {
    try (Elsewhere here = elsewhere("300ms").untilCovered()) {
      until(
          "an old answer is served",
          () -> {
            here.keep(Elsewhere.TITLE);
            LockSupport.parkNanos(500_000_000);
            return here.isHit(Elsewhere.TITLE);
          });
    }
  }

  @Test
  void onlyCommittedChangesAreReported() throws SQLException {
    try (Elsewhere here = elsewhere("1h").untilCovered();
        Connection other = elsewhere(database).getConnection();
        Statement statement = other.createStatement()) {
      here.keep(Elsewhere.TITLE);
      other.setAutoCommit(false);
      statement.execute("update book set title = 'undone' where id = 1");
      other.rollback();
      statement.execute("update book set title = 'v1' where id = 1");
      assertThat(here.title()).isEqualTo("v0");
      other.commit();
      until("the commit is seen", () -> here.title().equals("v1"));
    }
  }

  @Test
  void aServerThatRefusesCostsNothingButTheBound() throws SQLException {
    relay.close();
    try (Elsewhere here = elsewhere("300ms")) {
      assertThat(here.title()).isEqualTo("v0");
      until("a problem is told", () -> here.report().problem() != null);
      assertThat(here.report().state()).isEqualTo(State.DISCONNECTED);
      here.assertStaleness("v1", 300);
    }
  }

  @Test
  void aServerThatAcceptsAndSaysNothingNeverCovers() throws SQLException {
    relay.holdReplies();
    try (Elsewhere here = elsewhere("300ms")) {
      here.assertStaleness("v1", 300);
      assertThat(here.covers()).isFalse();
      relay.releaseReplies();
      relay.cut();
      here.untilCovered();
    }
  }

  @Test
  void aStalledServerCoversNoLongerThanTheBound() throws SQLException {
    try (Elsewhere here = elsewhere("400ms").untilCovered()) {
      here.keep(Elsewhere.TITLE);
      relay.holdReplies();
      here.assertStaleness("v1", 400);
      until("it does not cover", () -> !here.covers());
      here.assertStaleness("v2", 400);
      relay.releaseReplies();
      here.untilCovered();
      here.writeAndSee("v3");
    }
  }

  @Test
  void aConnectionCutInMidMessageIsAGapAndTheSourceComesBack() throws SQLException {
    try (Elsewhere here = elsewhere("1h").untilCovered()) {
      for (int i = 1; i <= 3; i++) {
        long gaps = here.report().gaps();
        here.keep(Elsewhere.TITLE);
        relay.holdReplies();
        here.write("update book set title = 'lost" + i + "' where id = 1");
        relay.cut();
        relay.releaseReplies();
        String lost = "lost" + i;
        until("what came while it was away is seen", () -> here.title().equals(lost));
        until(
            "it covers again",
            () -> here.covers() && (!losesWithTheConnection() || here.report().gaps() > gaps));
        here.writeAndSee("v" + i);
      }
    }
  }

  @Test
  void closingLeavesNothingOnTheServer() throws Exception {
    elsewhere("1h").untilCovered().close();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      until("nothing is left", () -> leftovers(statement).isEmpty());
    }
  }

  /** The one value that the query gives. */
  protected static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
