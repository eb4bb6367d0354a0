package dev.larder.jdbc.internal.result.driver.mariadb;

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
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.DataType;

/**
 * The readers of Connector/J columns, one for each way in which their values are packed. Stateless
 * and thread-safe.
 */
final class MariaReader {

  /*
   * The driver decodes each value from the bytes of the text protocol, by a decoder made for its
   * column. A column holds those bytes, or something they can be written back from, and a decoder
   * made from what the metadata says.
   */

  /** What a server appends to the names of types. */
  private static final String UNSIGNED = " UNSIGNED";

  /*
   * The lengths as a server sends them: for numbers and times the widths in which it shows them
   * where none is declared, for strings and blobs a usual one. The decoders read them only to know
   * a boolean, which is a TINYINT of width 1.
   */
  private static final int BOOLEAN_WIDTH = 1;
  private static final int TINYINT_WIDTH = "-128".length();
  private static final int SMALLINT_WIDTH = "-32768".length();
  private static final int MEDIUMINT_WIDTH = "-16777216".length();
  private static final int INTEGER_WIDTH = "-2147483648".length();
  private static final int BIGINT_WIDTH = "-9223372036854775808".length();
  private static final int FLOAT_WIDTH = 12;
  private static final int DOUBLE_WIDTH = 22;
  private static final int DATE_WIDTH = "2024-05-06".length();
  private static final int TIME_WIDTH = "-838:59:59".length();
  private static final int DATETIME_WIDTH = "2024-05-06 07:08:09".length();
  private static final int UUID_LENGTH = 36;
  private static final int STRING_LENGTH = 255;
  private static final int BLOB_LENGTH = 65_535;

  private static final DateTimeFormatter DATETIME =
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
    boolean unsigned = name.endsWith(UNSIGNED);
    if (unsigned) {
      name = name.substring(0, name.length() - UNSIGNED.length());
    }
    int precision = metaData.getPrecision(index);
    int digits = metaData.getScale(index);
    boolean isBoolean = metaData.getColumnClassName(index).equals(Boolean.class.getName());
    return switch (name) {
      case "TINYINT" -> integer(number(DataType.TINYINT, TINYINT_WIDTH, unsigned), context);
      case "BOOLEAN" -> integer(number(DataType.TINYINT, BOOLEAN_WIDTH, false), context);
      case "SMALLINT" -> integer(number(DataType.SMALLINT, SMALLINT_WIDTH, unsigned), context);
      case "MEDIUMINT" -> integer(number(DataType.MEDIUMINT, MEDIUMINT_WIDTH, unsigned), context);
      case "INTEGER" -> integer(number(DataType.INTEGER, INTEGER_WIDTH, unsigned), context);
      case "BIGINT" -> integer(number(DataType.BIGINT, BIGINT_WIDTH, unsigned), context);
      case "DECIMAL" ->
          decimal(number(DataType.DECIMAL, precision, unsigned).decimals(digits), context);
      case "FLOAT" -> text(number(DataType.FLOAT, FLOAT_WIDTH, unsigned).decimals(digits), context);
      case "DOUBLE" ->
          text(number(DataType.DOUBLE, DOUBLE_WIDTH, unsigned).decimals(digits), context);
      case "BIT" -> bit(precision, isBoolean, context);
      case "CHAR" -> text(MariaColumnDefinition.ofText(DataType.STRING, STRING_LENGTH), context);
      case "VARCHAR" ->
          text(MariaColumnDefinition.ofText(DataType.VARSTRING, STRING_LENGTH), context);
      case "JSON" ->
          // A type of its own on MySQL, which the driver reads otherwise; on MariaDB it is a text.
          context.isMariaDb()
              ? text(MariaColumnDefinition.ofText(DataType.BLOB, BLOB_LENGTH), context)
              : null;
      case "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT" ->
          text(MariaColumnDefinition.ofText(DataType.BLOB, BLOB_LENGTH), context);
      case "BINARY" -> bytes(MariaColumnDefinition.of(DataType.STRING, STRING_LENGTH), context);
      case "VARBINARY" ->
          bytes(MariaColumnDefinition.of(DataType.VARSTRING, STRING_LENGTH), context);
      case "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" ->
          bytes(MariaColumnDefinition.of(DataType.BLOB, BLOB_LENGTH), context);
      case "DATE" -> date(MariaColumnDefinition.of(DataType.DATE, DATE_WIDTH), context);
      case "TIME" ->
          text(MariaColumnDefinition.of(DataType.TIME, TIME_WIDTH).decimals(digits), context);
      case "YEAR" -> text(MariaColumnDefinition.of(DataType.YEAR, precision), context);
      case "TIMESTAMP", "DATETIME" ->
          context.configuration().preserveInstants()
              ? null
              : timestamp(DataType.valueOf(name), digits, context);
      case "UUID" ->
          text(MariaColumnDefinition.ofText(DataType.STRING, UUID_LENGTH).named("uuid"), context);
      case "GEOMETRY" -> bytes(MariaColumnDefinition.of(DataType.GEOMETRY, BLOB_LENGTH), context);
      case "POINT",
          "LINESTRING",
          "POLYGON",
          "MULTIPOINT",
          "MULTILINESTRING",
          "MULTIPOLYGON",
          "GEOMETRYCOLLECTION" ->
          bytes(
              MariaColumnDefinition.of(DataType.GEOMETRY, BLOB_LENGTH)
                  .named(name.toLowerCase(Locale.ROOT)),
              context);
      default -> null;
    };
  }

  private static MariaColumnDefinition number(DataType type, int width, boolean unsigned) {
    return MariaColumnDefinition.of(type, width).unsigned(unsigned);
  }

  /** BIT is a type of its own, and what a setting calls TINYINT(1). */
  private static ColumnReader bit(int bits, boolean isBoolean, MariaContext context) {
    return isBoolean && !context.configuration().transformedBitIsBoolean()
        ? integer(number(DataType.TINYINT, BOOLEAN_WIDTH, false), context)
        : bytes(number(DataType.BIT, bits, true), context);
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

  private static ColumnReader integer(MariaColumnDefinition definition, MariaContext context) {
    return new MariaIntegerReader(definition.decoder(), context);
  }

  private static ColumnReader text(MariaColumnDefinition definition, MariaContext context) {
    ColumnDecoder decoder = definition.decoder();
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

  private static ColumnReader date(MariaColumnDefinition definition, MariaContext context) {
    ColumnDecoder decoder = definition.decoder();
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

  private static ColumnReader bytes(MariaColumnDefinition definition, MariaContext context) {
    ColumnDecoder decoder = definition.decoder();
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

  private static ColumnReader decimal(MariaColumnDefinition definition, MariaContext context) {
    ColumnDecoder decoder = definition.decoder();
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

  private static ColumnReader timestamp(DataType type, int digits, MariaContext context) {
    ColumnDecoder decoder =
        MariaColumnDefinition.of(type, DATETIME_WIDTH).decimals(digits).decoder();
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
        return DATETIME
            .format(time)
            .substring(0, digits == 0 ? DATETIME_WIDTH : DATETIME_WIDTH + 1 + digits);
      }

      @Override
      protected String text(long timestamp) {
        return PackedTimestamp.text(timestamp, digits);
      }

      @Override
      protected Column column(LongValues values) {
        return new MariaColumn.Datetime(values, digits, decoder, context);
      }

      @Override
      protected Column column(TextValues values) {
        return new MariaColumn.Rewritten(values, decoder, context);
      }
    };
  }
}
