package dev.larder.jdbc.internal.bind;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array parameter of one dimension, and what the database takes them for. Not to
 * be kept: they may be the application's own.
 *
 * @param values those that are not null
 * @param hasNull whether there are others
 * @param type what is known of the type that the elements have in the database
 */
public record ArrayElements(List<Object> values, boolean hasNull, Type type) {

  /** A type of elements. */
  public enum Type {
    /** Integers of any width, or numbers that are sent as what they are. */
    WHOLE_NUMBERS,
    /** Texts that are compared as they are, but for a collation. */
    TEXTS,
    UUIDS,
    /** Whatever else: a name that some users may have given to a type of their own, too. */
    OTHER
  }

  /** The most elements that are looked at one by one. */
  private static final int MOST = 1_000;

  private static final Set<String> WHOLE_NUMBERS =
      Set.of("int2", "int4", "int8", "smallint", "integer", "int", "bigint");

  private static final Set<String> TEXTS = Set.of("text", "varchar");

  private static final Set<Class<?>> WHOLE_NUMBER_ARRAYS =
      Set.of(
          Integer[].class, Long[].class, Short[].class, int[].class, long[].class, short[].class);

  public ArrayElements {
    values = List.copyOf(values);
  }

  /** The elements of what a parameter was set to; null where that is no array of one dimension. */
  static @Nullable ArrayElements of(Object value) {
    if (value instanceof ArrayValue array) {
      return of(array.elements(), named(array.typeName()));
    }
    return value.getClass().isArray() ? of(value, typeOf(value.getClass())) : null;
  }

  private static @Nullable ArrayElements of(Object array, Type type) {
    int length = Array.getLength(array);
    if (length > MOST) {
      return null;
    }
    List<Object> values = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      Object element = Array.get(array, i);
      if (element != null) {
        if (element.getClass().isArray()) {
          return null;
        }
        values.add(element);
      }
    }
    return new ArrayElements(values, values.size() < length, type);
  }

  /** By the name of a type as the drivers spell those of the product. */
  private static Type named(String typeName) {
    if (WHOLE_NUMBERS.contains(typeName)) {
      return Type.WHOLE_NUMBERS;
    } else if (TEXTS.contains(typeName)) {
      return Type.TEXTS;
    }
    return typeName.equals("uuid") ? Type.UUIDS : Type.OTHER;
  }

  /** By the class of the array, from which a driver takes the type where no name is given. */
  private static Type typeOf(Class<?> array) {
    if (WHOLE_NUMBER_ARRAYS.contains(array)) {
      return Type.WHOLE_NUMBERS;
    } else if (array == String[].class) {
      return Type.TEXTS;
    }
    return array == java.util.UUID[].class ? Type.UUIDS : Type.OTHER;
  }
}
