package dev.larder.jdbc.internal.product.mysqlprotocol;

import java.util.Set;

/**
 * What the variables of a product's sessions are, by their names in lower case. Immutable and
 * thread-safe. One that is in no list is part of the key when somebody sets it.
 *
 * @param neutral decide how fast, how long or how loudly a statement runs, and nothing else
 * @param keyed alter an answer, a value that is converted, a warning or a written row
 * @param passing may have another value at every statement: no part of what a session begins with
 * @param reading decide how the server reads a text: no later text can be read for certain
 * @param unfollowed what they hold later cannot be told from what was set
 */
public record Variables(
    Set<String> neutral,
    Set<String> keyed,
    Set<String> passing,
    Set<String> reading,
    Set<String> unfollowed) {

  public Variables {
    neutral = Set.copyOf(neutral);
    keyed = Set.copyOf(keyed);
    passing = Set.copyOf(passing);
    reading = Set.copyOf(reading);
    unfollowed = Set.copyOf(unfollowed);
  }

  /** Names that are parted by spaces. */
  public static Set<String> names(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  /** Whether somebody has decided what this variable is. */
  public boolean isClassified(String name) {
    return neutral.contains(name)
        || keyed.contains(name)
        || passing.contains(name)
        || unfollowed.contains(name);
  }
}
