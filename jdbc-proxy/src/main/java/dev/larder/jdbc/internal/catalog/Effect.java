package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Verb;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from writing a relation: a trigger, a rule, a cascade, a default. Immutable and
 * thread-safe.
 *
 * @param on the verbs it follows from
 * @param moment when it does
 * @param ifAssigned the columns of which one must be assigned for it to follow from an UPDATE; null
 *     where it does from any
 */
public record Effect(
    Set<Verb> on, Consequence then, Moment moment, @Nullable Set<String> ifAssigned) {

  public Effect {
    on = Collections.unmodifiableSet(EnumSet.copyOf(on));
    ifAssigned = ifAssigned == null ? null : Set.copyOf(ifAssigned);
  }

  public Effect(Set<Verb> on, Consequence then) {
    this(on, then, Moment.UNTOLD, null);
  }

  /** When a trigger runs, which decides what it may make of the rows that the statement writes. */
  public enum Moment {
    UNTOLD,
    /** Before each row is written, and with it in its hands. */
    BEFORE_ROW,
    /** When it can only write other rows, or these once more. */
    APART
  }

  /**
   * Whether an UPDATE of these columns leaves it out.
   *
   * @param assigned as the catalogue spells them; null where they are not known
   */
  boolean isSparedBy(@Nullable Set<String> assigned) {
    if (ifAssigned == null || assigned == null) {
      return false;
    }
    for (String column : ifAssigned) {
      if (assigned.stream().anyMatch(column::equalsIgnoreCase)) {
        return false;
      }
    }
    return true;
  }

  /** What happens besides the write itself. */
  public sealed interface Consequence {}

  /** Another relation is written. */
  public record Writes(TableName table, Verb verb) implements Consequence {}

  /**
   * The rows of another relation are deleted that reference a deleted row.
   *
   * @param columns the referenced columns, by those that reference them; none where they are not
   *     known
   */
  public record Deletes(TableName table, Map<String, String> columns) implements Consequence {
    public Deletes {
      columns = Map.copyOf(columns);
    }
  }

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
