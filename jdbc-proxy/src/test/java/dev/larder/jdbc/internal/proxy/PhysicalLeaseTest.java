package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A physical connection is borrowed late, set as its session is, and given back as it was. */
class PhysicalLeaseTest {

  private final H2Connections connections = new H2Connections("lease");

  @AfterEach
  void close() {
    connections.close();
  }

  private static void inAnotherThread(Closing call) {
    CompletableFuture.runAsync(
            () -> {
              try {
                call.run();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            })
        .join();
  }

  private interface Closing {
    void run() throws SQLException;
  }

  private static Connection driver(PhysicalConnection<?> borrowed) throws SQLException {
    return borrowed.connection().unwrap(JdbcConnection.class);
  }

  private boolean isLentAgain(Connection lent) throws Exception {
    try (LarderConnection next = connections.open()) {
      return driver(next.physical()) == lent;
    }
  }

  @Test
  void nothingIsBorrowedBeforeItIsNeeded() throws Exception {
    try (LarderConnection connection = connections.open()) {
      connection.setReadOnly(true);
      connection.createStatement().setQueryTimeout(1);
    }
    // The first connection of all tells what a session is; the second need not.
    long before = connections.borrows();
    try (LarderConnection connection = connections.open()) {
      connection.setAutoCommit(false);
      connection.commit();
      assertThat(connection.holdsPhysical()).isFalse();
    }
    assertThat(connections.borrows()).isEqualTo(before);
  }

  @Test
  void itIsHeldUntilTheConnectionIsClosed() throws Exception {
    LarderConnection connection = connections.open();
    PhysicalConnection<?> borrowed = connection.physical();
    assertThat(connection.physical()).isSameAs(borrowed);
    assertThat(connections.lent()).isEqualTo(1);
    connection.close();
    connection.close();
    assertThat(connections.lent()).isZero();
    assertThatThrownBy(connection::physical)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }

  @Test
  void whatWasSetBeforeIsSetOnItAndUndoneWhenItIsGivenBack() throws Exception {
    Connection lent;
    try (LarderConnection connection = connections.open()) {
      try (Statement statement = connection.delegate().createStatement()) {
        statement.execute("CREATE SCHEMA OTHER");
      }
    }
    try (LarderConnection connection = connections.open()) {
      connection.setSchema("OTHER");
      connection.setAutoCommit(false);
      lent = driver(connection.physical());
      assertThat(lent.getSchema()).isEqualTo("OTHER");
      assertThat(lent.getAutoCommit()).isFalse();
    }
    try (LarderConnection connection = connections.open()) {
      assertThat(driver(connection.physical())).isSameAs(lent);
      assertThat(lent.getSchema()).isEqualTo("PUBLIC");
      assertThat(lent.getAutoCommit()).isTrue();
    }
  }

  @Test
  void whoeverClosesTheConnectionClosesItsStatements() throws Exception {
    LarderConnection connection = connections.open();
    Statement never = connection.createStatement();
    Statement used = connection.createStatement();
    used.setMaxRows(1);
    connection.close();
    assertThat(never.isClosed()).isTrue();
    assertThat(used.isClosed()).isTrue();
  }

  @Test
  void whileAStatementIsAtWorkItsThreadGivesBack() throws Exception {
    LarderConnection connection = connections.open();
    Connection lent = driver(connection.physical());
    connection.beginsWork();
    inAnotherThread(connection::close);
    assertThat(connections.lent()).isEqualTo(1);
    connection.endsWork();
    assertThat(connections.lent()).isZero();
    // What the statement set is not known.
    assertThat(isLentAgain(lent)).isFalse();
  }

  @Test
  void nothingIsSentAfterAnotherThreadClosed() throws Exception {
    LarderConnection connection = connections.open();
    connection.physical();
    inAnotherThread(connection::close);
    assertThatThrownBy(connection::beginsWork).isInstanceOf(SQLException.class);
    assertThat(connections.lent()).isZero();
  }

  @Test
  void whatWasLostOrAbortedIsNotLentAgain() throws Exception {
    LarderConnection lost = connections.open();
    Connection ofLost = driver(lost.physical());
    lost.lostPhysical();
    lost.close();
    assertThat(isLentAgain(ofLost)).isFalse();

    LarderConnection aborted = connections.open();
    Connection ofAborted = driver(aborted.physical());
    inAnotherThread(() -> aborted.abort(Runnable::run));
    assertThat(aborted.isClosed()).isTrue();
    assertThat(connections.lent()).isZero();
    assertThat(isLentAgain(ofAborted)).isFalse();
  }

  @Test
  void whatStatementsHeldEndsWithTheConnection() throws Exception {
    LarderConnection connection = connections.open();
    connection.physical();
    OpenCommit open = connections.database().ledger().begin(ChangeSet.EVERYTHING);
    connection.lease().openWork().hold(open, null, false);
    assertThat(open.hasEnded()).isFalse();
    connection.close();
    assertThat(open.hasEnded()).isTrue();
  }

  @Test
  void anObjectOfTheDriversCountsUntilTheConnectionIsClosed() throws Exception {
    LarderConnection connection = connections.open();
    connection.unwrap(JdbcConnection.class);
    connection.lentOut();
    assertThat(connections.database().unwrapped()).hasValue(1);
    connection.close();
    assertThat(connections.database().unwrapped()).hasValue(0);
  }

  @Test
  void theSecondLevelCacheSeesWhatTheTransactionMayHaveWritten() throws Exception {
    try (LarderConnection connection = connections.open()) {
      SecondLevelCacheView view = new SecondLevelCacheView(connection);
      assertThat(view.differs()).isEqualTo(ChangeSet.NOTHING);
      assertThat(view.oldestAnswerNanos()).isEqualTo(SecondLevelCacheView.NO_OLDER_ANSWER);
      connection.answeredAsOf(20);
      connection.answeredAsOf(10);
      connection.answeredAsOf(30);
      assertThat(view.oldestAnswerNanos()).isEqualTo(10);
      connection.setAutoCommit(false);
      assertThat(view.oldestAnswerNanos()).isEqualTo(SecondLevelCacheView.NO_OLDER_ANSWER);
    }
  }
}
