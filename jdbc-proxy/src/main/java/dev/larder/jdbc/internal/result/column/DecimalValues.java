package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of decimals. As thread-safe as {@link Values}. */
public final class DecimalValues extends Values {

  /*
   * A decimal is a long and a scale as long as it fits, and most columns have one scale throughout;
   * what does not fit is kept beside.
   */
  private static final long[] NONE = {};

  private static final long FIELDS =
      3 * HeapSize.REFERENCE + Long.BYTES + Integer.BYTES + Byte.BYTES;

  /** What is kept beside, but for its digits. */
  private static final long LARGE = HeapSize.HASH_NODE + HeapSize.BOXED_INT + HeapSize.BIG_DECIMAL;

  private long[] unscaled = new long[1];

  /** The digits of a column of one row, which needs no array. */
  private long only;

  private int scale;
  private byte @Nullable [] scales;
  private @Nullable Map<Integer, BigDecimal> large;
  private boolean any;

  public void add(BigDecimal value) {
    int row = next();
    int own = value.scale();
    BigInteger digits = value.unscaledValue();
    if (digits.bitLength() > 63 || own != (byte) own) {
      if (large == null) {
        large = new HashMap<>();
      }
      large.put(row, value);
      return;
    }
    put(row, digits.longValue(), own);
  }

  /** Appends a decimal of at most 18 digits, as {@link BigDecimal#valueOf(long, int)} means it. */
  public void add(long digits, int own) {
    put(next(), digits, own);
  }

  private void put(int row, long digits, int own) {
    unscaled[row] = digits;
    if (!any) {
      any = true;
      scale = own;
    }
    if (scales == null && own != scale) {
      scales = new byte[unscaled.length];
      Arrays.fill(scales, (byte) scale);
    }
    if (scales != null) {
      scales[row] = (byte) own;
    }
  }

  public BigDecimal get(int row) {
    if (large != null) {
      BigDecimal value = large.get(row);
      if (value != null) {
        return value;
      }
    }
    return BigDecimal.valueOf(
        unscaled.length == 0 ? only : unscaled[row], scales == null ? scale : scales[row]);
  }

  @Override
  void reserve(int row) {
    if (row >= unscaled.length) {
      unscaled = Arrays.copyOf(unscaled, grown(unscaled.length));
      if (scales != null) {
        scales = Arrays.copyOf(scales, unscaled.length);
      }
    }
  }

  @Override
  public void trim() {
    super.trim();
    if (size() == 1) {
      only = unscaled[0];
      unscaled = NONE;
    } else {
      unscaled = Arrays.copyOf(unscaled, size());
    }
    if (scales != null) {
      scales = Arrays.copyOf(scales, size());
    }
  }

  @Override
  public long bytes() {
    long sum = super.bytes() + FIELDS;
    sum += unscaled == NONE ? 0 : HeapSize.array(unscaled.length, Long.BYTES);
    if (scales != null) {
      sum += HeapSize.array(scales.length, Byte.BYTES);
    }
    if (large != null) {
      for (BigDecimal value : large.values()) {
        sum += LARGE + HeapSize.array(value.unscaledValue().bitLength() / Byte.SIZE, Byte.BYTES);
      }
    }
    return sum;
  }
}
