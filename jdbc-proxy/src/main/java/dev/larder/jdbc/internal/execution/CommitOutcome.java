package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.OutcomeProbe;
import dev.larder.invalidation.ledger.OutcomeProbe.Outcome;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether the database answered a commit, and if it did not, how to ask it later. Thread-safe. */
public final class CommitOutcome {

  /** How long a connection may take to answer after a failure that tells nothing. */
  private static final int PATIENCE_SECONDS = 5;

  private final PhysicalConnections lender;
  private final ServerQueries server;

  public CommitOutcome(PhysicalConnections lender, ServerQueries server) {
    this.lender = lender;
    this.server = server;
  }

  /**
   * Whether a failure is the server's own word on the statement, after which nothing of it is under
   * way. Whatever does not look like that is not.
   */
  boolean isAnswered(Throwable failure, Connection connection) {
    if (!(failure instanceof SQLException sql)) {
      return false;
    }
    String state = sql.getSQLState();
    boolean connectionIsLost =
        state == null
            || state.length() != 5
            || state.startsWith("08")
            || server.mayHaveLostConnection(state);
    if (connectionIsLost) {
      return false;
    }
    try {
      // What a connection answers now comes after the answers to all that was sent before.
      return server.isServersWord(sql)
          ? !connection.isClosed()
          : connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether a statement that failed in a transaction may be committed all the same. */
  boolean mayHaveRunAlone(Throwable failure) {
    return !(failure instanceof SQLException sql) || server.mayHaveRunAlone(sql.getSQLState());
  }

  /**
   * Asks, on another connection, whether the server's end of a lost one is still there.
   *
   * @param preparedId the name under which the transaction may live on, or null
   */
  OutcomeProbe probe(PhysicalProfile lost, @Nullable String preparedId) {
    if (!lost.backend().known()) {
      return () -> Outcome.CANNOT_TELL;
    }
    return () -> ask(lost, preparedId);
  }

  /** Asks whether a transaction that the server said is prepared still is. */
  OutcomeProbe preparedProbe(String preparedId) {
    return () -> ask(null, preparedId);
  }

  private Outcome ask(@Nullable PhysicalProfile lost, @Nullable String preparedId) {
    try {
      Outcome outcome =
          lender.askProfiled(
              (connection, asking) -> {
                if (lost != null) {
                  if (server.isAtWork(connection, lost.backend())) {
                    return Outcome.RUNNING;
                  }
                  if (!server.wouldSee(connection, asking, lost)) {
                    return Outcome.CANNOT_TELL;
                  }
                }
                return preparedId != null && server.isPrepared(connection, preparedId)
                    ? Outcome.RUNNING
                    : Outcome.FINISHED;
              });
      return outcome == null ? Outcome.CANNOT_TELL : outcome;
    } catch (SQLException e) {
      return lender.isClosed() ? Outcome.CANNOT_TELL : Outcome.NO_ANSWER;
    }
  }
}
