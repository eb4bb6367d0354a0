package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.TextValues;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a float8 column, with the server's text where it sent one. Immutable and
 * thread-safe.
 */
final class Float8Column extends PgColumn {

  private final DoubleValues values;
  private final @Nullable TextValues texts;

  Float8Column(DoubleValues values, @Nullable TextValues texts, PgType type) {
    super(values, type);
    this.values = values;
    this.texts = texts;
  }

  @Override
  public Portable portable() {
    Portable own =
        portable(DoubleValues.class, (numbers, sent) -> new Float8Column(numbers, null, sent));
    return texts == null
        ? own
        : new Portable(
            own.form() + "written",
            own.transfer(),
            List.of(values, texts),
            (parts, transfer) ->
                new Float8Column(
                    (DoubleValues) parts.get(0),
                    (TextValues) parts.get(1),
                    type.sent(transfer == 1)));
  }

  @Override
  String text(int row) {
    return texts == null ? Double.toString(values.get(row)) : texts.get(row);
  }

  @Override
  public double getDouble(int row) {
    return values.get(row);
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    return texts == null
        ? isOne(values.get(row), String.valueOf(values.get(row)))
        : super.getBoolean(row);
  }

  @Override
  byte[] binaryForm(int row) {
    return ByteBuffer.allocate(Double.BYTES).putDouble(values.get(row)).array();
  }

  @Override
  public long bytes() {
    return super.bytes() + (texts == null ? 0 : texts.bytes());
  }
}
