package dev.larder.jdbc.internal.result.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a column that packs, or is text from the first value on that does not. For one
 * thread.
 *
 * @param <V> what the values are packed into
 */
public abstract class PackedReader<V extends Values> extends ColumnReader {

  protected final V packed;
  private @Nullable TextValues texts;

  PackedReader(V packed) {
    this.packed = packed;
  }

  /**
   * Adds the current row's value, or NULL, and says how many bytes it takes; adds nothing and says
   * 0 where it does not pack.
   */
  protected int pack(ResultSet live, int index) throws SQLException {
    String text = text(live, index);
    if (text == null) {
      packed.addNull();
      return 1;
    }
    return pack(text);
  }

  /** The same for the text of a value. */
  protected abstract int pack(String text);

  /** The server's text for the value, or null for NULL. */
  protected abstract @Nullable String text(ResultSet live, int index) throws SQLException;

  /** That text again, of a row that was packed. */
  protected abstract String text(int row);

  protected abstract Column column(V values);

  protected abstract Column column(TextValues values);

  @Override
  public final int read(ResultSet live, int index) throws SQLException {
    TextValues written = texts;
    if (written == null) {
      int bytes = pack(live, index);
      if (bytes > 0) {
        return bytes;
      }
      written = rewritten();
      texts = written;
    }
    String text = text(live, index);
    if (text == null) {
      written.addNull();
      return 1;
    }
    written.add(text);
    return 4 + text.length();
  }

  private TextValues rewritten() {
    TextValues written = new TextValues();
    for (int row = 0; row < packed.size(); row++) {
      if (packed.isNull(row)) {
        written.addNull();
      } else {
        written.add(text(row));
      }
    }
    return written;
  }

  @Override
  public final Column finish() {
    TextValues written = texts;
    if (written != null) {
      written.trim();
      return column(written);
    }
    packed.trim();
    return column(packed);
  }
}
