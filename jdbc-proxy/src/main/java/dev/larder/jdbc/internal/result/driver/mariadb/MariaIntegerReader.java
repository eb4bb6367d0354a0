package dev.larder.jdbc.internal.result.driver.mariadb;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;

/**
 * Reads an integer column as longs, or from the first value whose text is another than the number's
 * (ZEROFILL, unsigned beyond a long) on as text. For one thread.
 */
final class MariaIntegerReader extends ColumnReader {

  private final ColumnDecoder decoder;
  private final MariaContext context;
  private final LongValues numbers = new LongValues();
  private @Nullable TextValues texts;

  MariaIntegerReader(ColumnDecoder decoder, MariaContext context) {
    this.decoder = decoder;
    this.context = context;
  }

  @Override
  public int read(ResultSet live, int index) throws SQLException {
    String text = live.getString(index);
    TextValues written = texts;
    if (written == null) {
      if (text == null) {
        numbers.addNull();
        return 1;
      }
      if (isPlain(text)) {
        numbers.add(Long.parseLong(text));
        return 8;
      }
      written = new TextValues();
      for (int row = 0; row < numbers.size(); row++) {
        if (numbers.isNull(row)) {
          written.addNull();
        } else {
          written.add(Long.toString(numbers.get(row)));
        }
      }
      texts = written;
    }
    if (text == null) {
      written.addNull();
      return 1;
    }
    written.add(text);
    return 4 + text.length();
  }

  private static boolean isPlain(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int digits = length - start;
    if (digits == 0 || digits > 18) {
      return false;
    }
    char first = text.charAt(start);
    return first != '0' ? first > '0' && first <= '9' : length == 1;
  }

  @Override
  public Column finish() {
    TextValues written = texts;
    if (written != null) {
      written.trim();
      return new MariaColumn.Text(written, decoder, context);
    }
    numbers.trim();
    return new MariaColumn.Int(numbers, decoder, context);
  }
}
