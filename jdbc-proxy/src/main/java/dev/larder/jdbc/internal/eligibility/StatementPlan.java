package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.rows.Execution;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a text, under one catalogue and search path, before anything of an execution is
 * looked at. Immutable and thread-safe.
 *
 * <p>What every execution asks for is a field of this class, so that asking costs no dispatch.
 */
public abstract sealed class StatementPlan permits CacheableRead, UncacheableStatement {

  private static final Decision.Bypass SEVERAL =
      new Decision.Bypass(BypassReason.SEVERAL_STATEMENTS, "");

  private final boolean readsTables;
  private final StatementEffects effects;
  private final @Nullable Stamp definitions;

  /**
   * @param definitions taken before the catalogue was read that the plan was made from; null where
   *     it follows from no catalogue
   */
  StatementPlan(boolean readsTables, StatementEffects effects, @Nullable Stamp definitions) {
    this.readsTables = readsTables;
    this.effects = effects;
    this.definitions = definitions;
  }

  /** This plan, made from a catalogue that was read after {@code stamp} was taken. */
  public abstract StatementPlan under(@Nullable Stamp stamp);

  /** This plan, of whose answers it was found that they cannot be kept. */
  public abstract UncacheableStatement withoutKeeping(BypassReason reason, String detail);

  /** This plan as one execution carries it out: what it writes is as narrow as its values say. */
  public final StatementPlan of(Execution execution) {
    return writing(effects.changes(execution));
  }

  /** This plan as executions carry it out that write this together. */
  public abstract StatementPlan writing(ChangeSet written);

  /** What an answer follows from, be it kept or not; null where nobody can tell. */
  public abstract @Nullable TrackedFootprint follows();

  /** How the query finds all rows that it reads by one parameter, or null where it does not. */
  public abstract @Nullable RowKey rowKey();

  /** Whether this is more than one statement, of which some may have run where another failed. */
  public abstract boolean isSeveral();

  /**
   * Whether what stands in the way may pass by itself: a name that the catalogue did not hold, or a
   * definition that was not parsed in time.
   */
  public abstract boolean mayGetBetter();

  /** This text and then another, as a batch runs them; never cached. */
  public final StatementPlan then(StatementPlan next) {
    return new UncacheableStatement(
        SEVERAL,
        readsTables || next.readsTables,
        effects.then(next.effects),
        holds() ? next.definitions : definitions);
  }

  /**
   * Whether the definitions it was made from are still the database's. A plan may lose this between
   * being made and being carried out.
   */
  public final boolean holds() {
    return definitions == null || definitions.isCurrent();
  }

  public final StatementEffects effects() {
    return effects;
  }

  /**
   * Whether it is a query over tables: running it makes a snapshot transaction fix its snapshot,
   * where the server does not ask first whether there is anything to read.
   */
  public final boolean readsTables() {
    return readsTables;
  }

  /** The same, where the server does ask. */
  public SnapshotFixing snapshotFixing() {
    return readsTables ? SnapshotFixing.UNTOLD : SnapshotFixing.NEVER;
  }

  final @Nullable Stamp definitions() {
    return definitions;
  }
}
