package dev.larder.jdbc.internal.result.driver.mariadb;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import java.util.List;
import org.mariadb.jdbc.client.ColumnDecoder;

/** Takes captured columns apart, and makes others of the same form. Stateless and thread-safe. */
final class MariaColumnForm {

  private MariaColumnForm() {}

  /**
   * A column taken apart: beside its values its answers follow from how they are kept, from what
   * the decoder was made of, and from the driver's settings.
   */
  static Portable portable(
      MariaColumn column, Values values, ColumnDecoder decoder, MariaContext settings) {
    Class<? extends MariaColumn> kept = column.getClass();
    String form =
        String.join(
            "|",
            kept.getSimpleName(),
            decoder.getClass().getName(),
            String.valueOf(decoder.getType()),
            String.valueOf(decoder.getColumnLength()),
            String.valueOf(decoder.getDecimals()),
            String.valueOf(decoder.isSigned()),
            String.valueOf(decoder.getFlags()),
            String.valueOf(decoder.isBinary()),
            settings.text());
    return new Portable(
        form, 0, List.of(values), (parts, transfer) -> made(kept, parts.get(0), decoder, settings));
  }

  private static Column made(
      Class<? extends MariaColumn> kept,
      Values values,
      ColumnDecoder decoder,
      MariaContext settings) {
    if (kept == MariaColumn.Int.class) {
      return new MariaColumn.Int((LongValues) values, decoder, settings);
    } else if (kept == MariaColumn.Decimal.class) {
      return new MariaColumn.Decimal((DecimalValues) values, decoder, settings);
    } else if (kept == MariaColumn.Bytes.class) {
      return new MariaColumn.Bytes((ByteValues) values, decoder, settings);
    } else if (kept == MariaColumn.Datetime.class) {
      int digits = decoder.getDecimals();
      return new MariaColumn.Datetime((LongValues) values, digits, decoder, settings);
    } else if (kept == MariaColumn.Rewritten.class) {
      return new MariaColumn.Rewritten((TextValues) values, decoder, settings);
    } else {
      return new MariaColumn.Text((TextValues) values, decoder, settings);
    }
  }
}
