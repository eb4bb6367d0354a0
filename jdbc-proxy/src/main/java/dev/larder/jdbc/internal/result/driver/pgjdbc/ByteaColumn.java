package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Portable;

/** The values of a bytea column. Immutable and thread-safe. */
final class ByteaColumn extends PgColumn {

  private final ByteValues values;
  private final boolean escaped;

  /**
   * @param escaped whether the server spelled the bytes as bytea_output=escape has it
   */
  ByteaColumn(ByteValues values, PgType type, boolean escaped) {
    super(values, type);
    this.values = values;
    this.escaped = escaped;
  }

  @Override
  public Portable portable() {
    Portable own =
        portable(ByteValues.class, (bytes, sent) -> new ByteaColumn(bytes, sent, escaped));
    return new Portable(own.form() + escaped, own.transfer(), own.parts(), own.maker());
  }

  @Override
  String text(int row) {
    return escaped ? escape(row) : hex(row);
  }

  private String escape(int row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length(row); i++) {
      int value = values.at(row, i) & 0xFF;
      if (value == '\\') {
        text.append("\\\\");
      } else if (value < ' ' || value > '~') {
        text.append('\\')
            .append((char) ('0' + (value >> 6)))
            .append((char) ('0' + (value >> 3 & 7)))
            .append((char) ('0' + (value & 7)));
      } else {
        text.append((char) value);
      }
    }
    return text.toString();
  }

  private String hex(int row) {
    int length = values.length(row);
    StringBuilder text = new StringBuilder(2 + 2 * length).append("\\x");
    for (int i = 0; i < length; i++) {
      int value = values.at(row, i);
      text.append(Character.forDigit(value >> 4 & 0xF, 16));
      text.append(Character.forDigit(value & 0xF, 16));
    }
    return text.toString();
  }

  @Override
  public byte[] getBytes(int row) {
    return values.get(row);
  }
}
