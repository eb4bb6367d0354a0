package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.TimesBeside;
import dev.larder.jdbc.internal.eligibility.Decision.Serve;
import dev.larder.jdbc.internal.eligibility.Decision.Use;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a query whose answer follows from its footprint, and which does nothing but answer.
 * Immutable and thread-safe.
 */
public final class CacheableRead extends StatementPlan {

  private final TrackedFootprint footprint;
  private final RowsRead rows;
  private final List<TimesBeside> times;
  private final SnapshotFixing snapshotFixing;
  private final Serve decision;
  private final Serve withoutStoring;

  /**
   * @param rows what an execution needs of the footprint
   * @param times parameters whose values may make an answer follow the current date
   */
  public CacheableRead(
      TrackedFootprint footprint,
      RowsRead rows,
      List<TimesBeside> times,
      SnapshotFixing snapshotFixing) {
    this(footprint, rows, times, snapshotFixing, null);
  }

  private CacheableRead(
      TrackedFootprint footprint,
      RowsRead rows,
      List<TimesBeside> times,
      SnapshotFixing snapshotFixing,
      @Nullable Stamp definitions) {
    super(snapshotFixing != SnapshotFixing.NEVER, StatementEffects.NONE, definitions);
    this.snapshotFixing = snapshotFixing;
    this.footprint = footprint;
    this.rows = rows;
    this.times = times;
    this.decision = new Serve(footprint, Use.FULL, null);
    this.withoutStoring = new Serve(footprint, Use.LOOK_UP_ONLY, BypassReason.READ_UNCOMMITTED);
  }

  @Override
  public CacheableRead under(@Nullable Stamp stamp) {
    return new CacheableRead(footprint, rows, times, snapshotFixing, stamp);
  }

  @Override
  public SnapshotFixing snapshotFixing() {
    return snapshotFixing;
  }

  @Override
  public UnkeptRead withoutKeeping(BypassReason reason, String detail) {
    return new UnkeptRead(new Decision.Bypass(reason, detail), readsTables(), footprint);
  }

  @Override
  public CacheableRead writing(ChangeSet written) {
    return this;
  }

  /** What the query depends on. */
  public TrackedFootprint footprint() {
    return footprint;
  }

  @Override
  public TrackedFootprint follows() {
    return footprint;
  }

  /** Whether an answer with these parameters may follow the current date. */
  public boolean mayFollowDate(BoundValues values) {
    for (TimesBeside each : times) {
      if (each.meet(values)) {
        return true;
      }
    }
    return false;
  }

  /** What of its tables the answer follows from, where that is less than all, in words. */
  public String rowsInWords() {
    return rows.inWords();
  }

  /** How it finds the rows that its answer follows from. */
  public RowsRead rows() {
    return rows;
  }

  /** What one execution's answer follows from: the plan's footprint, or less. */
  public TrackedFootprint footprint(TrackedFootprint whole, Execution execution) {
    return rows.of(whole, execution);
  }

  /** Whether one execution's answer may follow from what a transaction has written. */
  public boolean isMetBy(ChangeSet written, Execution execution) {
    return rows.isMetBy(written, footprint, execution);
  }

  /**
   * What an answer that is there follows from, where that is less than its execution did; null
   * where it is not.
   */
  public @Nullable TrackedFootprint footprint(
      TrackedFootprint whole, Execution execution, RowsRead.ShownRows answer) {
    return rows.of(whole, execution, answer);
  }

  @Override
  public @Nullable RowKey rowKey() {
    boolean ofOneTable =
        footprint.footprint().scopes().stream().filter(Scope.Table.class::isInstance).count() == 1;
    return ofOneTable ? rows.key() : null;
  }

  @Override
  public boolean isSeveral() {
    return false;
  }

  @Override
  public boolean mayGetBetter() {
    return false;
  }

  /** The decision for a session and a statement that have nothing to say against it. */
  Serve decision() {
    return decision;
  }

  /** The decision for a session that may have read what others must not see. */
  Serve withoutStoring() {
    return withoutStoring;
  }
}
