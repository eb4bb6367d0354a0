package dev.larder.jdbc.internal.catalog;

import java.util.Set;

/**
 * A function, procedure or aggregate that the catalogue holds. Immutable and thread-safe.
 *
 * @param origin who wrote it
 * @param volatility what its declaration promises
 */
public record Routine(RoutineKey key, Origin origin, Volatility volatility, Body body) {

  /** Who wrote a routine, which decides how far its declaration is trusted. */
  public enum Origin {
    /** Part of the product. */
    BUILT_IN,
    /** Installed by an extension, in a language the database cannot look into. */
    EXTENSION,
    /** Everything else. */
    USER
  }

  /** What a routine's declaration promises about its answer. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  /** What is known of what a routine does. */
  public sealed interface Body {}

  /** The text of a body the token scan can read. */
  public record Source(Definition text) implements Body {}

  /** An aggregate: what it does is what its support functions do. */
  public record Combines(Set<RoutineKey> routines) implements Body {
    public Combines {
      routines = Set.copyOf(routines);
    }
  }

  /** Compiled, or hidden from this user. */
  public record Opaque(String why) implements Body {}
}
