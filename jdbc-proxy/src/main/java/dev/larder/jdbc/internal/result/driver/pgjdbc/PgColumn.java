package dev.larder.jdbc.internal.result.driver.pgjdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.jdbc.internal.result.column.BitValues;
import dev.larder.jdbc.internal.result.column.ByteValues;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.DecimalValues;
import dev.larder.jdbc.internal.result.column.DefaultZone;
import dev.larder.jdbc.internal.result.column.DoubleValues;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.PackedTimestamp;
import dev.larder.jdbc.internal.result.column.SnapshotArray;
import dev.larder.jdbc.internal.result.column.TextValues;
import dev.larder.jdbc.internal.result.column.Values;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
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
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgBlob;
import org.postgresql.jdbc.PgClob;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.PGobject;
import org.postgresql.util.PGtokenizer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A captured pgjdbc column. Every getter is answered from the text the server would send, by the
 * driver's own conversions where they can be reached; the kinds below answer their usual getters
 * without the text. Immutable and thread-safe.
 */
abstract class PgColumn extends Column {

  private static final OffsetDateTime YEAR_2000 =
      OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  final PgType type;

  private PgColumn(Values values, PgType type) {
    super(values);
    this.type = type;
  }

  /** The server's text for a row that is not NULL. */
  abstract String text(int row);

  /** The text without the signs of a money value, as numeric getters read it. */
  private String number(int row) {
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

  private static boolean isOne(double value, String shown) throws SQLException {
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
  private boolean keepsBinaryForm() {
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

  private PGobject driverObject(int row) throws SQLException {
    try {
      Class<? extends PGobject> declared = type.objectClass();
      PGobject object =
          declared == null ? new PGobject() : declared.getDeclaredConstructor().newInstance();
      object.setType(type.name());
      object.setValue(isNull(row) || keepsBinaryForm() ? null : text(row));
      return object;
    } catch (ReflectiveOperationException e) {
      throw new PSQLException(
          "Failed to create object for: " + type.name() + ".", PSQLState.CONNECTION_FAILURE, e);
    }
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
    return owner.getConnection() instanceof DriverAccess access
        ? access.driversOwn(BaseConnection.class)
        : owner.getConnection().unwrap(BaseConnection.class);
  }

  @Override
  public Array getArray(int row) throws SQLException {
    if (type.oid() == Oid.NAME) {
      // To the catalogue this type is an array of characters, though its text never reads as one.
      return new SnapshotArray(Types.CHAR, "char", new String[0]);
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
  public <T> @Nullable T getObject(int row, @Nullable Class<T> wanted, @Nullable Statement owner)
      throws SQLException {
    if (wanted == null) {
      throw new SQLException("type is null");
    }
    Object value;
    if (wanted == Blob.class) {
      only(wanted, Types.BLOB, Types.BINARY, Types.BIGINT);
      value = isNull(row) ? null : getBlob(row, owner);
    } else if (wanted == Clob.class) {
      only(wanted, Types.CLOB, Types.BIGINT);
      value = isNull(row) ? null : getClob(row, owner);
    } else {
      value = object(row, wanted);
    }
    return value == null ? null : wanted.cast(value);
  }

  private @Nullable Object object(int row, Class<?> wanted) throws SQLException {
    boolean missing = isNull(row);
    if (wanted == String.class) {
      only(wanted, Types.CHAR, Types.VARCHAR);
      return missing ? null : getString(row);
    } else if (wanted == Integer.class) {
      only(wanted, Types.INTEGER, Types.SMALLINT);
      return missing ? null : getInt(row);
    } else if (wanted == Long.class) {
      only(wanted, Types.BIGINT);
      return missing ? null : getLong(row);
    } else if (wanted == BigDecimal.class) {
      only(wanted, Types.NUMERIC, Types.DECIMAL);
      return missing ? null : getBigDecimal(row);
    } else if (wanted == Boolean.class) {
      only(wanted, Types.BOOLEAN, Types.BIT);
      return missing ? null : getBoolean(row);
    } else if (wanted == Short.class) {
      only(wanted, Types.SMALLINT);
      return missing ? null : getShort(row);
    } else if (wanted == BigInteger.class) {
      only(wanted, Types.BIGINT);
      return missing ? null : BigInteger.valueOf(getLong(row));
    } else if (wanted == Float.class) {
      only(wanted, Types.REAL);
      return missing ? null : getFloat(row);
    } else if (wanted == Double.class) {
      only(wanted, Types.FLOAT, Types.DOUBLE);
      return missing ? null : getDouble(row);
    } else if (wanted == byte[].class) {
      only(wanted, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY);
      return missing ? null : getBytes(row);
    } else if (wanted == UUID.class) {
      return missing ? null : getObject(row);
    } else if (wanted == InetAddress.class) {
      return missing ? null : address(text(row));
    } else if (PGobject.class.isAssignableFrom(wanted)) {
      return driverObject(row);
    }
    return temporalOrLarge(row, wanted, missing);
  }

  private @Nullable Object temporalOrLarge(int row, Class<?> wanted, boolean missing)
      throws SQLException {
    if (wanted == Date.class) {
      only(wanted, Types.DATE);
      return missing ? null : getDate(row, null);
    } else if (wanted == Time.class) {
      only(wanted, Types.TIME);
      return missing ? null : getTime(row, null);
    } else if (wanted == Timestamp.class) {
      only(wanted, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);
      return missing ? null : getTimestamp(row, null);
    } else if (wanted == Calendar.class) {
      only(wanted, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);
      if (missing) {
        return null;
      }
      Calendar calendar = Calendar.getInstance();
      calendar.setTimeInMillis(getTimestamp(row, null).getTime());
      return calendar;
    } else if (wanted == java.util.Date.class) {
      only(wanted, Types.TIMESTAMP);
      return missing ? null : new java.util.Date(getTimestamp(row, null).getTime());
    } else if (wanted == LocalDate.class) {
      return missing ? null : localDate(row);
    } else if (wanted == LocalTime.class) {
      return missing ? null : localTime(row);
    } else if (wanted == LocalDateTime.class) {
      return missing ? null : localDateTime(row);
    } else if (wanted == OffsetDateTime.class) {
      return missing ? null : offsetDateTime(row);
    } else if (wanted == OffsetTime.class) {
      return missing ? null : offsetTime(row);
    } else if (wanted == SQLXML.class) {
      only(wanted, Types.SQLXML);
      return getSQLXML(row);
    } else if (wanted == Array.class) {
      only(wanted, Types.ARRAY);
      return missing ? null : getArray(row);
    }
    throw unsupported(wanted);
  }

  private void only(Class<?> wanted, int... sqlTypes) throws SQLException {
    for (int sqlType : sqlTypes) {
      if (sqlType == type.sqlType()) {
        return;
      }
    }
    throw unsupported(wanted);
  }

  private SQLException unsupported(Class<?> wanted) {
    return new PSQLException(
        "conversion to " + wanted + " from " + type.name() + " not supported",
        PSQLState.INVALID_PARAMETER_VALUE);
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

  private static InetAddress address(String text) throws SQLException {
    int slash = text.indexOf('/');
    try {
      return InetAddress.getByName(slash < 0 ? text : text.substring(0, slash));
    } catch (UnknownHostException e) {
      throw new PSQLException("Invalid Inet data.", PSQLState.INVALID_PARAMETER_VALUE, e);
    }
  }

  LocalDate localDate(int row) throws SQLException {
    if (type.oid() == Oid.DATE) {
      return converter().toLocalDate(text(row).getBytes(UTF_8));
    } else if (type.oid() == Oid.TIMESTAMP) {
      return converter().toLocalDateTime(text(row)).toLocalDate();
    }
    throw inconvertible(LocalDate.class);
  }

  private LocalTime localTime(int row) throws SQLException {
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

  private OffsetTime offsetTime(int row) throws SQLException {
    if (type.oid() == Oid.TIMETZ) {
      return converter().toOffsetTime(text(row));
    }
    throw inconvertible(OffsetTime.class);
  }

  /** A column kept as the server's text. */
  static final class Text extends PgColumn {
    private final TextValues values;

    Text(TextValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return values.get(row);
    }
  }

  /** int2 and int4. */
  static final class Whole extends PgColumn {
    private final IntValues values;

    Whole(IntValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return Integer.toString(values.get(row));
    }

    @Override
    public int getInt(int row) {
      return values.get(row);
    }

    @Override
    public long getLong(int row) {
      return values.get(row);
    }

    @Override
    public double getDouble(int row) {
      return values.get(row);
    }

    @Override
    public BigDecimal getBigDecimal(int row) {
      return BigDecimal.valueOf(values.get(row));
    }
  }

  /** int8. */
  static final class Wide extends PgColumn {
    private final LongValues values;

    Wide(LongValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return Long.toString(values.get(row));
    }

    @Override
    public int getInt(int row) throws SQLException {
      long value = values.get(row);
      if (value != (int) value) {
        throw outOfRange("int", text(row));
      }
      return (int) value;
    }

    @Override
    public long getLong(int row) {
      return values.get(row);
    }

    @Override
    public BigDecimal getBigDecimal(int row) {
      return BigDecimal.valueOf(values.get(row));
    }
  }

  /** bool. */
  static final class Bool extends PgColumn {
    private final BitValues values;

    Bool(BitValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return values.get(row) ? "t" : "f";
    }

    @Override
    public boolean getBoolean(int row) {
      return values.get(row);
    }

    private int number(int row, String wanted) throws SQLException {
      if (!type.booleansAreNumbers()) {
        throw outOfRange(wanted, text(row));
      }
      return values.get(row) ? 1 : 0;
    }

    @Override
    public byte getByte(int row) throws SQLException {
      return (byte) number(row, "byte");
    }

    @Override
    public short getShort(int row) throws SQLException {
      return (short) number(row, "short");
    }

    @Override
    public int getInt(int row) throws SQLException {
      return number(row, "int");
    }

    @Override
    public long getLong(int row) throws SQLException {
      return number(row, "long");
    }

    @Override
    public float getFloat(int row) throws SQLException {
      return number(row, "float");
    }

    @Override
    public double getDouble(int row) throws SQLException {
      return number(row, "double");
    }

    @Override
    public BigDecimal getBigDecimal(int row) throws SQLException {
      return BigDecimal.valueOf(number(row, "BigDecimal"));
    }
  }

  /** float4 in binary transfer, which has no text of the server's. */
  static final class Single extends PgColumn {
    private final IntValues values;

    Single(IntValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return Float.toString(getFloat(row));
    }

    @Override
    public float getFloat(int row) {
      return Float.intBitsToFloat(values.get(row));
    }

    @Override
    public double getDouble(int row) {
      return getFloat(row);
    }

    @Override
    public boolean getBoolean(int row) throws SQLException {
      return isOne(getFloat(row), String.valueOf(getFloat(row)));
    }

    @Override
    byte[] binaryForm(int row) {
      return ByteBuffer.allocate(Float.BYTES).putInt(values.get(row)).array();
    }
  }

  /** float8, with the server's text where it sent one. */
  static final class Real extends PgColumn {
    private final DoubleValues values;
    private final @Nullable TextValues texts;

    Real(DoubleValues values, @Nullable TextValues texts, PgType type) {
      super(values, type);
      this.values = values;
      this.texts = texts;
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

  /** numeric, as long as every value is a number. */
  static final class Decimal extends PgColumn {
    private final DecimalValues values;

    Decimal(DecimalValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return values.get(row).toPlainString();
    }

    @Override
    public BigDecimal getBigDecimal(int row) {
      return values.get(row);
    }
  }

  /** bytea. */
  static final class Bytes extends PgColumn {
    private final ByteValues values;
    private final boolean escaped;

    /**
     * @param escaped whether the server spelled the bytes as bytea_output=escape has it
     */
    Bytes(ByteValues values, PgType type, boolean escaped) {
      super(values, type);
      this.values = values;
      this.escaped = escaped;
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

  /** date, as long as every value packs: days since 1970. */
  static final class Day extends PgColumn {
    private final IntValues values;

    Day(IntValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return localDate(row).toString();
    }

    @Override
    LocalDate localDate(int row) {
      return LocalDate.ofEpochDay(values.get(row));
    }

    @Override
    public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
      long midnight = values.get(row) * DefaultZone.MILLIS_PER_DAY;
      long offset =
          calendar != null || midnight < YEAR_1900
              ? DefaultZone.UNSETTLED
              : DefaultZone.offsetAround(midnight);
      return offset == DefaultZone.UNSETTLED
          ? super.getDate(row, calendar)
          : new Date(midnight - offset);
    }
  }

  private static final long YEAR_1900 =
      LocalDate.of(1900, 1, 1).toEpochDay() * DefaultZone.MILLIS_PER_DAY;

  /** timestamp and timestamptz, as long as every value packs. */
  static final class Moment extends PgColumn {
    private final LongValues values;

    Moment(LongValues values, PgType type) {
      super(values, type);
      this.values = values;
    }

    @Override
    String text(int row) {
      return PackedTimestamp.text(values.get(row));
    }

    /*
     * The usual getters, without the text. Timestamp's constructor from fields reads them in the
     * JVM's zone as a calendar does; before 1900 the driver's calendar may differ, so that the text
     * decides there.
     */
    @Override
    @SuppressWarnings("deprecation")
    public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
      long packed = values.get(row);
      int year = PackedTimestamp.year(packed);
      if (year < 1900) {
        return super.getTimestamp(row, calendar);
      }
      if (PackedTimestamp.hasOffset(packed)) {
        LocalDateTime local = local(packed);
        Timestamp timestamp =
            new Timestamp(
                (local.toEpochSecond(ZoneOffset.UTC) - PackedTimestamp.offset(packed)) * 1000);
        timestamp.setNanos(local.getNano());
        return timestamp;
      }
      if (calendar != null) {
        return super.getTimestamp(row, calendar);
      }
      Timestamp timestamp = inDefaultZone(packed);
      return timestamp != null
          ? timestamp
          : new Timestamp(
              year - 1900,
              PackedTimestamp.month(packed) - 1,
              PackedTimestamp.day(packed),
              PackedTimestamp.hour(packed),
              PackedTimestamp.minute(packed),
              PackedTimestamp.second(packed),
              PackedTimestamp.micros(packed) * 1000);
    }

    /**
     * The moment in the JVM's zone, or null near a change of the clocks there, where Timestamp's
     * own rules decide. Several times cheaper than its constructor from fields.
     */
    private static @Nullable Timestamp inDefaultZone(long packed) {
      long asUtc = PackedTimestamp.epochMillisAtUtc(packed);
      long offset = DefaultZone.offsetAround(asUtc);
      if (offset == DefaultZone.UNSETTLED) {
        return null;
      }
      Timestamp timestamp = new Timestamp(asUtc - offset);
      timestamp.setNanos(PackedTimestamp.micros(packed) * 1000);
      return timestamp;
    }

    @Override
    OffsetDateTime offsetDateTime(int row) throws SQLException {
      long packed = values.get(row);
      if (!PackedTimestamp.hasOffset(packed)) {
        return super.offsetDateTime(row);
      }
      return local(packed)
          .atOffset(ZoneOffset.ofTotalSeconds(PackedTimestamp.offset(packed)))
          .withOffsetSameInstant(ZoneOffset.UTC);
    }

    @Override
    LocalDateTime localDateTime(int row) throws SQLException {
      long packed = values.get(row);
      if (type.oid() != Oid.TIMESTAMP) {
        return super.localDateTime(row);
      }
      return local(packed);
    }

    private static LocalDateTime local(long packed) {
      return LocalDateTime.of(
          PackedTimestamp.year(packed),
          PackedTimestamp.month(packed),
          PackedTimestamp.day(packed),
          PackedTimestamp.hour(packed),
          PackedTimestamp.minute(packed),
          PackedTimestamp.second(packed),
          PackedTimestamp.micros(packed) * 1000);
    }
  }
}
