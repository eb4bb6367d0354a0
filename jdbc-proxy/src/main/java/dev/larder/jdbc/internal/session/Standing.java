package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.BypassReason;
import org.jspecify.annotations.Nullable;

/** How a transaction stands after what has happened in it. Immutable and thread-safe. */
sealed interface Standing {

  Standing HEALTHY = new Healthy();

  /** Nothing has happened that could bear on an answer. */
  record Healthy() implements Standing {

    @Override
    public @Nullable BypassReason bypass() {
      return null;
    }

    @Override
    public boolean mayHaveEnded() {
      return false;
    }
  }

  /**
   * A statement met an error, which may have ended the transaction.
   *
   * @param before how it stood until then
   */
  record Failed(Standing before) implements Standing {

    @Override
    public BypassReason bypass() {
      return BypassReason.FAILED_TRANSACTION;
    }

    @Override
    public boolean mayHaveEnded() {
      return true;
    }

    @Override
    public Standing failed() {
      return this;
    }

    @Override
    public Standing restored() {
      return before;
    }
  }

  /** Something was set that products take differently. */
  record Unsure(BypassReason bypass, boolean mayHaveEnded) implements Standing {}

  /** Why nothing may be cached in the transaction, or null. */
  @Nullable BypassReason bypass();

  /** Whether the server may have ended the transaction. */
  boolean mayHaveEnded();

  /** A statement met an error. */
  default Standing failed() {
    return new Failed(this);
  }

  /** Something was set that products take differently. */
  default Standing unsure(BypassReason why) {
    return new Unsure(why, mayHaveEnded());
  }

  /** The transaction went back to a savepoint. */
  default Standing restored() {
    return this;
  }
}
