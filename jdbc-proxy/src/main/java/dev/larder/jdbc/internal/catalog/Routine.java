package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Attribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function, procedure or aggregate that the catalogue holds. Immutable and thread-safe.
 *
 * @param origin who wrote it
 * @param volatility what its declaration promises
 * @param attribute what it can be called as an attribute of
 * @param defaults what its parameters are where a call leaves them out, or null
 */
public record Routine(
    RoutineKey key,
    Origin origin,
    Volatility volatility,
    Body body,
    AttributeOf attribute,
    @Nullable Definition defaults) {

  /** A routine of a product where no routine is called as an attribute. */
  public Routine(RoutineKey key, Origin origin, Volatility volatility, Body body) {
    this(key, origin, volatility, body, AttributeOf.NOTHING, null);
  }

  /** Whether a text may mean this routine by the name behind the dot. */
  boolean answersTo(Attribute.Owner owner) {
    return switch (attribute) {
      case NOTHING -> false;
      case VALUES -> owner == Attribute.Owner.VALUE;
      case ROWS_AND_VALUES -> true;
    };
  }

  /** What a routine can be called as an attribute of: its one argument. */
  public enum AttributeOf {
    NOTHING,
    /** Of values that are no rows. */
    VALUES,
    ROWS_AND_VALUES
  }

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

  /**
   * The text of a body the token scan can read.
   *
   * @param answer what its answer can be read from
   */
  public record Source(Definition text, Answer answer) implements Body {

    /** A body that is read for what it writes only. */
    public Source(Definition text) {
      this(text, new Unread("its answer is not read from its body"));
    }
  }

  /** What a routine's answer can be read from. */
  public sealed interface Answer {}

  /** One query, or an expression. */
  public record Query(Definition query) implements Answer {}

  /**
   * A procedural body, by its tokens.
   *
   * @param takesTexts whether an argument may be a text
   * @param givesTimes whether its answer may be a date or a time, or hold one
   */
  public record Procedure(Definition body, boolean takesTexts, boolean givesTimes)
      implements Answer {}

  /** Nothing. */
  public record Unread(String why) implements Answer {}

  /** An aggregate: what it does is what its support functions do. */
  public record Combines(Set<RoutineKey> routines) implements Body {
    public Combines {
      routines = Set.copyOf(routines);
    }
  }

  /** Compiled, or hidden from this user. */
  public record Opaque(String why) implements Body {}
}
