package dev.larder.jdbc.internal.analysis;

import java.util.HashSet;
import java.util.Set;

/**
 * Values of a text that stand in one place, so that one may be converted to the type of another.
 * Immutable and thread-safe.
 *
 * @param names of what may be columns, in lower case; those that can be nothing else begin with a
 *     dot
 * @param functions in lower case, of which the text alone does not tell what they give
 * @param parameters their positions, from 1
 * @param isOne whether it is a single value, with which nothing is done
 */
public record ValuesTogether(
    Set<ValueTrait> traits,
    Set<String> names,
    Set<String> functions,
    Set<Integer> parameters,
    boolean isOne) {

  public ValuesTogether {
    traits = Set.copyOf(traits);
    names = Set.copyOf(names);
    functions = Set.copyOf(functions);
    parameters = Set.copyOf(parameters);
  }

  public boolean has(ValueTrait trait) {
    return traits.contains(trait);
  }

  /** Such values in the making. Used by one thread. */
  static final class Builder {
    private final Set<ValueTrait> traits = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<Integer> parameters = new HashSet<>();
    private int values;

    static Builder of(ValueTrait trait) {
      return new Builder().value().trait(trait);
    }

    Builder value() {
      values++;
      return this;
    }

    Builder trait(ValueTrait trait) {
      traits.add(trait);
      return this;
    }

    Builder name(String name) {
      names.add(name);
      return this;
    }

    Builder function(String name) {
      functions.add(name);
      return this;
    }

    Builder parameter(int position) {
      parameters.add(position);
      return this;
    }

    Builder and(Builder others) {
      traits.addAll(others.traits);
      names.addAll(others.names);
      functions.addAll(others.functions);
      parameters.addAll(others.parameters);
      values += others.values;
      return this;
    }

    boolean has(ValueTrait trait) {
      return traits.contains(trait);
    }

    /** Whether nothing is known of them but that they are literals or parameters. */
    boolean areGiven() {
      return traits.isEmpty() && names.isEmpty() && functions.isEmpty();
    }

    /** Whether no value can be converted to the type of another. */
    boolean isOne() {
      boolean plain = traits.isEmpty() || traits.equals(Set.of(ValueTrait.ALL_COLUMNS));
      return values <= 1 && plain && functions.isEmpty();
    }

    ValuesTogether build() {
      return new ValuesTogether(traits, names, functions, parameters, isOne());
    }
  }
}
