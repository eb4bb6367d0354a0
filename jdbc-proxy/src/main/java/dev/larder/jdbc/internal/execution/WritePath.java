package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.OpenCommit;
import dev.larder.invalidation.Origin;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.eligibility.Effects;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs what reaches the database, and keeps the ledger's protocol around everything that may
 * commit. Thread-safe.
 */
public final class WritePath {

  private final KnownDatabase database;
  private final CommitOutcome outcome;
  private final Duration quarantine;
  private final Counters counters;

  WritePath(KnownDatabase database, CommitOutcome outcome, Duration quarantine, Counters counters) {
    this.database = database;
    this.outcome = outcome;
    this.quarantine = quarantine;
    this.counters = counters;
  }

  /**
   * Runs a statement on the database.
   *
   * @param parameter the text of the parameter at a position, or null where it has none
   * @param keeper takes over the open commit of a statement that the server may still be at work on
   *     until its result is read; null where there is no such thing
   */
  public <T> T run(
      Link link,
      Plan plan,
      IntFunction<@Nullable String> parameter,
      @Nullable Consumer<OpenCommit> keeper,
      Call<T> call)
      throws SQLException {
    Session session = link.session();
    Effects effects = plan.effects();
    var physical = link.physical();
    session.sending(database.ledger().position());
    counters.statementsToDatabase.increment();
    if (effects.isNone()) {
      try {
        T result = call.run();
        if (plan.readsTables()) {
          session.snapshotFixed();
        }
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        session.failed();
        throw e;
      }
    }
    boolean wasInTransaction = session.inTransaction();
    OpenCommit resolved = takePrepared(effects);
    OpenCommit open = begin(session, effects, resolved);
    T result;
    try {
      result = call.run();
    } catch (SQLException | RuntimeException | Error e) {
      session.failed();
      fail(link, effects, open, resolved, e);
      throw e;
    }
    applyTo(session, effects, parameter);
    if (!wasInTransaction && session.inTransaction()) {
      session.wrote(effects.changes());
    }
    if (!effects.changes().isEmpty() && !plan.holds()) {
      changedUnderneath(session);
    }
    String prepared = preparedId(effects);
    if (open == null) {
      return result;
    }
    if (prepared != null) {
      database
          .ledger()
          .prepared(
              prepared,
              open,
              outcome.probe(database.dialect(), physical.profile().backend(), prepared),
              quarantine);
    } else if (keeper != null && !session.inTransaction()) {
      keeper.accept(open);
    } else {
      open.end();
    }
    if (resolved != null) {
      resolved.end();
    }
    return result;
  }

  /** Commits on the driver what the session has written. */
  public void commit(Link link, ConnectionCall commit) throws SQLException {
    mayCommit(link, commit);
    link.session().committed();
  }

  /**
   * Definitions changed while the statement ran: it may have fired a trigger that nobody knew of.
   */
  private void changedUnderneath(Session session) {
    if (session.inTransaction()) {
      session.wrote(ChangeSet.EVERYTHING);
    } else {
      database.ledger().changed(ChangeSet.EVERYTHING, Origin.COMMIT);
    }
  }

  /** A call that some drivers commit in; the transaction counts as going on. */
  public void mayCommit(Link link, ConnectionCall call) throws SQLException {
    Session session = link.session();
    OpenCommit open =
        session.changes().isEmpty() ? null : database.ledger().begin(session.changes());
    try {
      call.run(link.physical().connection());
    } catch (SQLException | RuntimeException | Error e) {
      session.failed();
      fail(link, Effects.NONE, open, null, e);
      throw e;
    }
    if (open != null) {
      open.end();
    }
  }

  private @Nullable OpenCommit begin(
      Session session, Effects effects, @Nullable OpenCommit resolved) {
    ChangeSet changes = effects.changes();
    if (resolves(effects)) {
      changes = changes.plus(resolved == null ? ChangeSet.DEFINITIONS : resolved.changes());
    }
    if (!changes.isEmpty()) {
      counters.writes.increment();
    }
    boolean inTransaction = session.inTransaction();
    if (inTransaction) {
      session.wrote(changes);
    }
    ChangeSet committing;
    if (effects.commits()) {
      committing = session.changes().plus(changes);
    } else {
      committing = inTransaction && !resolves(effects) ? ChangeSet.NOTHING : changes;
    }
    return committing.isEmpty() ? null : database.ledger().begin(committing);
  }

  private void fail(
      Link link,
      Effects effects,
      @Nullable OpenCommit open,
      @Nullable OpenCommit resolved,
      Throwable failure)
      throws SQLException {
    if (open == null) {
      return;
    }
    var physical = link.physical();
    var backend = physical.profile().backend();
    if (CommitOutcome.isAnswered(failure, physical.connection())) {
      open.end();
      if (resolved != null) {
        database.ledger().keepPrepared(resolvedId(effects), resolved);
      }
    } else {
      open.outcomeUnknown(
          outcome.probe(database.dialect(), backend, preparedId(effects)), quarantine);
      if (resolved != null) {
        resolved.outcomeUnknown(outcome.probe(database.dialect(), backend, null), quarantine);
      }
      link.lostPhysical();
    }
  }

  private static void applyTo(
      Session session, Effects effects, IntFunction<@Nullable String> parameter) {
    for (SessionEffect effect : effects.session()) {
      session.apply(effect, parameter);
    }
    for (TransactionEffect effect : effects.transaction()) {
      session.apply(effect);
    }
    if (effects.altersSession()) {
      session.stateUnknown("a function that was called may have set something");
    }
  }

  private @Nullable OpenCommit takePrepared(Effects effects) {
    return resolves(effects) ? database.ledger().takePrepared(resolvedId(effects)) : null;
  }

  private static boolean resolves(Effects effects) {
    return effects.transaction().stream().anyMatch(TransactionEffect.Resolve.class::isInstance);
  }

  private static String resolvedId(Effects effects) {
    return effects.transaction().stream()
        .filter(TransactionEffect.Resolve.class::isInstance)
        .map(effect -> ((TransactionEffect.Resolve) effect).id())
        .findFirst()
        .orElse("");
  }

  private static @Nullable String preparedId(Effects effects) {
    return effects.transaction().stream()
        .filter(TransactionEffect.Prepare.class::isInstance)
        .map(effect -> ((TransactionEffect.Prepare) effect).id())
        .findFirst()
        .orElse(null);
  }

  /** A call to the driver. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws SQLException;
  }

  /** A call on the physical connection. */
  @FunctionalInterface
  public interface ConnectionCall {
    void run(Connection connection) throws SQLException;
  }
}
