package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.OutcomeProbe;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.SnapshotFixing;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.FailedCalls.CommitUnderWay;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs what reaches the database, and keeps the ledger's protocol around everything that may
 * commit. Thread-safe.
 */
public final class StatementRunner {

  /** How long the sessions of a server may take to read its configuration again. */
  private static final Duration RELOADING = Duration.ofSeconds(2);

  private final DatabaseContext database;
  private final FailedCalls failures;
  private final boolean everyWriterIsSeen;
  private final Counters counters;

  /**
   * @param everyWriterIsSeen whether what the ledger knows of is all that is written: then memory
   *     is never behind the database
   */
  public StatementRunner(
      DatabaseContext database,
      CommitOutcome outcome,
      Duration quarantine,
      boolean everyWriterIsSeen,
      Counters counters) {
    this.database = database;
    this.failures = new FailedCalls(database.ledger(), outcome, quarantine);
    this.everyWriterIsSeen = everyWriterIsSeen;
    this.counters = counters;
  }

  /** Runs a query on the database. */
  ResultSet query(LogicalConnection link, StatementPlan plan, QueryRequest query)
      throws SQLException {
    StatementEffects effects = plan.effects();
    if (!effects.isNone()) {
      return run(link, plan, DriverCall.of(query::run));
    }
    Session session = link.session();
    link.physical();
    beforeSending(session, effects);
    try {
      ResultSet rows;
      link.beginsWork();
      try {
        rows = query.run();
      } finally {
        link.endsWork();
      }
      session.answered(fixesSnapshot(session, plan), effects.locks());
      return rows;
    } catch (SQLException | RuntimeException | Error e) {
      session.failed();
      throw e;
    } finally {
      link.answered();
    }
  }

  private static boolean fixesSnapshot(Session session, StatementPlan plan) {
    return plan.readsTables()
        && (plan.snapshotFixing() == SnapshotFixing.SURELY
            || !session.rules().mayHave(SessionTrait.UNREAD_TABLES_FIX_NO_SNAPSHOT));
  }

  /**
   * A statement is about to be sent. Once there is a physical connection for it: it may have to
   * wait for one, and the position is that of afterwards.
   *
   * @return the ledger's position before it
   */
  private long beforeSending(Session session, StatementEffects effects) {
    long position = database.ledger().position();
    session.sending(position, effects.locks());
    counters.statementsToDatabase.increment();
    return position;
  }

  /** Runs a statement on the database. */
  public <T> T run(LogicalConnection link, StatementPlan plan, DriverCall<T> sent)
      throws SQLException {
    Session session = link.session();
    StatementEffects effects = plan.effects();
    PhysicalConnection<PhysicalProfile> physical = link.physical();
    long position = beforeSending(session, effects);
    if (effects.isNone()) {
      try {
        T result = send(link, sent.call());
        session.answered(fixesSnapshot(session, plan), effects.locks());
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        session.failed();
        throw e;
      } finally {
        link.answered();
      }
    }
    OpenCommit resolved = takePrepared(effects);
    OpenCommit open = begin(session, effects, resolved);
    T result;
    try {
      result = send(link, sent.call());
    } catch (SQLException | RuntimeException | Error e) {
      failures.of(session, plan, e, open == null);
      failures.settle(link, physical, new CommitUnderWay(effects, open, resolved), e);
      if (effects.commits()) {
        forget(session.transaction().changes());
      }
      throw e;
    }
    link.answered();
    if (effects.reloadsDefaults()) {
      // Nothing tells when the last session of the server has done so.
      database
          .ledger()
          .begin(ChangeSet.DEFINITIONS)
          .outcomeUnknown(() -> OutcomeProbe.Outcome.CANNOT_TELL, RELOADING);
    }
    noteTouched(session.transaction(), effects, result, sent.touched());
    applyTo(session, plan, sent.parameter(), position);
    session.transaction().hasLocked(effects.locks());
    if (!effects.changes().isEmpty() && !plan.holds()) {
      changedUnderneath(session.transaction());
    }
    String prepared = effects.preparedId();
    if (open == null) {
      return result;
    }
    if (prepared != null) {
      failures.prepared(prepared, open);
    } else if (sent.commitHolder() != null && !session.transaction().isOpen()) {
      sent.commitHolder().accept(open);
    } else {
      open.end();
    }
    if (resolved != null) {
      resolved.end();
    }
    return result;
  }

  private static <T> T send(LogicalConnection link, Call<T> call) throws SQLException {
    link.beginsWork();
    try {
      return call.run();
    } finally {
      link.endsWork();
    }
  }

  /** Commits on the driver what the session has written. */
  public void commit(LogicalConnection link, ConnectionCall commit) throws SQLException {
    mayCommit(link, commit);
    link.session().committed();
  }

  /**
   * Definitions changed while the statement ran: it may have fired a trigger that nobody knew of.
   */
  private void changedUnderneath(Transaction transaction) {
    if (transaction.isOpen()) {
      transaction.wrote(ChangeSet.EVERYTHING);
    } else {
      database.ledger().changed(ChangeSet.EVERYTHING, Origin.COMMIT);
    }
  }

  /**
   * Rolls back on the driver, and forgets what the session had written: it may have found out that
   * memory is old, and that may be why it rolls back.
   */
  public void rollback(Session session, RollbackCall rollback) throws SQLException {
    try {
      rollback.run();
    } finally {
      forget(session.transaction().changes());
    }
  }

  /** Forgets what is written by a transaction that ends without a commit. */
  public void forget(ChangeSet undone) {
    if (everyWriterIsSeen || undone.isEmpty()) {
      return;
    }
    Set<Scope> scopes = new HashSet<>(undone.scopes());
    // Of definitions nothing was found out; and whoever accounts for his own writes did not commit.
    scopes.remove(Scope.DEFINITIONS);
    Map<TableName, RowChange> rows = new HashMap<>();
    undone.rows().forEach((table, change) -> rows.put(table, change.inAllColumns()));
    database.ledger().changed(new ChangeSet(scopes, rows, Map.of()), Origin.SOURCE);
  }

  /**
   * A write that touched fewer rows than it named shows that memory holds them as they were; and
   * one that touched none need not be part of the commit, where no row but those it counts is
   * written. Where others write unseen, a rollback forgets what such a write was about, unless that
   * is forgotten by now.
   */
  private <T> void noteTouched(
      Transaction transaction, StatementEffects effects, T result, TouchedRows<T> touched) {
    if (!transaction.isOpen()) {
      return;
    }
    int least = effects.counted().least();
    boolean isMissed = least > 0 && touched.leastOf(result) < least;
    if (isMissed) {
      forget(effects.changes());
    }
    if ((isMissed || everyWriterIsSeen) && effects.counted().areAll() && touched.isNone(result)) {
      transaction.wroteNothing(effects.changes());
    }
  }

  /** A call that some drivers commit in; the transaction counts as going on. */
  public void mayCommit(LogicalConnection link, ConnectionCall call) throws SQLException {
    Session session = link.session();
    PhysicalConnection<PhysicalProfile> physical = link.physical();
    ChangeSet written = session.mayHaveWritten();
    OpenCommit open = written.isEmpty() ? null : database.ledger().begin(written);
    try {
      link.beginsWork();
      try {
        call.run(physical.connection());
      } finally {
        link.endsWork();
      }
    } catch (SQLException | RuntimeException | Error e) {
      session.commitFailed();
      failures.settle(link, physical, new CommitUnderWay(StatementEffects.NONE, open, null), e);
      forget(written);
      throw e;
    }
    link.answered();
    if (open != null) {
      open.end();
    }
  }

  private @Nullable OpenCommit begin(
      Session session, StatementEffects effects, @Nullable OpenCommit resolved) {
    ChangeSet changes = effects.changes();
    boolean resolves = effects.resolvedId() != null;
    if (resolves) {
      changes = changes.plus(resolved == null ? ChangeSet.DEFINITIONS : resolved.changes());
    }
    if (!changes.isEmpty()) {
      counters.writes.increment();
    }
    boolean inTransaction = session.transaction().isOpen();
    if (inTransaction) {
      session.transaction().wrote(changes);
    }
    ChangeSet committing;
    if (!inTransaction && effects.preparedId() != null) {
      // A transaction that was begun in a way that is not followed, as XA START does.
      committing = ChangeSet.DEFINITIONS;
    } else if (effects.commits() || session.transaction().mayHaveEnded()) {
      committing = session.mayHaveWritten().plus(changes);
    } else {
      committing = inTransaction && !resolves ? ChangeSet.NOTHING : changes;
    }
    return committing.isEmpty() ? null : database.ledger().begin(committing);
  }

  /**
   * Leaves a commit to the ledger's inquiries that the server may still be at work on.
   *
   * @param physical what it was sent by
   */
  public void doubt(OpenCommit open, PhysicalConnection<PhysicalProfile> physical) {
    failures.doubt(open, physical);
  }

  /** A call that is no statement has failed. */
  public void failed(Session session, SQLException failure) {
    failures.of(session, failure);
  }

  private void applyTo(
      Session session, StatementPlan plan, IntFunction<@Nullable String> parameter, long position) {
    StatementEffects effects = plan.effects();
    if (effects.areOnData()) {
      session.answered(false, Locking.NOTHING);
      return;
    }
    for (SessionEffect effect : effects.session()) {
      session.apply(effect, parameter);
    }
    for (TransactionEffect effect : effects.transaction()) {
      if (effect instanceof TransactionEffect.Rollback
          || effect instanceof TransactionEffect.RollbackTo) {
        forget(session.transaction().changes());
      }
      session.apply(effect);
    }
    if (effects.altersSession()) {
      session.stateUnknown("a function that was called may have set something");
    }
    if (plan.isSeveral() && !effects.session().isEmpty() && !effects.transaction().isEmpty()) {
      aroundTheEndOfATransaction(session, effects);
    }
    boolean setsNothing = effects.session().isEmpty() && effects.transaction().isEmpty();
    if (session.transaction().isOpen() && !setsNothing) {
      // Where a statement among several ended one transaction, the rest may belong to the next.
      session.transaction().wrote(effects.changes());
    }
    session.effectsApplied(effects.transaction(), position);
  }

  /** Of several statements nobody tells which were before the end of a transaction. */
  private static void aroundTheEndOfATransaction(Session session, StatementEffects effects) {
    for (SessionEffect effect : effects.session()) {
      if (effect instanceof SessionEffect.Neutral neutral) {
        session.touch(neutral.name());
      } else {
        session.stateUnknown("several statements set something around a transaction's end");
      }
    }
  }

  private @Nullable OpenCommit takePrepared(StatementEffects effects) {
    String id = effects.resolvedId();
    return id == null ? null : database.ledger().takePrepared(id);
  }

  /** A call to the driver. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws SQLException;
  }

  /** A call that rolls back. */
  @FunctionalInterface
  public interface RollbackCall {
    void run() throws SQLException;
  }

  /** A call on the physical connection. */
  @FunctionalInterface
  public interface ConnectionCall {
    void run(Connection connection) throws SQLException;
  }
}
