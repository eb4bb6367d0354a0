package dev.larder.jdbc.internal.result.driver.pgjdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.Values;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.ByteBuffer;
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
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgBlob;
import org.postgresql.jdbc.PgClob;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGobject;
import org.postgresql.util.PGtokenizer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A captured pgjdbc column. Every getter is answered from the text the server would send, by the
 * driver's own conversions where they can be reached; a column of a kind answers its usual getters
 * without the text. Immutable and thread-safe.
 */
abstract class PgColumn extends Column {

  private static final OffsetDateTime YEAR_2000 =
      OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private static final BaseConnection CHARACTERS =
      new PgElements(Oid.NAME, Oid.CHAR, Types.CHAR, ',', new PgObjectType("char", null))
          .connection(null);

  final PgType type;

  PgColumn(Values values, PgType type) {
    super(values);
    this.type = type;
  }

  /** The server's text for a row that is not NULL. */
  abstract String text(int row);

  /** A column of values and a type, taken apart. */
  final <V extends Values> Portable portable(Class<V> packed, BiFunction<V, PgType, Column> maker) {
    return new Portable(
        getClass().getSimpleName() + type.sent(false),
        type.binary() ? 1 : 0,
        List.of(values()),
        (parts, transfer) -> maker.apply(packed.cast(parts.get(0)), type.sent(transfer == 1)));
  }

  /** The text without the signs of a money value, as numeric getters read it. */
  final String number(int row) {
    String text = text(row);
    if (text.length() < 2 || text.charAt(0) > '-') {
      return text;
    }
    char sign = text.charAt(0);
    if (sign == '(') {
      return "-" + PGtokenizer.removePara(text).substring(1);
    }
    if (sign == '$') {
      return text.substring(1);
    }
    return sign == '-' && text.charAt(1) == '$' ? "-" + text.substring(2) : text;
  }

  @Override
  public String getString(int row) {
    return text(row);
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    String text = text(row).trim();
    switch (text.length() > 5 ? "" : text.toLowerCase(java.util.Locale.ROOT)) {
      case "1", "true", "t", "yes", "y", "on":
        return true;
      case "0", "false", "f", "no", "n", "off":
        return false;
      default:
        throw notBoolean(text(row));
    }
  }

  @Override
  public byte getByte(int row) throws SQLException {
    String text = text(row).trim();
    if (text.isEmpty()) {
      return 0;
    }
    try {
      BigInteger value = new BigDecimal(text).toBigInteger();
      if (value.bitLength() < 8) {
        return value.byteValue();
      }
    } catch (NumberFormatException e) {
      throw outOfRange("byte", text);
    }
    throw outOfRange("byte", text);
  }

  static boolean isOne(double value, String shown) throws SQLException {
    if (value != 0 && value != 1) {
      throw notBoolean(shown);
    }
    return value == 1;
  }

  private static SQLException notBoolean(String value) {
    return new PSQLException("Cannot cast to boolean: \"" + value + "\"", PSQLState.CANNOT_COERCE);
  }

  static SQLException outOfRange(String type, String value) {
    return new PSQLException(
        "Bad value for type " + type + " : " + value, PSQLState.NUMERIC_VALUE_OUT_OF_RANGE);
  }

  @Override
  public short getShort(int row) throws SQLException {
    return PgResultSet.toShort(number(row));
  }

  @Override
  public int getInt(int row) throws SQLException {
    return PgResultSet.toInt(number(row));
  }

  @Override
  public long getLong(int row) throws SQLException {
    return PgResultSet.toLong(number(row));
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return PgResultSet.toFloat(number(row));
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return PgResultSet.toDouble(number(row));
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    return PgResultSet.toBigDecimal(number(row));
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal(int row, int scale) throws SQLException {
    return isNull(row) ? null : scaled(getBigDecimal(row), scale);
  }

  private static BigDecimal scaled(BigDecimal value, int scale) throws SQLException {
    try {
      return value.setScale(scale, RoundingMode.HALF_EVEN);
    } catch (ArithmeticException e) {
      throw outOfRange("BigDecimal", value.toPlainString());
    }
  }

  /** Whether the server's text for these values is not known. */
  boolean keepsBinaryForm() {
    return type.binary()
        && switch (type.oid()) {
          case Oid.FLOAT4, Oid.FLOAT8, Oid.TIMESTAMPTZ -> true;
          default -> false;
        };
  }

  @Override
  public byte[] getBytes(int row) throws SQLException {
    return keepsBinaryForm() ? binaryForm(row) : text(row).getBytes(UTF_8);
  }

  /** The bytes the server sent, where the text it would have sent is not known. */
  byte[] binaryForm(int row) throws SQLException {
    OffsetDateTime time = offsetDateTime(row);
    long micros =
        time.equals(OffsetDateTime.MAX)
            ? Long.MAX_VALUE
            : time.equals(OffsetDateTime.MIN)
                ? Long.MIN_VALUE
                : ChronoUnit.MICROS.between(YEAR_2000, time);
    return ByteBuffer.allocate(Long.BYTES).putLong(micros).array();
  }

  /*
   * The driver's own converter is not for several threads and costs a calendar to make; it serves
   * the getters that are not the type's usual ones.
   */
  private static TimestampUtils converter() {
    return new TimestampUtils(false, TimeZone::getDefault);
  }

  private static Calendar calendar(@Nullable Calendar asked) {
    return asked == null ? Calendar.getInstance() : asked;
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    if (type.binary() && (type.oid() == Oid.FLOAT4 || type.oid() == Oid.FLOAT8)) {
      throw inconvertible(Date.class);
    }
    try {
      return converter().toDate(calendar(calendar), text(row));
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    return converter().toTime(calendar(calendar), text(row));
  }

  @Override
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    Calendar asked = calendar(calendar);
    Timestamp timestamp = converter().toTimestamp(asked, text(row));
    if (type.oid() != Oid.TIME && type.oid() != Oid.TIMETZ) {
      return timestamp;
    }
    Timestamp onEpochDay = new Timestamp(converter().toTime(asked, text(row)).getTime());
    onEpochDay.setNanos(timestamp.getNanos());
    return onEpochDay;
  }

  private static SQLException unreadable(RuntimeException cause) {
    return new PSQLException(
        "Bad value for type timestamp/date/time", PSQLState.BAD_DATETIME_FORMAT, cause);
  }

  @Override
  public @Nullable Object getObject(int row) throws SQLException {
    switch (type.sqlType()) {
      case Types.BIT, Types.BOOLEAN:
        if (type.oid() == Oid.BOOL || (type.oid() == Oid.BIT && text(row).length() == 1)) {
          return getBoolean(row);
        }
        break;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER:
        return getInt(row);
      case Types.BIGINT:
        return getLong(row);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY:
        return getBytes(row);
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR:
        return getString(row);
      case Types.NUMERIC, Types.DECIMAL:
        return numeric(row);
      case Types.FLOAT, Types.DOUBLE:
        return getDouble(row);
      case Types.REAL:
        return getFloat(row);
      case Types.DATE:
        return getDate(row, null);
      case Types.TIME:
        return getTime(row, null);
      case Types.TIMESTAMP:
        return getTimestamp(row, null);
      case Types.SQLXML:
        return getSQLXML(row);
      default:
        if (type.name().equals("uuid")) {
          return UUID.fromString(text(row));
        } else if (type.name().equals("hstore")) {
          return HStoreConverter.fromString(text(row));
        }
    }
    return driverObject(row);
  }

  private Number numeric(int row) throws SQLException {
    String text = text(row);
    if ("NaN".equalsIgnoreCase(text)) {
      return Double.NaN;
    } else if ("Infinity".equalsIgnoreCase(text)) {
      return Double.POSITIVE_INFINITY;
    } else if ("-Infinity".equalsIgnoreCase(text)) {
      return Double.NEGATIVE_INFINITY;
    }
    BigDecimal value = getBigDecimal(row);
    Integer scale = type.declaredScale();
    return scale == null ? value : scaled(value, scale);
  }

  /** The driver's object for a value, or for NULL. */
  final PGobject driverObject(int row) throws SQLException {
    PgObjectType own = new PgObjectType(type.name(), type.objectClass());
    if (isNull(row)) {
      return own.of(null, null);
    }
    return keepsBinaryForm() ? own.of(null, binaryForm(row)) : own.of(text(row), null);
  }

  @Override
  public InputStream getAsciiStream(int row) {
    return new ByteArrayInputStream(text(row).getBytes(US_ASCII));
  }

  @Override
  public @Nullable InputStream getUnicodeStream(int row) {
    return isNull(row) ? null : new ByteArrayInputStream(text(row).getBytes(UTF_8));
  }

  @Override
  public InputStream getBinaryStream(int row) throws SQLException {
    return new ByteArrayInputStream(getBytes(row));
  }

  @Override
  public Reader getCharacterStream(int row) {
    return new StringReader(text(row));
  }

  /*
   * Any column whose value reads as a number may hold a large object's: it is opened on the
   * statement's connection, as the driver does.
   */
  @Override
  public Blob getBlob(int row, @Nullable Statement owner) throws SQLException {
    return new PgBlob(connection(owner), getLong(row));
  }

  @Override
  public Clob getClob(int row, @Nullable Statement owner) throws SQLException {
    return new PgClob(connection(owner), getLong(row));
  }

  private static BaseConnection connection(@Nullable Statement owner) throws SQLException {
    if (owner == null) {
      throw PgBehavior.notImplemented("a large object without a statement");
    }
    // What is written through a large object is in no answer that is kept.
    return DriverAccess.driversOwn(owner, BaseConnection.class);
  }

  @Override
  public Array getArray(int row) throws SQLException {
    if (type.oid() == Oid.NAME) {
      // To the catalogue this type is an array of characters, though its text never reads as one.
      return new PgSnapshotArray(CHARACTERS, Oid.NAME, number(row), null);
    }
    throw new PSQLException("No results were returned by the query.", PSQLState.NO_DATA);
  }

  @Override
  public Reader getNCharacterStream(int row) throws SQLException {
    throw PgBehavior.notImplemented("getNCharacterStream(int)");
  }

  @Override
  public @Nullable Object getObject(int row, Map<String, Class<?>> map) throws SQLException {
    if (!map.isEmpty()) {
      throw PgBehavior.notImplemented("getObjectImpl(int,Map)");
    }
    return isNull(row) ? null : getObject(row);
  }

  @Override
  public NClob getNClob(int row) throws SQLException {
    throw PgBehavior.notImplemented("getNClob(int)");
  }

  @Override
  public String getNString(int row) throws SQLException {
    throw PgBehavior.notImplemented("getNString(int)");
  }

  @Override
  public @Nullable SQLXML getSQLXML(int row) throws SQLException {
    return isNull(row) ? null : new PgXml(text(row));
  }

  @Override
  public URL getURL(int row) throws SQLException {
    throw PgBehavior.notImplemented("getURL(int)");
  }

  @Override
  public Ref getRef(int row) throws SQLException {
    throw PgBehavior.notImplemented("getRef(int)");
  }

  @Override
  public RowId getRowId(int row) throws SQLException {
    throw PgBehavior.notImplemented("getRowId(int)");
  }

  @Override
  public final <T> @Nullable T getObject(
      int row, @Nullable Class<T> wanted, @Nullable Statement owner) throws SQLException {
    if (wanted == null) {
      throw new SQLException("type is null");
    }
    return PgConversions.convert(this, row, wanted, owner);
  }

  private SQLException inconvertible(Class<?> wanted) {
    return new PSQLException(
        "Cannot convert the column of type "
            + Oid.toString(type.oid())
            + " to requested type "
            + wanted.getName()
            + ".",
        PSQLState.DATA_TYPE_MISMATCH);
  }

  LocalDate localDate(int row) throws SQLException {
    if (type.oid() == Oid.DATE) {
      return converter().toLocalDate(text(row).getBytes(UTF_8));
    } else if (type.oid() == Oid.TIMESTAMP) {
      return converter().toLocalDateTime(text(row)).toLocalDate();
    }
    throw inconvertible(LocalDate.class);
  }

  final LocalTime localTime(int row) throws SQLException {
    if (type.oid() == Oid.TIME) {
      return converter().toLocalTime(text(row));
    }
    throw inconvertible(LocalTime.class);
  }

  LocalDateTime localDateTime(int row) throws SQLException {
    if (type.oid() == Oid.TIMESTAMP) {
      return converter().toLocalDateTime(text(row));
    }
    throw inconvertible(LocalDateTime.class);
  }

  OffsetDateTime offsetDateTime(int row) throws SQLException {
    if (type.oid() == Oid.TIMESTAMPTZ || type.oid() == Oid.TIMESTAMP) {
      OffsetDateTime value;
      try {
        value = converter().toOffsetDateTime(text(row));
      } catch (NullPointerException e) {
        // The driver looks for an offset that this type does not have.
        throw new PSQLException(
            "Bad value for type timestamp/date/time", PSQLState.BAD_DATETIME_FORMAT, e);
      }
      return value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)
          ? value
          : value.withOffsetSameInstant(ZoneOffset.UTC);
    } else if (type.oid() == Oid.TIMETZ) {
      return converter().toOffsetDateTime(text(row));
    }
    throw inconvertible(OffsetDateTime.class);
  }

  final OffsetTime offsetTime(int row) throws SQLException {
    if (type.oid() == Oid.TIMETZ) {
      return converter().toOffsetTime(text(row));
    }
    throw inconvertible(OffsetTime.class);
  }
}
