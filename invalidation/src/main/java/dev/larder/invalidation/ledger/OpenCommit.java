package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A commit on its way to the database: its cells are open until {@link #end()}. Thread-safe; ending
 * it twice is harmless.
 */
public final class OpenCommit {

  private static final AtomicIntegerFieldUpdater<OpenCommit> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(OpenCommit.class, "ended");

  private final Ledger ledger;
  private final ChangeSet changes;

  /** Nothing stands behind the first that is null. */
  private final @Nullable Opened[] opened;

  private final Origin origin;
  private final Runnable tellEnd;

  /** 1 once it has. */
  private volatile int ended;

  OpenCommit(
      Ledger ledger,
      ChangeSet changes,
      @Nullable Opened[] opened,
      Origin origin,
      Runnable tellEnd) {
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
    return ended != 0;
  }

  /**
   * The same for a commit of another node, which said so itself.
   *
   * @param said the message by which it did
   */
  public void endedBy(NodeMoment said) {
    end(origin, said);
  }

  void end(Origin madeBy) {
    end(madeBy, null);
  }

  private void end(Origin madeBy, @Nullable NodeMoment said) {
    if (ENDED.compareAndSet(this, 0, 1)) {
      ledger.ending(changes, said);
      try {
        // Before the cells are closed: who reads after that can show to others what it has read.
        tellEnd.run();
      } finally {
        ledger.close(opened);
      }
      ledger.announce(new Change(changes, madeBy));
    }
  }

  /**
   * The database gave no answer. The cells stay open, and so uncacheable, until {@code probe} says
   * that the server has finished, or, where it cannot tell, until {@code quarantine} has passed.
   */
  public void outcomeUnknown(OutcomeProbe probe, Duration quarantine) {
    if (ended == 0) {
      ledger.inDoubt(this, probe, quarantine);
    }
  }
}
