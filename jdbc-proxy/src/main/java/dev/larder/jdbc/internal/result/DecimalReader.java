package dev.larder.jdbc.internal.result;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column of decimals from their text, packed, or from the first value that is no plain
 * number (NaN, Infinity) on as text. For one thread.
 */
abstract class DecimalReader extends ColumnReader {

  private final DecimalValues decimals = new DecimalValues();
  private @Nullable TextValues texts;

  /** The server's text for the value, or null for NULL. */
  abstract @Nullable String text(ResultSet live, int index) throws SQLException;

  abstract Column column(DecimalValues values);

  abstract Column column(TextValues values);

  @Override
  final int read(ResultSet live, int index) throws SQLException {
    String text = text(live, index);
    TextValues written = texts;
    if (written == null) {
      if (text == null) {
        decimals.addNull();
        return 1;
      }
      if (addDecimal(text)) {
        return 9;
      }
      written = rewritten();
      texts = written;
    }
    if (text == null) {
      written.addNull();
      return 1;
    }
    written.add(text);
    return 4 + text.length();
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
      decimals.add(new BigDecimal(text));
    } else {
      decimals.add(negative ? -digits : digits, scale);
    }
    return true;
  }

  private TextValues rewritten() {
    TextValues written = new TextValues();
    for (int row = 0; row < decimals.size(); row++) {
      if (decimals.isNull(row)) {
        written.addNull();
      } else {
        written.add(decimals.get(row).toPlainString());
      }
    }
    return written;
  }

  @Override
  final Column finish() {
    TextValues written = texts;
    if (written != null) {
      written.trim();
      return column(written);
    }
    decimals.trim();
    return column(decimals);
  }
}
