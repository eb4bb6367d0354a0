package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A commit on its way to the database: its cells are open until {@link #end()}. Thread-safe; ending
 * it twice is harmless.
 */
public final class OpenCommit {

  private final Ledger ledger;
  private final ChangeSet changes;
  private final Opened[] opened;
  private final Origin origin;
  private final Runnable tellEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  OpenCommit(Ledger ledger, ChangeSet changes, Opened[] opened, Origin origin, Runnable tellEnd) {
    this.ledger = ledger;
    this.changes = changes;
    this.opened = opened;
    this.origin = origin;
    this.tellEnd = tellEnd;
  }

  public ChangeSet changes() {
    return changes;
  }

  /**
   * Moves the cells again and closes them. Call it after the database answered, whatever it
   * answered, and before the caller gets control back.
   */
  public void end() {
    end(origin);
  }

  /** Whether {@link #end()} was called. */
  public boolean hasEnded() {
    return ended.get();
  }

  void end(Origin madeBy) {
    if (ended.compareAndSet(false, true)) {
      ledger.close(opened);
      tellEnd.run();
      ledger.announce(new Change(changes, madeBy));
    }
  }

  /**
   * The database gave no answer. The cells stay open, and so uncacheable, until {@code probe} says
   * that the server has finished, or, where it cannot tell, until {@code quarantine} has passed.
   */
  public void outcomeUnknown(OutcomeProbe probe, Duration quarantine) {
    if (!ended.get()) {
      ledger.inDoubt(this, probe, quarantine);
    }
  }
}
