package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsRead;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a text, under one catalogue and search path, before anything of an execution is
 * looked at. Immutable and thread-safe.
 */
public final class StatementPlan {

  /** What an answer follows from, be it kept or not; null where nobody can tell. */
  private final @Nullable TrackedFootprint follows;

  /** The same where answers are kept; an execution asks for it several times. */
  private final @Nullable TrackedFootprint footprint;

  private final Decision decision;
  private final Decision.@Nullable Serve withoutStoring;
  private final boolean readsTables;
  private final StatementEffects effects;
  private final @Nullable RowsRead rowsRead;
  private final @Nullable Stamp definitions;

  private StatementPlan(
      @Nullable TrackedFootprint follows,
      Decision decision,
      Decision.@Nullable Serve withoutStoring,
      boolean readsTables,
      StatementEffects effects,
      @Nullable RowsRead rowsRead,
      @Nullable Stamp definitions) {
    this.rowsRead = rowsRead;
    this.follows = follows;
    this.footprint = decision instanceof Decision.Serve ? follows : null;
    this.decision = decision;
    this.withoutStoring = withoutStoring;
    this.readsTables = readsTables;
    this.effects = effects;
    this.definitions = definitions;
  }

  /**
   * A query whose answer follows from its footprint.
   *
   * @param rows what an execution needs of the footprint, or null for all of it
   */
  public static StatementPlan cacheable(
      TrackedFootprint footprint,
      @Nullable RowsRead rows,
      boolean readsTables,
      StatementEffects effects) {
    return new StatementPlan(
        footprint,
        new Decision.Serve(footprint, Decision.Use.FULL, null),
        new Decision.Serve(footprint, Decision.Use.LOOK_UP_ONLY, BypassReason.READ_UNCOMMITTED),
        readsTables,
        effects,
        rows,
        null);
  }

  /**
   * A text whose answer is not kept.
   *
   * @param readsTables whether it is a query that reads tables, and so fixes a snapshot
   */
  public static StatementPlan uncacheable(
      BypassReason reason, String detail, boolean readsTables, StatementEffects effects) {
    return new StatementPlan(
        null, new Decision.Bypass(reason, detail), null, readsTables, effects, null, null);
  }

  /** This plan, of whose answers it was found that they cannot be kept. */
  public StatementPlan withoutKeeping(BypassReason reason, String detail) {
    return new StatementPlan(
        follows, new Decision.Bypass(reason, detail), null, readsTables, effects, null, null);
  }

  /** This plan, made from a catalogue that was read after {@code stamp} was taken. */
  public StatementPlan under(@Nullable Stamp stamp) {
    return new StatementPlan(
        follows, decision, withoutStoring, readsTables, effects, rowsRead, stamp);
  }

  /**
   * Whether the definitions it was made from are still the database's. A plan may lose this between
   * being made and being carried out.
   */
  public boolean holds() {
    return definitions == null || definitions.isCurrent();
  }

  /** This plan as one execution carries it out: what it writes is as narrow as its values say. */
  public StatementPlan of(Execution execution) {
    return new StatementPlan(
        follows,
        decision,
        withoutStoring,
        readsTables,
        effects.of(execution),
        rowsRead,
        definitions);
  }

  /** What one execution's answer follows from: the plan's footprint, or less. */
  public TrackedFootprint footprint(TrackedFootprint whole, Execution execution) {
    return rowsRead == null ? whole : rowsRead.of(whole, execution);
  }

  /**
   * What an answer that is there follows from, where that is less than its execution did; null
   * where it is not.
   */
  public @Nullable TrackedFootprint footprint(
      TrackedFootprint whole, Execution execution, RowsRead.ShownRows answer) {
    return rowsRead == null ? null : rowsRead.of(whole, execution, answer);
  }

  /** How the query finds all rows that it reads by one parameter, or null where it does not. */
  public @Nullable RowKey rowKey() {
    boolean ofOneTable =
        follows != null
            && follows.footprint().scopes().stream().filter(Scope.Table.class::isInstance).count()
                == 1;
    return rowsRead == null || !ofOneTable ? null : rowsRead.key();
  }

  /** This text and then another, as a batch runs them; never cached. */
  public StatementPlan then(StatementPlan next) {
    return new StatementPlan(
        null,
        Eligibility.bypass(BypassReason.SEVERAL_STATEMENTS),
        null,
        readsTables || next.readsTables,
        effects.then(next.effects),
        null,
        definitions == null || !definitions.isCurrent() ? definitions : next.definitions);
  }

  /** Whether this is more than one statement, of which some may have run where another failed. */
  public boolean isSeveral() {
    return decision instanceof Decision.Bypass bypass
        && bypass.reason() == BypassReason.SEVERAL_STATEMENTS;
  }

  public StatementEffects effects() {
    return effects;
  }

  /** Whether running it makes a snapshot transaction fix its snapshot. */
  public boolean readsTables() {
    return readsTables;
  }

  /**
   * Whether what stands in the way may pass by itself: a name that the catalogue did not hold, or a
   * definition that was not parsed in time.
   */
  public boolean mayGetBetter() {
    return decision instanceof Decision.Bypass bypass
        && (bypass.reason() == BypassReason.UNKNOWN_TABLE
            || bypass.reason() == BypassReason.ANALYSIS_TIMEOUT);
  }

  /** What the query depends on, or null where its answer is not kept. */
  public @Nullable TrackedFootprint footprint() {
    return footprint;
  }

  /** The same where only keeping the answer is what cannot be done; null where nobody can tell. */
  public @Nullable TrackedFootprint follows() {
    return follows;
  }

  /** The decision for a session and a statement that have nothing to say against it. */
  public Decision decision() {
    return decision;
  }

  Decision.Serve withoutStoring() {
    return Objects.requireNonNull(withoutStoring);
  }
}
