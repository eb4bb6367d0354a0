package dev.larder.jdbc.internal.catalog;

import java.util.Arrays;
import java.util.Set;

/**
 * What Larder knows by heart of one product's own functions, by lower-case name. Immutable and
 * thread-safe. A name on no list is neither deterministic nor harmless.
 *
 * @param systemSchemas schemas of the product's own catalogue, in lower case
 * @param alwaysSearched schemas that every search path holds without naming them
 * @param constructs what looks like a function but is syntax, and follows from its operands
 * @param deterministic functions whose answer follows from their arguments and from settings that
 *     are part of the key
 * @param harmless functions that write no table and alter no setting, whatever they answer
 * @param settingFunctions functions that write no table but alter the session's settings
 */
public record BuiltIns(
    Set<String> systemSchemas,
    Set<String> alwaysSearched,
    Set<String> constructs,
    Set<String> deterministic,
    Set<String> harmless,
    Set<String> settingFunctions) {

  /** Splits a list written as text, which reads better than thousands of quotes. */
  public static Set<String> names(String... lines) {
    return Set.copyOf(
        Arrays.stream(lines)
            .flatMap(line -> Arrays.stream(line.trim().split("\\s+")))
            .filter(name -> !name.isEmpty())
            .toList());
  }

  /** Whether the name needs no entry in the catalogue to be judged deterministic. */
  public boolean knowsDeterministic(String name) {
    return constructs.contains(name) || deterministic.contains(name);
  }
}
