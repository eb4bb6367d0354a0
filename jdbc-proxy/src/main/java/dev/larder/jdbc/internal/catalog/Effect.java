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
record Effect(Set<Verb> on, Consequence then) {

  Effect {
    on = Collections.unmodifiableSet(EnumSet.copyOf(on));
  }

  /** What happens besides the write itself. */
  sealed interface Consequence {}

  /** Another relation is written. */
  record Writes(TableName table, Verb verb) implements Consequence {}

  /** A routine runs. */
  record Calls(RoutineKey routine) implements Consequence {}

  /** A text runs, known to the catalogue as text only. */
  record Runs(Definition text) implements Consequence {}

  /**
   * Code runs that only the user can vouch for.
   *
   * @param name what {@code larder.functions} would call it
   */
  record RunsForeignCode(String name) implements Consequence {}

  /** Nothing can be said. */
  record Unknown(String why) implements Consequence {}
}
