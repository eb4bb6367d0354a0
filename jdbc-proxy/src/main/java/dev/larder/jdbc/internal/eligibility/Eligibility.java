package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.Transaction;
import dev.larder.jdbc.internal.store.ResultShape;
import java.util.EnumMap;
import java.util.Map;

/**
 * The rules for isolation levels and transactions, one per line of the protocol's table.
 * Thread-safe: has no state.
 */
public final class Eligibility {

  private static final int READ_UNCOMMITTED = 1;
  private static final int READ_COMMITTED = 2;

  private static final Map<BypassReason, Decision> PLAIN = new EnumMap<>(BypassReason.class);

  static {
    for (BypassReason reason : BypassReason.values()) {
      PLAIN.put(reason, new Decision.Bypass(reason, ""));
    }
  }

  private Eligibility() {}

  /** A bypass that needs no detail. */
  public static Decision bypass(BypassReason reason) {
    Decision decision = PLAIN.get(reason);
    return decision == null ? new Decision.Bypass(reason, "") : decision;
  }

  /** The decision for a session that reads plainly and has set and sent nothing. */
  public static Decision decide(CacheableRead plan, ResultShape shape) {
    return shape.isSnapshot() ? plan.decision() : bypass(BypassReason.RESULT_TYPE);
  }

  /**
   * @param everyWriterIsSeen whether an answer that is current by the ledger is so for every writer
   */
  public static Decision decide(
      CacheableRead plan, Session session, ResultShape shape, boolean everyWriterIsSeen) {
    BypassReason why = session.bypass();
    if (why != null) {
      return bypass(why);
    }
    if (!shape.isSnapshot()) {
      return bypass(BypassReason.RESULT_TYPE);
    }
    int isolation = session.transaction().isolation();
    if (!everyWriterIsSeen && session.transaction().needsProof()) {
      return unproven(plan, session);
    }
    if (!session.transaction().isOpen()) {
      // A statement of its own sees what is committed now at every level above READ UNCOMMITTED.
      return readsUncommitted(isolation, session) ? plan.withoutStoring() : plan.decision();
    }
    if (plan.footprint().footprint().isMetBy(session.transaction().changedScopes())) {
      return bypass(BypassReason.OWN_WRITE);
    }
    return besideOwnWrites(plan, session, isolation);
  }

  /**
   * The decision for an execution that is refused by its tables: the transaction has written to
   * them, or they have changed since it began to read. Of which rows and columns is asked only
   * then, as most transactions read what nobody has touched.
   *
   * @param refused why it is, where every writer is seen or none has to be
   */
  public static Decision decideByRows(
      Decision refused, CacheableRead plan, Session session, Execution execution) {
    Transaction transaction = session.transaction();
    if (plan.isMetBy(transaction.changes(), execution)) {
      return refused;
    }
    Decision decision = besideOwnWrites(plan, session, transaction.isolation());
    return isFor(BypassReason.SNAPSHOT_MOVED, decision)
        ? snapshot(decision, plan.footprint(plan.footprint(), execution), transaction)
        : decision;
  }

  /**
   * Where a row was written by others since the snapshot, and then by this transaction, some
   * products show it all of both: what a query reads is what the snapshot holds all the same, as
   * neither may meet it.
   */
  private static Decision snapshot(
      Decision moved, TrackedFootprint narrower, Transaction transaction) {
    return transaction.isSnapshotFixed() && !transaction.mayPredate(narrower)
        ? new Decision.Serve(narrower, Decision.Use.FULL, null)
        : moved;
  }

  private static boolean isFor(BypassReason reason, Decision decision) {
    return decision instanceof Decision.Bypass bypass && bypass.reason() == reason;
  }

  /** Whether rows and columns may say otherwise than tables. */
  public static boolean isByTables(Decision decision) {
    return isFor(BypassReason.OWN_WRITE, decision) || isFor(BypassReason.SNAPSHOT_MOVED, decision);
  }

  private static Decision besideOwnWrites(CacheableRead plan, Session session, int isolation) {
    if (isolation == READ_COMMITTED) {
      return plan.decision();
    }
    if (isolation == READ_UNCOMMITTED) {
      return readsUncommitted(isolation, session) ? plan.withoutStoring() : plan.decision();
    }
    return snapshot(plan, session);
  }

  /**
   * Whether all that this session reads in a transaction is committed and, at the levels that
   * promise it, of one moment not before the transaction began.
   */
  public static boolean seesOneCommittedState(Session session) {
    int isolation = session.transaction().isolation();
    return !readsUncommitted(isolation, session)
        && (isolation == READ_COMMITTED
            || !session.rules().mayHave(SessionTrait.SNAPSHOT_FIXED_PER_TABLE));
  }

  private static boolean readsUncommitted(int isolation, Session session) {
    return isolation == READ_UNCOMMITTED
        && !session.rules().has(SessionTrait.READ_UNCOMMITTED_IS_COMMITTED);
  }

  /** The database answers, and what it says may be kept for others where it always may. */
  private static Decision unproven(CacheableRead plan, Session session) {
    Transaction transaction = session.transaction();
    BypassReason reason =
        transaction.holdsLocks() ? BypassReason.AFTER_LOCK : BypassReason.SNAPSHOT_UNPROVEN;
    if (transaction.isOpen() && plan.footprint().footprint().isMetBy(transaction.changedScopes())) {
      return bypass(BypassReason.OWN_WRITE);
    }
    if (readsUncommitted(transaction.isolation(), session)) {
      return bypass(reason);
    }
    Decision proven = transaction.readsSnapshot() ? snapshot(plan, session) : plan.decision();
    return proven instanceof Decision.Bypass
        ? proven
        : new Decision.Serve(plan.footprint(), Decision.Use.STORE_ONLY, reason);
  }

  private static Decision snapshot(CacheableRead plan, Session session) {
    if (session.rules().mayHave(SessionTrait.SNAPSHOT_FIXED_PER_TABLE)) {
      return bypass(BypassReason.FIXES_SNAPSHOT);
    }
    if (session.transaction().mayPredate(plan.footprint())) {
      return bypass(BypassReason.SNAPSHOT_MOVED);
    }
    if (!session.transaction().isSnapshotFixed()) {
      return new Decision.Serve(
          plan.footprint(), Decision.Use.STORE_ONLY, BypassReason.FIXES_SNAPSHOT);
    }
    return plan.decision();
  }
}
