package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a query that is followed, and whose answers memory cannot hold: a cache above may
 * still keep what it makes of them. Immutable and thread-safe.
 */
public final class UnkeptRead extends UncacheableStatement {

  private final TrackedFootprint follows;

  UnkeptRead(Decision.Bypass decision, boolean readsTables, TrackedFootprint follows) {
    this(decision, readsTables, follows, null);
  }

  private UnkeptRead(
      Decision.Bypass decision,
      boolean readsTables,
      TrackedFootprint follows,
      @Nullable Stamp definitions) {
    super(decision, readsTables, StatementEffects.NONE, definitions);
    this.follows = follows;
  }

  @Override
  public UnkeptRead under(@Nullable Stamp stamp) {
    return new UnkeptRead(decision(), readsTables(), follows, stamp);
  }

  @Override
  public UnkeptRead withoutKeeping(BypassReason reason, String detail) {
    return new UnkeptRead(new Decision.Bypass(reason, detail), readsTables(), follows);
  }

  @Override
  public UnkeptRead writing(ChangeSet written) {
    return this;
  }

  @Override
  public TrackedFootprint follows() {
    return follows;
  }
}
