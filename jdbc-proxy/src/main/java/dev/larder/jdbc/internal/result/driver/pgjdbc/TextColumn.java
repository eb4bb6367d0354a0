package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.TextValues;

/** The values of a column as the text that the server sent. Immutable and thread-safe. */
final class TextColumn extends PgColumn {

  private final TextValues values;

  TextColumn(TextValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(TextValues.class, TextColumn::new);
  }

  @Override
  String text(int row) {
    return values.get(row);
  }
}
