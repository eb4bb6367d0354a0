package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a text whose answer is not kept, with the reason: a write, a setting, a query that
 * cannot be followed, or several of them. Immutable and thread-safe.
 */
public sealed class UncacheableStatement extends StatementPlan permits UnkeptRead {

  private final Decision.Bypass decision;

  /**
   * @param readsTables whether it is a query that reads tables, and so fixes a snapshot
   */
  public UncacheableStatement(
      BypassReason reason, String detail, boolean readsTables, StatementEffects effects) {
    this(new Decision.Bypass(reason, detail), readsTables, effects, null);
  }

  UncacheableStatement(
      Decision.Bypass decision,
      boolean readsTables,
      StatementEffects effects,
      @Nullable Stamp definitions) {
    super(readsTables, effects, definitions);
    this.decision = decision;
  }

  @Override
  public UncacheableStatement under(@Nullable Stamp stamp) {
    return new UncacheableStatement(decision, readsTables(), effects(), stamp);
  }

  @Override
  public UncacheableStatement withoutKeeping(BypassReason reason, String detail) {
    return new UncacheableStatement(reason, detail, readsTables(), effects());
  }

  @Override
  public UncacheableStatement writing(ChangeSet written) {
    return new UncacheableStatement(
        decision, readsTables(), effects().writing(written), definitions());
  }

  @Override
  public @Nullable TrackedFootprint follows() {
    return null;
  }

  @Override
  public final @Nullable RowKey rowKey() {
    return null;
  }

  @Override
  public final boolean isSeveral() {
    return reason() == BypassReason.SEVERAL_STATEMENTS;
  }

  @Override
  public final boolean mayGetBetter() {
    return reason() == BypassReason.UNKNOWN_TABLE || reason() == BypassReason.ANALYSIS_TIMEOUT;
  }

  final Decision.Bypass decision() {
    return decision;
  }

  /** Why the database answers. */
  public final BypassReason reason() {
    return decision.reason();
  }

  /** The construct or object that the reason is about; empty where there is none. */
  public final String detail() {
    return decision.detail();
  }
}
