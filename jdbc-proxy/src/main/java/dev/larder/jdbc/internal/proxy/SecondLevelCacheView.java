package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.WatchedSession;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Session;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The view of a connection for a second-level cache above it: what its transaction may see that
 * others do not, and what a query's answer follows from. Used by one thread at a time, like the
 * connection.
 */
final class SecondLevelCacheView implements WatchedSession {

  private final ConnectionContext connection;

  SecondLevelCacheView(ConnectionContext connection) {
    this.connection = connection;
  }

  @Override
  public ChangeSet differs() {
    Session known = connection.sessionIfKnown();
    if (known == null) {
      return connection.isUsual() ? ChangeSet.NOTHING : ChangeSet.EVERYTHING;
    }
    Fingerprint fresh = connection.source.freshSession();
    return fresh == null ? ChangeSet.EVERYTHING : differs(known, fresh);
  }

  private ChangeSet differs(Session known, Object usual) {
    boolean ordinary =
        connection.isUsual()
            && known.bypass() == null
            && known.fingerprint().equals(usual)
            && Eligibility.seesOneCommittedState(known);
    return ordinary ? known.mayHaveWritten() : ChangeSet.EVERYTHING;
  }

  @Override
  public ChangeSet differsFrom(Object schema) {
    Session known = connection.sessionIfKnown();
    return known == null || connection.source.freshSession() == null
        ? ChangeSet.EVERYTHING
        : differs(known, schema);
  }

  @Override
  public @Nullable Object schema() {
    try {
      Session known = connection.session();
      boolean ordinary = connection.isUsual() && known.bypass() == null;
      return ordinary && known.fingerprint().setsSchemaAtMost() ? known.fingerprint() : null;
    } catch (SQLException unreachable) {
      return null;
    }
  }

  @Override
  public long oldestAnswerNanos() {
    return connection.oldestAnswerNanos();
  }

  @Override
  public boolean needsDatabase() {
    Session known = connection.sessionIfKnown();
    StatementExecutor executor = connection.source.executorIfKnown();
    return known != null
        && executor != null
        && !executor.age().everyWriterIsSeen()
        && known.transaction().needsProof();
  }

  @Override
  public @Nullable TrackedFootprint footprint(String query) {
    return ask(asked -> asked.footprint(query, connection));
  }

  @Override
  public @Nullable RowKey rowKey(String query) {
    return ask(asked -> asked.rowKey(query, connection));
  }

  /** A question to the analysis, with its answer or null. */
  @FunctionalInterface
  private interface Question<T> {
    @Nullable T of(StatementExecutor executor) throws SQLException;
  }

  private <T> @Nullable T ask(Question<T> question) {
    try {
      connection.session();
      return question.of(connection.executor());
    } catch (SQLException unreachable) {
      return null;
    }
  }
}
