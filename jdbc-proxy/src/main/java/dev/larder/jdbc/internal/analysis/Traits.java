package dev.larder.jdbc.internal.analysis;

import java.util.Set;

/**
 * The traits that a product has for certain, and those that it has perhaps. Immutable and
 * thread-safe.
 *
 * <p>Whoever acts on a trait says which of the two is meant: {@link #has} where acting is wrong
 * without the trait, {@link #mayHave} where not acting is wrong with it. A product of which nothing
 * is known so never counts as one that is known.
 *
 * @param <T> the traits that are told apart
 */
public final class Traits<T extends Enum<T>> {

  /** A bit for each trait, by its ordinal: a text's analysis asks for every other character. */
  private final long certain;

  private final long possible;

  private Traits(long certain, long possible) {
    this.certain = certain;
    this.possible = possible;
  }

  /** These traits, and none of the others. */
  public static <T extends Enum<T>> Traits<T> of(Set<T> all) {
    long bits = 0;
    for (T trait : all) {
      bits |= bit(trait);
    }
    return new Traits<>(bits, bits);
  }

  /** Traits of which nothing is known. */
  public static <T extends Enum<T>> Traits<T> unsure(Class<T> type) {
    return new Traits<>(0, of(Set.of(type.getEnumConstants())).possible);
  }

  private static long bit(Enum<?> trait) {
    if (trait.ordinal() >= Long.SIZE) {
      throw new IllegalArgumentException("more traits than there are bits: " + trait);
    }
    return 1L << trait.ordinal();
  }

  /** Whether the product has the trait for certain. */
  public boolean has(T trait) {
    return (certain & (1L << trait.ordinal())) != 0;
  }

  /** Whether the product has the trait, or nobody knows. */
  public boolean mayHave(T trait) {
    return (possible & (1L << trait.ordinal())) != 0;
  }

  /** Whether nobody knows if the product has the trait. */
  public boolean isUnsure(T trait) {
    return mayHave(trait) && !has(trait);
  }
}
