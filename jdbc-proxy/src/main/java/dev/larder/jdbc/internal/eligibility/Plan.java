package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a text, under one catalogue and search path, before anything of an execution is
 * looked at. Immutable and thread-safe.
 */
public final class Plan {

  private final @Nullable TrackedFootprint footprint;
  private final Decision decision;
  private final Decision.@Nullable Serve withoutStoring;
  private final boolean readsTables;
  private final Effects effects;

  private Plan(
      @Nullable TrackedFootprint footprint,
      Decision decision,
      Decision.@Nullable Serve withoutStoring,
      boolean readsTables,
      Effects effects) {
    this.footprint = footprint;
    this.decision = decision;
    this.withoutStoring = withoutStoring;
    this.readsTables = readsTables;
    this.effects = effects;
  }

  /** A query whose answer follows from its footprint. */
  public static Plan cacheable(TrackedFootprint footprint, boolean readsTables, Effects effects) {
    return new Plan(
        footprint,
        new Decision.Serve(footprint, Decision.Use.FULL, null),
        new Decision.Serve(footprint, Decision.Use.LOOK_UP_ONLY, BypassReason.READ_UNCOMMITTED),
        readsTables,
        effects);
  }

  /**
   * A text whose answer is not kept.
   *
   * @param readsTables whether it is a query that reads tables, and so fixes a snapshot
   */
  public static Plan uncacheable(
      BypassReason reason, String detail, boolean readsTables, Effects effects) {
    return new Plan(null, new Decision.Bypass(reason, detail), null, readsTables, effects);
  }

  public Effects effects() {
    return effects;
  }

  /** Whether running it makes a snapshot transaction fix its snapshot. */
  public boolean readsTables() {
    return readsTables;
  }

  /** What the query depends on, or null where its answer is not kept. */
  public @Nullable TrackedFootprint footprint() {
    return footprint;
  }

  /** The decision for a session and a statement that have nothing to say against it. */
  public Decision decision() {
    return decision;
  }

  Decision.Serve withoutStoring() {
    return Objects.requireNonNull(withoutStoring);
  }
}
