package dev.larder.jdbc.internal.result.driver.h2;

import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.SnapshotBlob;
import dev.larder.jdbc.internal.result.column.SnapshotClob;
import dev.larder.jdbc.internal.result.column.SnapshotXml;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.engine.CastDataProvider;
import org.h2.message.DbException;
import org.h2.util.IOUtils;
import org.h2.util.JSR310Utils;
import org.h2.util.LegacyDateTimeUtils;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBinary;
import org.h2.value.ValueBlob;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueChar;
import org.h2.value.ValueClob;
import org.h2.value.ValueDate;
import org.h2.value.ValueDouble;
import org.h2.value.ValueInteger;
import org.h2.value.ValueInterval;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTinyint;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;
import org.jspecify.annotations.Nullable;

/**
 * A captured H2 column: each getter converts by H2's own value classes. Immutable and thread-safe.
 */
abstract class H2Column extends Column {

  final CastDataProvider session;

  private H2Column(Values values, CastDataProvider session) {
    super(values);
    this.session = session;
  }

  /** The driver's own value of a row that is not NULL. */
  abstract Value value(int row);

  /** A column of these values, taken apart; the session is the same for equal fingerprints. */
  private static <V extends Values> Portable taken(
      String form, V values, Function<V, Column> maker) {
    @SuppressWarnings("unchecked")
    Class<V> packed = (Class<V>) values.getClass();
    return new Portable(
        form, 0, List.of(values), (parts, transfer) -> maker.apply(packed.cast(parts.get(0))));
  }

  private static <T extends @Nullable Object> T convert(Supplier<T> conversion)
      throws SQLException {
    try {
      return conversion.get();
    } catch (RuntimeException e) {
      throw DbException.toSQLException(e);
    }
  }

  @Override
  public String getString(int row) throws SQLException {
    return convert(() -> value(row).getString());
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    return convert(() -> value(row).getBoolean());
  }

  @Override
  public byte getByte(int row) throws SQLException {
    return convert(() -> value(row).getByte());
  }

  @Override
  public short getShort(int row) throws SQLException {
    return convert(() -> value(row).getShort());
  }

  @Override
  public int getInt(int row) throws SQLException {
    return convert(() -> value(row).getInt());
  }

  @Override
  public long getLong(int row) throws SQLException {
    return convert(() -> value(row).getLong());
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return convert(() -> value(row).getFloat());
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return convert(() -> value(row).getDouble());
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    return convert(() -> value(row).getBigDecimal());
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    if (scale >= 0 && isNull(row)) {
      return null;
    }
    return convert(
        () -> {
          if (scale < 0) {
            throw DbException.getInvalidValueException("scale", scale);
          }
          return ValueNumeric.setScale(value(row).getBigDecimal(), scale);
        });
  }

  @Override
  public byte[] getBytes(int row) throws SQLException {
    return convert(() -> value(row).getBytes());
  }

  private static @Nullable TimeZone zone(@Nullable Calendar calendar) {
    return calendar == null ? null : calendar.getTimeZone();
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    return convert(() -> LegacyDateTimeUtils.toDate(session, zone(calendar), value(row)));
  }

  @Override
  public Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    return convert(() -> LegacyDateTimeUtils.toTime(session, zone(calendar), value(row)));
  }

  @Override
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    return convert(() -> LegacyDateTimeUtils.toTimestamp(session, zone(calendar), value(row)));
  }

  @Override
  public @Nullable Object getObject(int row) throws SQLException {
    return convert(() -> standardObject(value(row)));
  }

  private @Nullable Object standardObject(Value value) {
    return switch (value.getValueType()) {
      case Value.NULL -> null;
      case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE, Value.ENUM, Value.GEOMETRY ->
          value.getString();
      case Value.BINARY, Value.VARBINARY, Value.JSON -> value.getBytes();
      case Value.CLOB -> new SnapshotClob(value.getString());
      case Value.BLOB -> new SnapshotBlob(value.getBytes());
      case Value.BOOLEAN -> value.getBoolean();
      case Value.TINYINT, Value.SMALLINT, Value.INTEGER -> value.getInt();
      case Value.BIGINT -> value.getLong();
      case Value.NUMERIC, Value.DECFLOAT -> value.getBigDecimal();
      case Value.REAL -> value.getFloat();
      case Value.DOUBLE -> value.getDouble();
      case Value.DATE -> LegacyDateTimeUtils.toDate(session, null, value);
      case Value.TIME -> LegacyDateTimeUtils.toTime(session, null, value);
      case Value.TIME_TZ -> JSR310Utils.valueToOffsetTime(value, null);
      case Value.TIMESTAMP -> LegacyDateTimeUtils.toTimestamp(session, null, value);
      case Value.TIMESTAMP_TZ -> JSR310Utils.valueToOffsetDateTime(value, null);
      case Value.UUID -> ((ValueUuid) value).getUuid();
      case Value.ARRAY -> array(value);
      default -> {
        if (value instanceof ValueInterval interval) {
          yield interval.getInterval();
        }
        throw DbException.getUnsupportedException("data type " + value.getValueType());
      }
    };
  }

  @Override
  public InputStream getAsciiStream(int row) throws SQLException {
    return convert(() -> IOUtils.getInputStreamFromString(value(row).getString()));
  }

  @Override
  public InputStream getUnicodeStream(int row) throws SQLException {
    throw H2Behavior.unsupported("unicodeStream");
  }

  @Override
  public InputStream getBinaryStream(int row) throws SQLException {
    return convert(() -> new ByteArrayInputStream(value(row).getBytes()));
  }

  @Override
  public Reader getCharacterStream(int row) throws SQLException {
    return convert(() -> new StringReader(value(row).getString()));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int row) throws SQLException {
    return isNull(row) ? null : getCharacterStream(row);
  }

  @Override
  public Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    return new SnapshotBlob(getBytes(row));
  }

  @Override
  public Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    return new SnapshotClob(getString(row));
  }

  @Override
  public @Nullable NClob getNClob(int row) throws SQLException {
    return isNull(row) ? null : new SnapshotClob(getString(row));
  }

  @Override
  public @Nullable SQLXML getSQLXML(int row) throws SQLException {
    return isNull(row) ? null : new SnapshotXml(getString(row));
  }

  @Override
  public Array getArray(int row) throws SQLException {
    return convert(() -> array(value(row)));
  }

  final Array array(Value value) {
    return new H2SnapshotArray(value.convertToAnyArray(session), this::standardObject);
  }

  @Override
  public Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    throw H2Behavior.unsupported("map");
  }

  @Override
  public @Nullable String getNString(int row) throws SQLException {
    return isNull(row) ? null : getString(row);
  }

  @Override
  public URL getURL(int row) throws SQLException {
    throw H2Behavior.unsupported("url");
  }

  @Override
  public Ref getRef(int row) throws SQLException {
    throw H2Behavior.unsupported("ref");
  }

  @Override
  public RowId getRowId(int row) throws SQLException {
    throw H2Behavior.unsupported("rowId");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    if (type == null) {
      throw DbException.getInvalidValueException("type", null).getSQLException();
    }
    return isNull(row) ? null : (T) convert(() -> H2Conversions.convert(this, value(row), type));
  }

  /** TINYINT, SMALLINT, INTEGER. */
  static final class IntColumn extends H2Column {
    private final IntValues values;
    private final int type;

    IntColumn(IntValues values, int type, CastDataProvider session) {
      super(values, session);
      this.values = values;
      this.type = type;
    }

    @Override
    public Portable portable() {
      return taken("int" + type, values, v -> new IntColumn(v, type, session));
    }

    @Override
    Value value(int row) {
      int value = values.get(row);
      return switch (type) {
        case Value.TINYINT -> ValueTinyint.get((byte) value);
        case Value.SMALLINT -> ValueSmallint.get((short) value);
        default -> ValueInteger.get(value);
      };
    }

    @Override
    public int getInt(int row) {
      return values.get(row);
    }

    @Override
    public long getLong(int row) {
      return values.get(row);
    }
  }

  /** BIGINT. */
  static final class BigintColumn extends H2Column {
    private final LongValues values;

    BigintColumn(LongValues values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    public Portable portable() {
      return taken("bigint", values, v -> new BigintColumn(v, session));
    }

    @Override
    Value value(int row) {
      return ValueBigint.get(values.get(row));
    }

    @Override
    public long getLong(int row) {
      return values.get(row);
    }
  }

  /** CHARACTER, CHARACTER VARYING, VARCHAR_IGNORECASE, CHARACTER LARGE OBJECT. */
  static final class CharacterColumn extends H2Column {
    private final TextValues values;
    private final int type;

    CharacterColumn(TextValues values, int type, CastDataProvider session) {
      super(values, session);
      this.values = values;
      this.type = type;
    }

    @Override
    public Portable portable() {
      return taken("character" + type, values, v -> new CharacterColumn(v, type, session));
    }

    @Override
    Value value(int row) {
      String value = values.get(row);
      return switch (type) {
        case Value.CHAR -> ValueChar.get(value);
        case Value.CLOB -> ValueClob.createSmall(value.getBytes(StandardCharsets.UTF_8));
        case Value.VARCHAR_IGNORECASE -> ValueVarcharIgnoreCase.get(value);
        default -> ValueVarchar.get(value);
      };
    }

    @Override
    public String getString(int row) {
      return values.get(row);
    }
  }

  /** BOOLEAN. */
  static final class BooleanColumn extends H2Column {
    private final BitValues values;

    BooleanColumn(BitValues values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    public Portable portable() {
      return taken("boolean", values, v -> new BooleanColumn(v, session));
    }

    @Override
    Value value(int row) {
      return ValueBoolean.get(values.get(row));
    }
  }

  /** DOUBLE PRECISION. */
  static final class DoubleColumn extends H2Column {
    private final DoubleValues values;

    DoubleColumn(DoubleValues values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    public Portable portable() {
      return taken("double", values, v -> new DoubleColumn(v, session));
    }

    @Override
    Value value(int row) {
      return ValueDouble.get(values.get(row));
    }
  }

  /** NUMERIC. */
  static final class NumericColumn extends H2Column {
    private final DecimalValues values;

    NumericColumn(DecimalValues values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    public Portable portable() {
      return taken("numeric", values, v -> new NumericColumn(v, session));
    }

    @Override
    Value value(int row) {
      return ValueNumeric.getAnyScale(values.get(row));
    }
  }

  /** BINARY, BINARY VARYING, BINARY LARGE OBJECT. */
  static final class BinaryColumn extends H2Column {
    private final ByteValues values;
    private final int type;

    BinaryColumn(ByteValues values, int type, CastDataProvider session) {
      super(values, session);
      this.values = values;
      this.type = type;
    }

    @Override
    public Portable portable() {
      return taken("binary" + type, values, v -> new BinaryColumn(v, type, session));
    }

    @Override
    Value value(int row) {
      byte[] value = values.get(row);
      return switch (type) {
        case Value.BINARY -> ValueBinary.getNoCopy(value);
        case Value.BLOB -> ValueBlob.createSmall(value);
        default -> ValueVarbinary.getNoCopy(value);
      };
    }
  }

  /** DATE. */
  static final class DateColumn extends H2Column {
    private final LongValues values;

    DateColumn(LongValues values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    public Portable portable() {
      return taken("date", values, v -> new DateColumn(v, session));
    }

    @Override
    Value value(int row) {
      return ValueDate.fromDateValue(values.get(row));
    }
  }

  /** TIMESTAMP. */
  static final class TimestampColumn extends H2Column {
    private final LongValues days;
    private final LongValues times;

    TimestampColumn(LongValues days, LongValues times, CastDataProvider session) {
      super(days, session);
      this.days = days;
      this.times = times;
    }

    @Override
    public Portable portable() {
      return new Portable(
          "timestamp",
          0,
          List.of(days, times),
          (parts, transfer) ->
              new TimestampColumn((LongValues) parts.get(0), (LongValues) parts.get(1), session));
    }

    @Override
    Value value(int row) {
      return ValueTimestamp.fromDateValueAndNanos(days.get(row), times.get(row));
    }

    @Override
    public long bytes() {
      return super.bytes() + times.bytes();
    }
  }

  /** Every other type, as the driver's immutable value. */
  static final class OtherColumn extends H2Column {
    private final ObjectValues<Value> values;

    OtherColumn(ObjectValues<Value> values, CastDataProvider session) {
      super(values, session);
      this.values = values;
    }

    @Override
    Value value(int row) {
      return values.get(row);
    }
  }
}
