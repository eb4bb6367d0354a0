package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ValueHash;
import dev.larder.jdbc.internal.bind.ArrayElements;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of column of which it is known which values the database holds for equal. Immutable and
 * thread-safe.
 *
 * <p>Left out is whatever compares by rules that Java does not have: collations that ignore case,
 * padding that counts, numbers that are rounded when they are stored, moments that depend on a time
 * zone. And a value of a class that the database would convert first has no hash.
 */
public enum ColumnKind {
  /** Integers of any width. */
  WHOLE_NUMBER(ArrayElements.Type.WHOLE_NUMBERS) {
    @Override
    long hashed(Object value) {
      if (value instanceof Integer || value instanceof Long) {
        return ValueHash.of(((Number) value).longValue());
      }
      Long number = wholeNumber(value);
      return number == null ? UNTOLD : ValueHash.of(number.longValue());
    }

    @Override
    @Nullable Object literal(String spelled) {
      return DIGITS.matcher(spelled).matches() ? Long.valueOf(spelled) : null;
    }
  },

  /** Texts that are equal if their characters are. */
  TEXT(ArrayElements.Type.TEXTS) {
    @Override
    long hashed(Object value) {
      return value instanceof String text ? ValueHash.of(text) : UNTOLD;
    }

    @Override
    @Nullable Object literal(String spelled) {
      return text(spelled);
    }
  },

  /** UUIDs. */
  UUID(ArrayElements.Type.UUIDS) {
    @Override
    long hashed(Object value) {
      return value instanceof UUID id ? ValueHash.of(id) : UNTOLD;
    }

    @Override
    @Nullable Object literal(String spelled) {
      String text = text(spelled);
      return text != null && UUID_TEXT.matcher(text).matches()
          ? java.util.UUID.fromString(text.toLowerCase(Locale.ROOT))
          : null;
    }
  };

  /** No hash is this. */
  static final long UNTOLD = Long.MIN_VALUE;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SIGNED = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final ArrayElements.Type elements;

  ColumnKind(ArrayElements.Type elements) {
    this.elements = elements;
  }

  /** The type of an array whose elements are compared with such a column as single values are. */
  ArrayElements.Type elements() {
    return elements;
  }

  /**
   * The hash of a value that a parameter was set to, or {@link #UNTOLD} where that says too little:
   * a number and no object, because each write and each row of a batch asks.
   */
  abstract long hashed(Object value);

  /** The same, or null where the value says too little. */
  final @Nullable Integer hash(Object value) {
    long hash = hashed(value);
    return hash == UNTOLD ? null : Integer.valueOf((int) hash);
  }

  /**
   * A value as it is equal to another in Java if the database holds them for equal; null where that
   * is not told.
   */
  final @Nullable Object comparable(Object value) {
    if (this == WHOLE_NUMBER) {
      return wholeNumber(value);
    }
    if (hashed(value) == UNTOLD) {
      return null;
    }
    // What no database takes as a text is for it to refuse.
    return value instanceof String text && !isPlain(text) ? null : value;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** The value of a literal as a text spells it, or null where that depends on more. */
  abstract @Nullable Object literal(String spelled);

  /**
   * The hash of a value as an application names it, or as a source prints it without quotes; null
   * where it is none of this kind.
   */
  public @Nullable Integer hashOfNamed(Object value) {
    if (value instanceof String text && this == WHOLE_NUMBER) {
      return SIGNED.matcher(text).matches() ? hash(Long.valueOf(text)) : null;
    }
    if (value instanceof String text && this == UUID) {
      Object read = literal("'" + text + "'");
      return read == null ? null : hash(read);
    }
    return hash(value);
  }

  static @Nullable Long wholeNumber(Object value) {
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    try {
      if (value instanceof BigInteger large) {
        return large.longValueExact();
      }
      return value instanceof BigDecimal decimal ? decimal.longValueExact() : null;
    } catch (ArithmeticException outOfRangeOrFraction) {
      return null;
    }
  }

  /** The content of a string in plain single quotes; any other spelling depends on the session. */
  private static @Nullable String text(String spelled) {
    int last = spelled.length() - 1;
    boolean plain =
        last > 0
            && spelled.charAt(0) == '\''
            && spelled.charAt(last) == '\''
            && spelled.indexOf('\\') < 0;
    return plain ? spelled.substring(1, last).replace("''", "'") : null;
  }
}
