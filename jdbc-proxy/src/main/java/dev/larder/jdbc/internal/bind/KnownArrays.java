package dev.larder.jdbc.internal.bind;

import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a driver is known to take, so that it has to be asked for none of them. Immutable
 * and thread-safe.
 *
 * @param made the names of types of which it makes an array of whatever elements
 * @param taken the classes of Java's arrays that it takes as they are
 */
public record KnownArrays(Set<String> made, Set<Class<?>> taken) {

  /** Of a driver of which nothing is known. */
  public static final KnownArrays NONE = new KnownArrays(Set.of(), Set.of());

  /** H2 takes no more than twice as many, and no longer texts. */
  private static final int MOST = 32_768;

  private static final Set<Class<?>> ELEMENTS =
      Set.of(
          Integer.class,
          Long.class,
          Short.class,
          String.class,
          UUID.class,
          BigDecimal.class,
          Boolean.class);

  public KnownArrays {
    made = Set.copyOf(made);
    taken = Set.copyOf(taken);
  }

  /** Whether the driver makes this array, and asks nobody for it. */
  public boolean makes(ArrayValue array) {
    return made.contains(array.typeName()) && arePlain(array.elements());
  }

  /** Whether a setter takes this value because it is such an array. */
  boolean take(Setter setter, @Nullable Object value) {
    if (value instanceof ArrayValue array) {
      return (setter == Setter.ARRAY || setter == Setter.OBJECT) && makes(array);
    }
    return value != null
        && setter == Setter.OBJECT
        && taken.contains(value.getClass())
        && (!(value instanceof Object[] elements) || arePlain(elements));
  }

  /** Elements of one class, since not every mixture is an array to every driver. */
  private static boolean arePlain(Object[] elements) {
    Class<?> component = elements.getClass().getComponentType();
    Class<?> only = component == Object.class ? null : component;
    if (elements.length > MOST || (only != null && !ELEMENTS.contains(only))) {
      return false;
    }
    for (Object element : elements) {
      if (element != null) {
        only = only == null ? element.getClass() : only;
        if (element.getClass() != only
            || !ELEMENTS.contains(only)
            || (element instanceof String text && !isPlain(text))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Without what some encoding of a driver's may refuse. */
  private static boolean isPlain(String text) {
    return text.length() <= MOST
        && text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
  }
}
