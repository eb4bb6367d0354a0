package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call to the driver that failed may have done all the same: to its session, and to the
 * database. Thread-safe.
 */
final class FailedCalls {

  /**
   * What the ledger waits for while a statement runs.
   *
   * @param open null where it commits nothing
   * @param resolved the prepared transaction that it ends; null for none
   */
  record CommitUnderWay(
      StatementEffects effects, @Nullable OpenCommit open, @Nullable OpenCommit resolved) {}

  private final Ledger ledger;
  private final CommitOutcome outcome;
  private final Duration quarantine;

  FailedCalls(Ledger ledger, CommitOutcome outcome, Duration quarantine) {
    this.ledger = ledger;
    this.outcome = outcome;
    this.quarantine = quarantine;
  }

  /**
   * A statement has failed.
   *
   * @param mayCommitAlone whether nothing waits for its outcome, should it have been committed
   */
  void of(Session session, StatementPlan plan, Throwable failure, boolean mayCommitAlone) {
    StatementEffects effects = plan.effects();
    boolean controls = !effects.session().isEmpty() || !effects.transaction().isEmpty();
    if (plan.isSeveral() && controls) {
      session.failedPartWay(effects.changes());
    } else if (effects.commits()) {
      session.commitFailed();
    } else {
      session.transaction().failed();
    }
    if (mayCommitAlone && outcome.mayHaveRunAlone(failure)) {
      mayHaveRunAlone(session, effects);
    }
  }

  /** The transaction of a statement that failed had perhaps not begun: it is committed then. */
  private void mayHaveRunAlone(Session session, StatementEffects effects) {
    ChangeSet changes = effects.changes();
    if (!changes.isEmpty()) {
      // Whoever accounts for his own writes takes this one for failed.
      ledger.changed(new ChangeSet(changes.scopes(), changes.rows(), Map.of()), Origin.COMMIT);
    }
    if (!effects.session().isEmpty() || effects.altersSession()) {
      session.stateUnknown("a statement that was cancelled may have set something");
    }
  }

  /** A call that is no statement has failed. */
  void of(Session session, SQLException failure) {
    if (outcome.mayHaveRunAlone(failure)) {
      session.stateUnknown("a call that was cancelled may have set something");
    }
  }

  /** Takes no connection: by now another thread may have closed the one that was used. */
  void settle(
      LogicalConnection link,
      PhysicalConnection<PhysicalProfile> physical,
      CommitUnderWay commit,
      Throwable failure) {
    OpenCommit open = commit.open();
    OpenCommit resolved = commit.resolved();
    if (open == null) {
      return;
    }
    PhysicalProfile profile = physical.profile();
    String resolvedId = commit.effects().resolvedId();
    if (outcome.isAnswered(failure, physical.connection())) {
      open.end();
      if (resolved != null && resolvedId != null) {
        ledger.keepPrepared(resolvedId, resolved);
      }
    } else {
      open.outcomeUnknown(outcome.probe(profile, commit.effects().preparedId()), quarantine);
      if (resolved != null) {
        resolved.outcomeUnknown(outcome.probe(profile, resolvedId), quarantine);
      }
      link.lostPhysical();
    }
  }

  /** Leaves a commit to the ledger's inquiries that the server may still be at work on. */
  void doubt(OpenCommit open, PhysicalConnection<PhysicalProfile> physical) {
    open.outcomeUnknown(outcome.probe(physical.profile(), null), quarantine);
  }

  /** Keeps a commit open as long as the server knows the transaction as prepared. */
  void prepared(String id, OpenCommit open) {
    ledger.prepared(id, open, outcome.preparedProbe(id), quarantine);
  }
}
