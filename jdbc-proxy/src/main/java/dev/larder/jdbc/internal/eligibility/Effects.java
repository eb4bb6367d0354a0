package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import java.util.ArrayList;
import java.util.List;

/**
 * What running a text does beyond answering. Immutable and thread-safe.
 *
 * @param changes what it may change
 * @param commits whether it ends, or may end, a transaction by committing it
 * @param altersSession whether a function it calls may set something that the text does not show
 * @param session what it sets, in order
 * @param transaction what it does to its transaction, in order; nothing where there is nothing
 */
public record Effects(
    ChangeSet changes,
    boolean commits,
    boolean altersSession,
    List<SessionEffect> session,
    List<TransactionEffect> transaction) {

  public static final Effects NONE =
      new Effects(ChangeSet.NOTHING, false, false, List.of(), List.of());

  public Effects {
    session = List.copyOf(session);
    transaction = List.copyOf(transaction);
  }

  public boolean isNone() {
    return this == NONE
        || (changes.isEmpty()
            && !commits
            && !altersSession
            && session.isEmpty()
            && transaction.isEmpty());
  }

  /** The same effects but for what they change. */
  Effects changing(ChangeSet narrower) {
    return new Effects(narrower, commits, altersSession, session, transaction);
  }

  /** The effects of this and then of the other, as a batch has them. */
  public Effects then(Effects next) {
    if (isNone()) {
      return next;
    }
    if (next.isNone() || next.equals(this)) {
      return this;
    }
    List<SessionEffect> settings = new ArrayList<>(session);
    settings.addAll(next.session);
    List<TransactionEffect> steps = new ArrayList<>(transaction);
    steps.addAll(next.transaction);
    return new Effects(
        changes.plus(next.changes),
        commits || next.commits,
        altersSession || next.altersSession,
        settings,
        steps);
  }
}
