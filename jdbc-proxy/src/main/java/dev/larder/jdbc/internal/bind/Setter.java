package dev.larder.jdbc.internal.bind;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The method of PreparedStatement that set a parameter. Immutable and thread-safe. */
public enum Setter {
  NULL(Comparison.BY_CLASS, (s, i, v, e) -> s.setNull(i, (Integer) e[0])),
  NULL_NAMED(Comparison.BY_CLASS, (s, i, v, e) -> s.setNull(i, (Integer) e[0], (String) e[1])),
  BOOLEAN(Comparison.BY_VALUE, (s, i, v, e) -> s.setBoolean(i, (Boolean) v)),
  BYTE(Comparison.BY_VALUE, (s, i, v, e) -> s.setByte(i, (Byte) v)),
  SHORT(Comparison.BY_VALUE, (s, i, v, e) -> s.setShort(i, (Short) v)),
  INT(Comparison.BY_VALUE, (s, i, v, e) -> s.setInt(i, (Integer) v)),
  LONG(Comparison.BY_VALUE, (s, i, v, e) -> s.setLong(i, (Long) v)),
  FLOAT(Comparison.BY_VALUE, (s, i, v, e) -> s.setFloat(i, (Float) v)),
  DOUBLE(Comparison.BY_VALUE, (s, i, v, e) -> s.setDouble(i, (Double) v)),
  STRING(Comparison.BY_VALUE, (s, i, v, e) -> s.setString(i, (String) v)),
  NSTRING(Comparison.BY_CLASS, (s, i, v, e) -> s.setNString(i, (String) v)),
  BYTES(Comparison.BY_CLASS, (s, i, v, e) -> s.setBytes(i, (byte[]) v)),
  BIG_DECIMAL(Comparison.BY_CLASS, (s, i, v, e) -> s.setBigDecimal(i, (BigDecimal) v)),
  DATE(Comparison.BY_CLASS, (s, i, v, e) -> s.setDate(i, (Date) v)),
  DATE_CALENDAR(Comparison.BY_CLASS, (s, i, v, e) -> s.setDate(i, (Date) v, (Calendar) e[0])),
  TIME(Comparison.BY_CLASS, (s, i, v, e) -> s.setTime(i, (Time) v)),
  TIME_CALENDAR(Comparison.BY_CLASS, (s, i, v, e) -> s.setTime(i, (Time) v, (Calendar) e[0])),
  TIMESTAMP(Comparison.BY_CLASS, (s, i, v, e) -> s.setTimestamp(i, (Timestamp) v)),
  TIMESTAMP_CALENDAR(
      Comparison.BY_CLASS, (s, i, v, e) -> s.setTimestamp(i, (Timestamp) v, (Calendar) e[0])),
  OBJECT(Comparison.BY_CLASS, (s, i, v, e) -> s.setObject(i, v)),
  OBJECT_TYPE(Comparison.BY_CLASS, (s, i, v, e) -> s.setObject(i, v, (Integer) e[0])),
  OBJECT_TYPE_SCALE(
      Comparison.BY_CLASS, (s, i, v, e) -> s.setObject(i, v, (Integer) e[0], (Integer) e[1])),
  OBJECT_SQL_TYPE(Comparison.BY_CLASS, (s, i, v, e) -> s.setObject(i, v, (SQLType) e[0])),
  OBJECT_SQL_TYPE_SCALE(
      Comparison.BY_CLASS, (s, i, v, e) -> s.setObject(i, v, (SQLType) e[0], (Integer) e[1])),
  URL(Comparison.NEVER, (s, i, v, e) -> s.setURL(i, (URL) v)),
  ARRAY(Comparison.BY_CLASS, (s, i, v, e) -> s.setArray(i, (Array) v)),
  REF(Comparison.NEVER, (s, i, v, e) -> s.setRef(i, (Ref) v)),
  ROW_ID(Comparison.NEVER, (s, i, v, e) -> s.setRowId(i, (RowId) v)),
  SQL_XML(Comparison.NEVER, (s, i, v, e) -> s.setSQLXML(i, (SQLXML) v)),
  BLOB(Comparison.NEVER, (s, i, v, e) -> s.setBlob(i, (Blob) v)),
  BLOB_STREAM(Comparison.NEVER, (s, i, v, e) -> s.setBlob(i, (InputStream) v)),
  BLOB_STREAM_LENGTH(Comparison.NEVER, (s, i, v, e) -> s.setBlob(i, (InputStream) v, (Long) e[0])),
  CLOB(Comparison.NEVER, (s, i, v, e) -> s.setClob(i, (Clob) v)),
  CLOB_READER(Comparison.NEVER, (s, i, v, e) -> s.setClob(i, (Reader) v)),
  CLOB_READER_LENGTH(Comparison.NEVER, (s, i, v, e) -> s.setClob(i, (Reader) v, (Long) e[0])),
  NCLOB(Comparison.NEVER, (s, i, v, e) -> s.setNClob(i, (NClob) v)),
  NCLOB_READER(Comparison.NEVER, (s, i, v, e) -> s.setNClob(i, (Reader) v)),
  NCLOB_READER_LENGTH(Comparison.NEVER, (s, i, v, e) -> s.setNClob(i, (Reader) v, (Long) e[0])),
  ASCII_STREAM(Comparison.NEVER, (s, i, v, e) -> s.setAsciiStream(i, (InputStream) v)),
  ASCII_STREAM_INT(
      Comparison.NEVER, (s, i, v, e) -> s.setAsciiStream(i, (InputStream) v, (Integer) e[0])),
  ASCII_STREAM_LONG(
      Comparison.NEVER, (s, i, v, e) -> s.setAsciiStream(i, (InputStream) v, (Long) e[0])),
  @SuppressWarnings("deprecation")
  UNICODE_STREAM(
      Comparison.NEVER, (s, i, v, e) -> s.setUnicodeStream(i, (InputStream) v, (Integer) e[0])),
  BINARY_STREAM(Comparison.NEVER, (s, i, v, e) -> s.setBinaryStream(i, (InputStream) v)),
  BINARY_STREAM_INT(
      Comparison.NEVER, (s, i, v, e) -> s.setBinaryStream(i, (InputStream) v, (Integer) e[0])),
  BINARY_STREAM_LONG(
      Comparison.NEVER, (s, i, v, e) -> s.setBinaryStream(i, (InputStream) v, (Long) e[0])),
  CHARACTER_STREAM(Comparison.NEVER, (s, i, v, e) -> s.setCharacterStream(i, (Reader) v)),
  CHARACTER_STREAM_INT(
      Comparison.NEVER, (s, i, v, e) -> s.setCharacterStream(i, (Reader) v, (Integer) e[0])),
  CHARACTER_STREAM_LONG(
      Comparison.NEVER, (s, i, v, e) -> s.setCharacterStream(i, (Reader) v, (Long) e[0])),
  NCHARACTER_STREAM(Comparison.NEVER, (s, i, v, e) -> s.setNCharacterStream(i, (Reader) v)),
  NCHARACTER_STREAM_LONG(
      Comparison.NEVER, (s, i, v, e) -> s.setNCharacterStream(i, (Reader) v, (Long) e[0]));

  /** Whether values can be part of a key. */
  enum Comparison {
    /** Of one final class, compared by content, and the same in every time zone. */
    BY_VALUE,
    /** It depends on the value's class. */
    BY_CLASS,
    /** It is used up by being sent, or leads to the database: replayed, never a key. */
    NEVER
  }

  @FunctionalInterface
  private interface Call {
    void set(PreparedStatement statement, int index, Object value, Object[] extra)
        throws SQLException;
  }

  /** A setter that takes nothing but a value. */
  public static final Object[] NO_EXTRA = {};

  /** Types of NULL that every driver takes. */
  private static final Set<Integer> PLAIN_NULLS =
      Set.of(
          Types.NULL,
          Types.OTHER,
          Types.BIT,
          Types.BOOLEAN,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP);

  /** Classes that every driver takes, and as what it takes them without a conversion. */
  private static final Map<Class<?>, Set<Integer>> PLAIN_TYPES =
      Map.ofEntries(
          Map.entry(
              String.class, Set.of(Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.OTHER)),
          Map.entry(Integer.class, Set.of(Types.INTEGER, Types.BIGINT)),
          Map.entry(Long.class, Set.of(Types.BIGINT)),
          Map.entry(Short.class, Set.of(Types.SMALLINT, Types.INTEGER)),
          Map.entry(Byte.class, Set.of(Types.SMALLINT, Types.INTEGER)),
          Map.entry(Boolean.class, Set.of(Types.BOOLEAN, Types.BIT)),
          Map.entry(Double.class, Set.of(Types.DOUBLE, Types.FLOAT)),
          Map.entry(Float.class, Set.of(Types.REAL)),
          Map.entry(BigDecimal.class, Set.of(Types.NUMERIC, Types.DECIMAL)),
          Map.entry(byte[].class, Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY)),
          Map.entry(Date.class, Set.of(Types.DATE)),
          Map.entry(Time.class, Set.of(Types.TIME)),
          Map.entry(Timestamp.class, Set.of(Types.TIMESTAMP)),
          Map.entry(LocalDate.class, Set.of(Types.DATE)),
          Map.entry(LocalTime.class, Set.of(Types.TIME)),
          Map.entry(LocalDateTime.class, Set.of(Types.TIMESTAMP)),
          Map.entry(OffsetDateTime.class, Set.of(Types.TIMESTAMP_WITH_TIMEZONE)),
          Map.entry(UUID.class, Set.of(Types.OTHER)));

  private final Call call;
  private final Comparison comparison;

  Setter(Comparison comparison, Call call) {
    this.comparison = comparison;
    this.call = call;
  }

  /** Whether two values set this way can be compared, so that they can be part of a key. */
  Comparison comparison() {
    return comparison;
  }

  /** Whether a value that can change after it was set can be part of a key. */
  boolean mayTakeMutable() {
    return comparison == Comparison.BY_CLASS;
  }

  /**
   * Whether every driver is known to take the value, and whatever it is told of it later is what it
   * would have taken in the setter. What is not plain is the driver's to take, or to refuse.
   */
  boolean isPlain(@Nullable Object value, @Nullable Object[] extra) {
    return switch (comparison) {
      case BY_VALUE -> true;
      case NEVER -> false;
      case BY_CLASS ->
          switch (this) {
            case NULL -> PLAIN_NULLS.contains(extra[0]);
            case NULL_NAMED, NSTRING, ARRAY -> false;
            case OBJECT -> value != null && PLAIN_TYPES.containsKey(value.getClass());
            case OBJECT_TYPE ->
                value == null
                    ? PLAIN_NULLS.contains(extra[0])
                    : PLAIN_TYPES.getOrDefault(value.getClass(), Set.of()).contains(extra[0]);
            case OBJECT_TYPE_SCALE, OBJECT_SQL_TYPE, OBJECT_SQL_TYPE_SCALE -> false;
            default -> value == null || PLAIN_TYPES.containsKey(value.getClass());
          };
    };
  }

  /** Whether a value of a class of the driver's is sent as that class says. */
  public boolean takesOwnOfDriver(@Nullable Object[] extra) {
    return this == OBJECT || (this == OBJECT_TYPE && Integer.valueOf(Types.OTHER).equals(extra[0]));
  }

  /** Whether the zone that a date or time is sent in stands beside it. */
  boolean namesItsZone(Object @Nullable [] extra) {
    return extra != null && extra.length > 0 && extra[0] instanceof Calendar;
  }

  /** Sets a plain date or time as it was in the zone of a calendar. */
  static void replayIn(Calendar zone, PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof Timestamp timestamp) {
      statement.setTimestamp(index, timestamp, zone);
    } else if (value instanceof Time time) {
      statement.setTime(index, time, zone);
    } else if (value instanceof Date date) {
      statement.setDate(index, date, zone);
    } else {
      statement.setObject(index, value);
    }
  }

  @SuppressWarnings("NullAway") // JDBC takes null for a value that is null
  void replay(
      PreparedStatement statement, int index, @Nullable Object value, Object @Nullable [] extra)
      throws SQLException {
    Object own = value;
    if (value instanceof ArrayValue array) {
      own = array.on(statement.getConnection());
    } else if (value instanceof DriverValue driverValue) {
      own = driverValue.own();
    }
    call.set(statement, index, own, extra == null ? NO_EXTRA : extra);
  }
}
