package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Verb;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What follows from writing a relation: a trigger, a rule, a cascade, a default. Immutable and
 * thread-safe.
 *
 * @param on the verbs it follows from
 */
public record Effect(Set<Verb> on, Consequence then) {

  public Effect {
    on = Collections.unmodifiableSet(EnumSet.copyOf(on));
  }

  /** What happens besides the write itself. */
  public sealed interface Consequence {}

  /** Another relation is written. */
  public record Writes(TableName table, Verb verb) implements Consequence {}

  /** A routine runs. */
  public record Calls(RoutineKey routine) implements Consequence {}

  /** A text runs, known to the catalogue as text only. */
  public record Runs(Definition text) implements Consequence {}

  /**
   * Code runs that only the user can vouch for.
   *
   * @param name what {@code larder.functions} would call it
   */
  public record RunsForeignCode(String name) implements Consequence {}

  /** Nothing can be said. */
  public record Unknown(String why) implements Consequence {}
}
