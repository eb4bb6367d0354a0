package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column of timestamps from their text, packed, or from the first value that does not pack
 * (infinity, years of five digits or before Christ) on as text. For one thread.
 */
abstract class MomentReader extends ColumnReader {

  private final LongValues moments = new LongValues();
  private @Nullable TextValues texts;

  /** The server's text for the value, or null for NULL. */
  abstract @Nullable String text(ResultSet live, int index) throws SQLException;

  /** That text again. */
  abstract String text(long packed);

  abstract Column column(LongValues values);

  abstract Column column(TextValues values);

  @Override
  final int read(ResultSet live, int index) throws SQLException {
    String text = text(live, index);
    TextValues written = texts;
    if (written == null) {
      if (text == null) {
        moments.addNull();
        return 1;
      }
      long packed = PackedMoment.pack(text);
      if (packed != PackedMoment.UNPACKABLE) {
        moments.add(packed);
        return 8;
      }
      written = new TextValues();
      for (int row = 0; row < moments.size(); row++) {
        if (moments.isNull(row)) {
          written.addNull();
        } else {
          written.add(text(moments.get(row)));
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

  @Override
  final Column finish() {
    TextValues written = texts;
    if (written != null) {
      written.trim();
      return column(written);
    }
    moments.trim();
    return column(moments);
  }
}
