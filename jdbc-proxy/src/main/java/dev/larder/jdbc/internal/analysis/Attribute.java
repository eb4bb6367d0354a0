package dev.larder.jdbc.internal.analysis;

/**
 * A name behind a dot, which a product may take for a function of what stands before the dot.
 * Immutable and thread-safe.
 *
 * @param name as the product keeps it
 * @param owner what stands before the dot
 */
public record Attribute(String name, Owner owner) {

  /** What an attribute is one of. */
  public enum Owner {
    /** A row of something that a FROM clause names. */
    ROW,
    /** A row or a value of any type: an expression, a parameter, the answer of a function. */
    VALUE
  }
}
