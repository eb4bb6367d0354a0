package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tables and columns as they are told apart without a catalogue: by their last name, whatever its
 * case, so that two schemas' tables of one name are one. Stateless.
 */
final class SimpleNames {

  private SimpleNames() {}

  /**
   * @param text a name as SQL would write it
   */
  static TableName table(String text) {
    return new TableName("", last(text));
  }

  /**
   * @param text a name as SQL would write it
   */
  static String column(String text) {
    return last(text);
  }

  /** The hash of a value that every database compares alike; null for any other. */
  static @Nullable Integer hash(Object value) {
    if (value instanceof UUID id) {
      return ValueHash.of(id);
    }
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    return whole ? ValueHash.of(((Number) value).longValue()) : null;
  }

  private static String last(String text) {
    String last = text.substring(text.lastIndexOf('.') + 1).strip();
    boolean quoted = last.length() > 1 && "\"`[".indexOf(last.charAt(0)) >= 0;
    String name = quoted ? last.substring(1, last.length() - 1) : last;
    return name.toLowerCase(Locale.ROOT);
  }
}
