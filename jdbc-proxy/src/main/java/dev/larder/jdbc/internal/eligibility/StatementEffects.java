package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running a text does beyond answering. Immutable and thread-safe.
 *
 * @param changes what it may change
 * @param commits whether it ends, or may end, a transaction by committing it
 * @param altersSession whether a function it calls may set something that the text does not show
 * @param session what it sets, in order
 * @param transaction what it does to its transaction, in order; nothing where there is nothing
 * @param locks what it does to the locks that its session holds
 * @param counted what the number of rows tells that it has touched
 * @param rows which rows of a table it writes, once its operands have values; null where that is
 *     not told, or was put into the changes already
 */
public record StatementEffects(
    ChangeSet changes,
    boolean commits,
    boolean altersSession,
    List<SessionEffect> session,
    List<TransactionEffect> transaction,
    Locking locks,
    CountedRows counted,
    @Nullable RowsWritten rows) {

  public static final StatementEffects NONE =
      new StatementEffects(ChangeSet.NOTHING, false, false, List.of(), List.of());

  public StatementEffects {
    session = List.copyOf(session);
    transaction = List.copyOf(transaction);
  }

  public StatementEffects(
      ChangeSet changes,
      boolean commits,
      boolean altersSession,
      List<SessionEffect> session,
      List<TransactionEffect> transaction) {
    this(
        changes,
        commits,
        altersSession,
        session,
        transaction,
        Locking.NOTHING,
        CountedRows.NOTHING,
        null);
  }

  /** Whether it does nothing but answer, and perhaps lock. */
  public boolean isNone() {
    return this == NONE || (changes.isEmpty() && !commits && areOnData());
  }

  /** Whether all that it does is done to data, as a plain write's is. */
  public boolean areOnData() {
    return !altersSession && session.isEmpty() && transaction.isEmpty();
  }

  /** Whether an execution's values say which rows of a table it writes. */
  public boolean dependOnValues() {
    return rows != null;
  }

  /** What one execution may change: as narrow as its values say. */
  public ChangeSet changes(Execution execution) {
    return rows == null ? changes : rows.within(changes, execution);
  }

  /** The effects of executions that change this, and nothing that depends on their values. */
  StatementEffects writing(ChangeSet written) {
    return rows == null
        ? this
        : new StatementEffects(
            written, commits, altersSession, session, transaction, locks, counted, null);
  }

  /** The effects of several statements in one text, whose counts of rows are not all told. */
  public StatementEffects uncounted() {
    return counted.equals(counted.untold())
        ? this
        : new StatementEffects(
            changes, commits, altersSession, session, transaction, locks, counted.untold(), rows);
  }

  /** The prepared transaction that it ends, if it ends one. */
  public @Nullable String resolvedId() {
    if (transaction.isEmpty()) {
      return null;
    }
    for (TransactionEffect effect : transaction) {
      if (effect instanceof TransactionEffect.Resolve resolve) {
        return resolve.id();
      }
    }
    return null;
  }

  /** The name under which it prepares its transaction, if it does. */
  public @Nullable String preparedId() {
    if (transaction.isEmpty()) {
      return null;
    }
    for (TransactionEffect effect : transaction) {
      if (effect instanceof TransactionEffect.Prepare prepare) {
        return prepare.id();
      }
    }
    return null;
  }

  /** Whether what sessions begin with is about to change. */
  public boolean reloadsDefaults() {
    if (session.isEmpty()) {
      return false;
    }
    for (SessionEffect effect : session) {
      if (effect instanceof SessionEffect.ReloadsDefaults) {
        return true;
      }
    }
    return false;
  }

  /** The effects of this and then of the other, as a batch has them. */
  public StatementEffects then(StatementEffects next) {
    if (isNone() && locks == Locking.NOTHING) {
      return next;
    }
    if ((next.isNone() && next.locks == Locking.NOTHING) || next.equals(this)) {
      return this;
    }
    List<SessionEffect> settings = new ArrayList<>(session);
    settings.addAll(next.session);
    List<TransactionEffect> steps = new ArrayList<>(transaction);
    steps.addAll(next.transaction);
    return new StatementEffects(
        changes.plus(next.changes),
        commits || next.commits,
        altersSession || next.altersSession,
        settings,
        steps,
        locks.and(next.locks),
        counted.and(next.counted),
        null);
  }
}
