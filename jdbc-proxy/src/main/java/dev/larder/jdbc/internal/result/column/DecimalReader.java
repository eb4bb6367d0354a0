package dev.larder.jdbc.internal.result.column;

import java.math.BigDecimal;

/**
 * The reader of a column of decimals, packed; what is no plain number (NaN, Infinity) does not
 * pack. For one thread.
 */
public abstract class DecimalReader extends PackedReader<DecimalValues> {

  protected DecimalReader() {
    super(new DecimalValues());
  }

  @Override
  protected final int pack(String text) {
    return addDecimal(text) ? 9 : 0;
  }

  @Override
  protected final String text(int row) {
    return packed.get(row).toPlainString();
  }

  /** Adds a number as the server writes it: digits, with a point, with a sign. */
  private boolean addDecimal(String text) {
    int length = text.length();
    long digits = 0;
    int scale = 0;
    boolean point = false;
    boolean negative = length > 0 && text.charAt(0) == '-';
    for (int i = negative ? 1 : 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        point = true;
      } else if (c < '0' || c > '9') {
        return false;
      } else {
        digits = digits * 10 + (c - '0');
        scale += point ? 1 : 0;
      }
    }
    if (negative && digits == 0 && length <= 18) {
      return false;
    }
    if (length > 18) {
      packed.add(new BigDecimal(text));
    } else {
      packed.add(negative ? -digits : digits, scale);
    }
    return true;
  }
}
