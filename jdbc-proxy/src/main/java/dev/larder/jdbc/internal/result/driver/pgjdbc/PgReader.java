package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.DateReader;
import dev.larder.jdbc.internal.result.column.DecimalReader;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.PackedTimestamp;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.TimestampReader;
import dev.larder.jdbc.internal.result.column.Values;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgResultSet;

/**
 * The readers of pgjdbc columns, one for each way in which their values are packed. Stateless and
 * thread-safe.
 */
final class PgReader {

  /*
   * In text transfer every getter of the driver works on the server's text, so that text, or
   * something it can be written back from, is all a column holds. In binary transfer (from the
   * fifth execution of a prepared statement on) some of the driver's own answers change: floating
   * point reads "100000.0" for "100000", getBytes gives the server's binary form, and getters that
   * convert from another type refuse. A snapshot taken then answers as the text would have, save
   * where that text cannot be known: floating point, and the offset of a timestamptz where the
   * server's and the JVM's time zone rules differ. There it answers as binary transfer does.
   */

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  /** Types whose values are something else than their text. */
  private static final Set<String> UNKEPT = Set.of("refcursor", "unknown");

  private PgReader() {}

  private interface Cell<V extends Values> {
    int read(ResultSet live, int index, V values) throws SQLException;
  }

  private interface Finisher<V extends Values> {
    Column column(V values);
  }

  private interface BinaryFinisher {
    /**
     * @param binary null where the server sent text
     */
    Column column(TextValues text, @Nullable ByteValues binary);
  }

  /**
   * What is to be known of a column: {@code last}, if that is still true of it; null where the
   * driver does not know the type.
   *
   * @param last what was known of the same column of an earlier answer to the same text
   */
  static @Nullable PgType type(
      PgResultSet result, ResultSetMetaData metaData, int index, @Nullable PgType last)
      throws SQLException {
    int oid = result.getColumnOID(index);
    boolean binary = metaData.unwrap(PGResultSetMetaData.class).getFormat(index) == 1;
    int precision = metaData.getPrecision(index);
    int scale = metaData.getScale(index);
    int displaySize = metaData.getColumnDisplaySize(index);
    if (last != null
        && last.oid() == oid
        && last.binary() == binary
        && last.precision() == precision
        && last.scale() == scale
        && last.displaySize() == displaySize) {
      return last;
    }
    BaseConnection connection = connection(result);
    String name = connection.getTypeInfo().getPGType(oid);
    return name == null
        ? null
        : new PgType(
            oid,
            metaData.getColumnType(index),
            name,
            precision,
            scale,
            displaySize,
            connection.getTypeInfo().getPGobject(name),
            binary,
            PgFeatures.convertsBooleanToNumeric(connection));
  }

  /** A reader for a column, or null where its type cannot be reproduced. */
  static @Nullable ColumnReader of(PgType type, PgResultSet result) throws SQLException {
    boolean binary = type.binary();
    int oid = type.oid();
    return switch (oid) {
      case Oid.INT2, Oid.INT4 -> int4(type);
      case Oid.INT8, Oid.OID -> int8(type);
      case Oid.BOOL -> bool(type);
      case Oid.FLOAT4 -> binary ? float4(type) : text(type);
      case Oid.FLOAT8 -> binary ? float8(type) : float8Text(type);
      case Oid.NUMERIC -> numeric(type);
      case Oid.BYTEA -> bytea(type);
      case Oid.TEXT, Oid.VARCHAR, Oid.BPCHAR, Oid.NAME, Oid.UUID -> text(type);
      case Oid.DATE -> date(type);
      case Oid.TIME -> text(type);
      case Oid.TIMETZ -> binary ? timetz(type) : text(type);
      case Oid.TIMESTAMP -> timestamp(type);
      case Oid.TIMESTAMPTZ -> timestamptz(type, serverZone(result));
      default -> other(type, result);
    };
  }

  private static @Nullable ColumnReader other(PgType type, PgResultSet result) throws SQLException {
    return switch (type.sqlType()) {
      case Types.ARRAY -> {
        BaseConnection connection = connection(result);
        PgElements elements = PgElements.of(type, connection);
        if (elements == null) {
          yield null;
        }
        BaseConnection own = elements.connection(type.binary() ? connection.getEncoding() : null);
        yield withBinary(type, (text, binary) -> new ArrayColumn(text, binary, type, own));
      }
      // An enum, a domain's base type or a type of the user's own that reads as text.
      case Types.VARCHAR, Types.CHAR -> text(type);
      case Types.STRUCT, Types.DISTINCT -> type.binary() ? null : text(type);
      case Types.BIT, Types.DOUBLE, Types.SQLXML -> type.binary() ? null : text(type);
      case Types.OTHER -> {
        if (GeometricColumn.is(type.oid())) {
          char delimiter = connection(result).getTypeInfo().getArrayDelimiter(type.oid());
          yield withBinary(
              type, (text, binary) -> new GeometricColumn(text, binary, type, delimiter));
        }
        // A cursor's rows are a further query's.
        if (type.binary() || UNKEPT.contains(type.name())) {
          yield null;
        }
        yield text(type);
      }
      default -> null;
    };
  }

  private static BaseConnection connection(PgResultSet result) throws SQLException {
    return result.getStatement().getConnection().unwrap(BaseConnection.class);
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

  private static ColumnReader int4(PgType type) {
    return reader(
        new IntValues(),
        (live, index, values) -> {
          int value = live.getInt(index);
          if (live.wasNull()) {
            values.addNull();
          } else {
            values.add(value);
          }
          return 4;
        },
        values -> new Int4Column(values, type));
  }

  private static ColumnReader int8(PgType type) {
    return reader(
        new LongValues(),
        (live, index, values) -> {
          long value = live.getLong(index);
          if (live.wasNull()) {
            values.addNull();
          } else {
            values.add(value);
          }
          return 8;
        },
        values -> new Int8Column(values, type));
  }

  private static ColumnReader bool(PgType type) {
    return reader(
        new BitValues(),
        (live, index, values) -> {
          boolean value = live.getBoolean(index);
          if (live.wasNull()) {
            values.addNull();
          } else {
            values.add(value);
          }
          return 1;
        },
        values -> new BoolColumn(values, type));
  }

  private static ColumnReader float4(PgType type) {
    return reader(
        new IntValues(),
        (live, index, values) -> {
          float value = live.getFloat(index);
          if (live.wasNull()) {
            values.addNull();
          } else {
            values.add(Float.floatToRawIntBits(value));
          }
          return 4;
        },
        values -> new Float4Column(values, type));
  }

  private static ColumnReader float8(PgType type) {
    return reader(
        new DoubleValues(),
        (live, index, values) -> {
          double value = live.getDouble(index);
          if (live.wasNull()) {
            values.addNull();
          } else {
            values.add(value);
          }
          return 8;
        },
        values -> new Float8Column(values, null, type));
  }

  private static ColumnReader float8Text(PgType type) {
    TextValues texts = new TextValues();
    return reader(
        new DoubleValues(),
        (live, index, values) -> {
          String text = live.getString(index);
          if (text == null) {
            values.addNull();
            texts.addNull();
            return 1;
          }
          values.add(Double.parseDouble(text));
          texts.add(text);
          return 12 + text.length();
        },
        values -> {
          texts.trim();
          return new Float8Column(values, texts, type);
        });
  }

  private static int addText(@Nullable String text, TextValues values) {
    if (text == null) {
      values.addNull();
      return 1;
    }
    values.add(text);
    return 4 + text.length();
  }

  private static ColumnReader text(PgType type) {
    return reader(
        new TextValues(),
        (live, index, values) -> addText(live.getString(index), values),
        values -> new TextColumn(values, type));
  }

  /** The driver writes what came in binary in its own way; the bytes tell it from that. */
  private static ColumnReader withBinary(PgType type, BinaryFinisher finisher) {
    ByteValues bytes = type.binary() ? new ByteValues() : null;
    return reader(
        new TextValues(),
        (live, index, values) -> {
          String text = live.getString(index);
          byte[] sent = text == null || bytes == null ? null : live.getBytes(index);
          if (bytes != null) {
            if (sent == null) {
              bytes.addNull();
            } else {
              bytes.add(sent);
            }
          }
          return addText(text, values) + (sent == null ? 0 : sent.length);
        },
        values -> {
          if (bytes != null) {
            bytes.trim();
          }
          return finisher.column(values, bytes);
        });
  }

  private static ColumnReader timetz(PgType type) {
    return reader(
        new TextValues(),
        (live, index, values) -> {
          // As text the driver moves the time to the session's zone; as an object it does not.
          OffsetTime time = live.getObject(index, OffsetTime.class);
          return addText(time == null ? null : written(time), values);
        },
        values -> new TextColumn(values, type));
  }

  private static String written(OffsetTime time) {
    String offset = time.getOffset().getId();
    String full = offset.equals("Z") ? "+00" : offset;
    String hours = full.endsWith(":00") ? full.substring(0, full.length() - 3) : full;
    return TIME.format(time) + hours;
  }

  /**
   * A value that the server sent as text is shown as it spelled it, by the session's bytea_output.
   */
  private static ColumnReader bytea(PgType type) {
    return new ColumnReader() {
      private final ByteValues values = new ByteValues();
      private boolean isSpellingKnown = type.binary();
      private boolean escaped;

      @Override
      public int read(ResultSet live, int index) throws SQLException {
        byte[] value = live.getBytes(index);
        if (value == null) {
          values.addNull();
          return 1;
        }
        if (!isSpellingKnown) {
          String text = live.getString(index);
          escaped = text != null && !text.startsWith("\\x");
          isSpellingKnown = true;
        }
        values.add(value);
        return 4 + value.length;
      }

      @Override
      public Column finish() {
        values.trim();
        return new ByteaColumn(values, type, escaped);
      }
    };
  }

  private static ColumnReader numeric(PgType type) {
    return new DecimalReader() {
      @Override
      protected int pack(ResultSet live, int index) throws SQLException {
        if (!type.binary()) {
          return super.pack(live, index);
        }
        Object value = live.getObject(index);
        if (value == null) {
          packed.addNull();
          return 1;
        }
        if (value instanceof BigDecimal number) {
          packed.add(number.scale() < 0 ? number.setScale(0) : number);
          return 9;
        }
        return 0;
      }

      @Override
      protected @Nullable String text(ResultSet live, int index) throws SQLException {
        if (!type.binary()) {
          return live.getString(index);
        }
        Object value = live.getObject(index);
        return value instanceof BigDecimal number
            ? number.toPlainString()
            : value == null ? null : value.toString();
      }

      @Override
      protected Column column(DecimalValues values) {
        return new NumericColumn(values, type);
      }

      @Override
      protected Column column(TextValues values) {
        return new TextColumn(values, type);
      }
    };
  }

  private static ColumnReader date(PgType type) {
    return new DateReader() {
      @Override
      protected int pack(ResultSet live, int index) throws SQLException {
        LocalDate day = type.binary() ? live.getObject(index, LocalDate.class) : null;
        return day == null ? super.pack(live, index) : add(day);
      }

      @Override
      protected @Nullable String text(ResultSet live, int index) throws SQLException {
        return live.getString(index);
      }

      @Override
      protected Column column(IntValues values) {
        return new DateColumn(values, type);
      }

      @Override
      protected Column column(TextValues values) {
        return new TextColumn(values, type);
      }
    };
  }

  /** A reader of timestamp. */
  private static ColumnReader timestamp(PgType type) {
    return new TimestampTextReader(type) {
      @Override
      protected int pack(ResultSet live, int index) throws SQLException {
        LocalDateTime time = type.binary() ? live.getObject(index, LocalDateTime.class) : null;
        if (time == null) {
          return super.pack(live, index);
        }
        // The year before 1 is written as 1 BC.
        return time.getYear() < 1 ? 0 : add(PackedTimestamp.pack(time));
      }
    };
  }

  /**
   * A reader of timestamptz.
   *
   * @param zone the one in which the driver writes values that came in binary transfer
   */
  private static ColumnReader timestamptz(PgType type, TimeZone zone) {
    return new TimestampTextReader(type) {
      @Override
      protected int pack(ResultSet live, int index) throws SQLException {
        OffsetDateTime time = type.binary() ? live.getObject(index, OffsetDateTime.class) : null;
        if (time == null) {
          return super.pack(live, index);
        }
        if (time.getYear() < 2 || time.getYear() > 4000) {
          return 0;
        }
        int offset = zone.getOffset(time.toEpochSecond() * 1000) / 1000;
        return add(PackedTimestamp.pack(time.toLocalDateTime().plusSeconds(offset), offset));
      }
    };
  }

  private static TimeZone serverZone(PgResultSet result) throws SQLException {
    TimeZone zone = connection(result).getQueryExecutor().getTimeZone();
    return zone == null ? TimeZone.getDefault() : zone;
  }

  /** A reader of timestamps that may have to be read as text. */
  private static class TimestampTextReader extends TimestampReader {
    private final PgType type;

    TimestampTextReader(PgType type) {
      this.type = type;
    }

    @Override
    protected @Nullable String text(ResultSet live, int index) throws SQLException {
      return live.getString(index);
    }

    @Override
    protected String text(long timestamp) {
      return PackedTimestamp.text(timestamp);
    }

    @Override
    protected Column column(LongValues values) {
      return new TimestampColumn(values, type);
    }

    @Override
    protected Column column(TextValues values) {
      return new TextColumn(values, type);
    }
  }
}
