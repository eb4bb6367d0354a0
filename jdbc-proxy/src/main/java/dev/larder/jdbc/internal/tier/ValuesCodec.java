package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The form in bytes of a column's values, for a closed set of kinds. Stateless and thread-safe.
 *
 * <p>A row has one byte that says whether it is NULL only where the column has any.
 */
final class ValuesCodec {

  private ValuesCodec() {}

  /** A kind's number in the format; 0 for one that has none. */
  static int kind(Values values) {
    if (values instanceof IntValues) {
      return 1;
    } else if (values instanceof LongValues) {
      return 2;
    } else if (values instanceof DoubleValues) {
      return 3;
    } else if (values instanceof BitValues) {
      return 4;
    } else if (values instanceof TextValues) {
      return 5;
    } else if (values instanceof ByteValues) {
      return 6;
    } else {
      return values instanceof DecimalValues ? 7 : 0;
    }
  }

  /**
   * Writes the values of so many rows; those that a part of a column leaves out at its end are
   * NULL.
   *
   * @return false where one of them has no form
   */
  static boolean write(Values values, int rows, TierOutput to) {
    boolean anyNull = false;
    for (int row = 0; row < rows; row++) {
      anyNull |= isNull(values, row);
    }
    to.single(anyNull ? 1 : 0);
    for (int row = 0; row < rows; row++) {
      boolean isNull = isNull(values, row);
      if (anyNull) {
        to.single(isNull ? 1 : 0);
      }
      if (!isNull && !writeOne(values, row, to)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNull(Values values, int row) {
    return row >= values.size() || values.isNull(row);
  }

  private static boolean writeOne(Values values, int row, TierOutput to) {
    if (values instanceof IntValues ints) {
      to.number(ints.get(row));
    } else if (values instanceof LongValues longs) {
      to.number(longs.get(row));
    } else if (values instanceof DoubleValues doubles) {
      to.number(Double.doubleToRawLongBits(doubles.get(row)));
    } else if (values instanceof BitValues bits) {
      to.single(bits.get(row) ? 1 : 0);
    } else if (values instanceof ByteValues bytes) {
      to.bytes(bytes.get(row));
    } else if (values instanceof DecimalValues decimals) {
      BigDecimal value = decimals.get(row);
      to.number(value.scale());
      to.bytes(value.unscaledValue().toByteArray());
    } else if (values instanceof TextValues texts) {
      String text = texts.get(row);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      to.bytes(bytes);
      // Half of a surrogate pair has no form in UTF-8.
      return new String(bytes, StandardCharsets.UTF_8).equals(text);
    } else {
      return false;
    }
    return true;
  }

  /** Reads values of a kind. */
  static Values read(int kind, int rows, TierInput from) throws MalformedValueException {
    Values values = empty(kind);
    if (values == null) {
      throw new MalformedValueException("a kind of values that is not known");
    }
    boolean anyNull = from.single() != 0;
    for (int row = 0; row < rows; row++) {
      if (anyNull && from.single() != 0) {
        values.addNull();
      } else {
        add(values, from);
      }
    }
    values.trim();
    return values;
  }

  private static void add(Values values, TierInput from) throws MalformedValueException {
    if (values instanceof IntValues ints) {
      ints.add(from.number());
    } else if (values instanceof LongValues longs) {
      longs.add(from.longNumber());
    } else if (values instanceof DoubleValues doubles) {
      doubles.add(Double.longBitsToDouble(from.longNumber()));
    } else if (values instanceof BitValues bits) {
      bits.add(from.single() != 0);
    } else if (values instanceof ByteValues bytes) {
      bytes.add(from.bytes());
    } else if (values instanceof DecimalValues decimals) {
      int scale = from.number();
      byte[] digits = from.bytes();
      if (digits.length == 0) {
        throw new MalformedValueException("a number without digits");
      }
      decimals.add(new BigDecimal(new BigInteger(digits), scale));
    } else if (values instanceof TextValues texts) {
      texts.add(new String(from.bytes(), StandardCharsets.UTF_8));
    }
  }

  /** No values of a kind; null for a number that no kind has. */
  static @Nullable Values empty(int kind) {
    return switch (kind) {
      case 1 -> new IntValues();
      case 2 -> new LongValues();
      case 3 -> new DoubleValues();
      case 4 -> new BitValues();
      case 5 -> new TextValues();
      case 6 -> new ByteValues();
      case 7 -> new DecimalValues();
      default -> null;
    };
  }
}
