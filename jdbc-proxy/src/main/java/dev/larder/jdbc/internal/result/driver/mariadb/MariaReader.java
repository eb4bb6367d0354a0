package dev.larder.jdbc.internal.result.driver.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.DecimalReader;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.PackedTimestamp;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.TimestampReader;
import dev.larder.jdbc.internal.result.column.Values;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.DataType;

/** Chooses how a Connector/J column is read and packed. Stateless and thread-safe. */
final class MariaReader {

  /*
   * The driver decodes each value from the bytes of the text protocol, by a decoder made for its
   * column. A column holds those bytes, or something they can be written back from, and a decoder
   * made from what the metadata says.
   */

  private static final int BINARY = 63;
  private static final int UTF8MB4 = 45;
  private static final int UNSIGNED = 32;
  private static final DateTimeFormatter LATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private MariaReader() {}

  private interface Cell<V extends Values> {
    int read(ResultSet live, int index, V values) throws SQLException;
  }

  private interface Finisher<V extends Values> {
    Column column(V values);
  }

  /** A reader for a column, or null where its type cannot be reproduced. */
  static @Nullable ColumnReader of(ResultSetMetaData metaData, int index, MariaContext context)
      throws SQLException {
    String name = metaData.getColumnTypeName(index).toUpperCase(Locale.ROOT);
    int flags = 0;
    if (name.endsWith(" UNSIGNED")) {
      flags = UNSIGNED;
      name = name.substring(0, name.length() - " UNSIGNED".length());
    }
    int digits = metaData.getScale(index);
    boolean yesOrNo = metaData.getColumnClassName(index).equals("java.lang.Boolean");
    return switch (name) {
      case "TINYINT" -> whole(decoder(DataType.TINYINT, flags, BINARY, 4, 0), context);
      case "BOOLEAN" -> whole(decoder(DataType.TINYINT, 0, BINARY, 1, 0), context);
      case "SMALLINT" -> whole(decoder(DataType.SMALLINT, flags, BINARY, 6, 0), context);
      case "MEDIUMINT" -> whole(decoder(DataType.MEDIUMINT, flags, BINARY, 9, 0), context);
      case "INTEGER" -> whole(decoder(DataType.INTEGER, flags, BINARY, 11, 0), context);
      case "BIGINT" -> whole(decoder(DataType.BIGINT, flags, BINARY, 20, 0), context);
      case "DECIMAL" ->
          decimal(
              decoder(DataType.DECIMAL, flags, BINARY, metaData.getPrecision(index), digits),
              context);
      case "FLOAT" -> text(decoder(DataType.FLOAT, flags, BINARY, 12, digits), context);
      case "DOUBLE" -> text(decoder(DataType.DOUBLE, flags, BINARY, 22, digits), context);
      case "BIT" -> bit(metaData, index, yesOrNo, context);
      case "CHAR" -> text(decoder(DataType.STRING, 0, UTF8MB4, 1020, 0), context);
      case "VARCHAR" -> text(decoder(DataType.VARSTRING, 0, UTF8MB4, 1020, 0), context);
      case "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT", "JSON" ->
          text(decoder(DataType.BLOB, 0, UTF8MB4, 65535 * 4, 0), context);
      case "BINARY" -> bytes(decoder(DataType.STRING, 0, BINARY, 255, 0), context);
      case "VARBINARY" -> bytes(decoder(DataType.VARSTRING, 0, BINARY, 255, 0), context);
      case "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" ->
          bytes(decoder(DataType.BLOB, 0, BINARY, 65535, 0), context);
      case "DATE" -> date(decoder(DataType.DATE, 0, BINARY, 10, 0), context);
      case "TIME" -> text(decoder(DataType.TIME, 0, BINARY, 10, digits), context);
      case "YEAR" ->
          text(decoder(DataType.YEAR, 0, BINARY, metaData.getPrecision(index), 0), context);
      case "TIMESTAMP", "DATETIME" ->
          context.configuration().preserveInstants()
              ? null
              : moment(decoder(DataType.valueOf(name), 0, BINARY, 19, digits), digits, context);
      case "UUID" -> text(uuid(), context);
      default -> null;
    };
  }

  /** BIT is a type of its own, and what a setting calls TINYINT(1). */
  private static @Nullable ColumnReader bit(
      ResultSetMetaData metaData, int index, boolean yesOrNo, MariaContext context)
      throws SQLException {
    if (yesOrNo && !context.configuration().transformedBitIsBoolean()) {
      return whole(decoder(DataType.TINYINT, 0, BINARY, 1, 0), context);
    }
    return bytes(decoder(DataType.BIT, UNSIGNED, BINARY, metaData.getPrecision(index), 0), context);
  }

  /** The decoder the driver makes for a column that a server describes like this. */
  private static ColumnDecoder decoder(
      DataType type, int flags, int charset, int length, int decimals) {
    return decoder(type, flags, charset, length, decimals, "");
  }

  private static ColumnDecoder uuid() {
    return decoder(DataType.STRING, 0, UTF8MB4, 144, 0, "uuid");
  }

  private static ColumnDecoder decoder(
      DataType type, int flags, int charset, int length, int decimals, String extendedType) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(3);
    packet.writeBytes("def".getBytes(US_ASCII));
    for (int i = 0; i < 5; i++) {
      // Schema, table and column names: the decoders do not read them.
      packet.write(0);
    }
    if (extendedType.isEmpty()) {
      packet.write(0);
    } else {
      packet.write(extendedType.length() + 2);
      packet.write(0);
      packet.write(extendedType.length());
      packet.writeBytes(extendedType.getBytes(US_ASCII));
    }
    packet.write(12);
    packet.write(charset);
    packet.write(charset >> 8);
    for (int shift = 0; shift < 32; shift += 8) {
      packet.write(length >> shift);
    }
    packet.write(type.get());
    packet.write(flags);
    packet.write(flags >> 8);
    packet.write(decimals);
    packet.write(0);
    packet.write(0);
    byte[] bytes = packet.toByteArray();
    return ColumnDecoder.decode(MariaFeatures.buffer(bytes));
  }

  private static <V extends Values> ColumnReader reader(
      V values, Cell<V> cell, Finisher<V> finisher) {
    return new ColumnReader() {
      @Override
      public int read(ResultSet live, int index) throws SQLException {
        return cell.read(live, index, values);
      }

      @Override
      public Column finish() {
        values.trim();
        return finisher.column(values);
      }
    };
  }

  private static ColumnReader whole(ColumnDecoder decoder, MariaContext context) {
    return new MariaIntegerReader(decoder, context);
  }

  private static ColumnReader text(ColumnDecoder decoder, MariaContext context) {
    return reader(
        new TextValues(),
        (live, index, values) -> {
          String text = live.getString(index);
          if (text == null) {
            values.addNull();
            return 1;
          }
          values.add(text);
          return 4 + text.length();
        },
        values -> new MariaColumn.Text(values, decoder, context));
  }

  private static ColumnReader date(ColumnDecoder decoder, MariaContext context) {
    return reader(
        new TextValues(),
        (live, index, values) -> {
          String text = live.getString(index);
          if (text == null) {
            values.addNull();
            return 1;
          }
          refuseYearZero(text);
          values.add(text);
          return 4 + text.length();
        },
        values -> new MariaColumn.Text(values, decoder, context));
  }

  /** The date zero is a value to some getters and NULL to others: it is left to the driver. */
  private static void refuseYearZero(String text) throws SQLException {
    if (text.startsWith("0000-")) {
      throw new SQLException("A date of the year zero", "22007");
    }
  }

  private static ColumnReader bytes(ColumnDecoder decoder, MariaContext context) {
    return reader(
        new ByteValues(),
        (live, index, values) -> {
          byte[] value = live.getBytes(index);
          if (value == null) {
            values.addNull();
            return 1;
          }
          values.add(value);
          return 4 + value.length;
        },
        values -> new MariaColumn.Bytes(values, decoder, context));
  }

  private static ColumnReader decimal(ColumnDecoder decoder, MariaContext context) {
    return new DecimalReader() {
      @Override
      protected @Nullable String text(ResultSet live, int index) throws SQLException {
        return live.getString(index);
      }

      @Override
      protected Column column(DecimalValues values) {
        return new MariaColumn.Decimal(values, decoder, context);
      }

      @Override
      protected Column column(TextValues values) {
        return new MariaColumn.Text(values, decoder, context);
      }
    };
  }

  private static ColumnReader moment(ColumnDecoder decoder, int digits, MariaContext context) {
    return new TimestampReader() {
      @Override
      protected int pack(ResultSet live, int index) throws SQLException {
        // As text the driver moves a time that the JVM's zone skips; as a local time it does not.
        LocalDateTime time = live.getObject(index, LocalDateTime.class);
        return time == null ? super.pack(live, index) : add(PackedTimestamp.pack(time));
      }

      @Override
      protected @Nullable String text(ResultSet live, int index) throws SQLException {
        LocalDateTime time = live.getObject(index, LocalDateTime.class);
        if (time == null) {
          String text = live.getString(index);
          if (text != null) {
            refuseYearZero(text);
          }
          return text;
        }
        return LATE.format(time).substring(0, digits == 0 ? 19 : 20 + digits);
      }

      @Override
      protected String text(long moment) {
        return PackedTimestamp.text(moment, digits);
      }

      @Override
      protected Column column(LongValues values) {
        return new MariaColumn.Moment(values, digits, decoder, context);
      }

      @Override
      protected Column column(TextValues values) {
        return new MariaColumn.Rewritten(values, decoder, context);
      }
    };
  }
}
