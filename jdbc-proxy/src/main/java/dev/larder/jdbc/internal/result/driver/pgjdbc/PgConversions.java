package dev.larder.jdbc.internal.result.driver.pgjdbc;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
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
import java.util.Arrays;
import java.util.Calendar;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The conversions of {@code getObject(int, Class)}: to which class, from which types of {@link
 * Types}, as {@code PgResultSet.getObject} has them in its own order. Stateless and thread-safe.
 */
final class PgConversions {

  /** From any type; what does not convert is refused by the getter. */
  private static final Set<Integer> ANY = Set.of();

  private static final Map<Class<?>, Conversion> BY_CLASS =
      Map.ofEntries(
          to(String.class, PgColumn::getString, Types.CHAR, Types.VARCHAR),
          to(Integer.class, PgColumn::getInt, Types.INTEGER, Types.SMALLINT),
          to(Long.class, PgColumn::getLong, Types.BIGINT),
          to(BigDecimal.class, PgColumn::getBigDecimal, Types.NUMERIC, Types.DECIMAL),
          to(Boolean.class, PgColumn::getBoolean, Types.BOOLEAN, Types.BIT),
          to(Short.class, PgColumn::getShort, Types.SMALLINT),
          to(BigInteger.class, PgConversions::bigInteger, Types.BIGINT),
          to(Float.class, PgColumn::getFloat, Types.REAL),
          to(Double.class, PgColumn::getDouble, Types.FLOAT, Types.DOUBLE),
          to(byte[].class, PgColumn::getBytes, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY),
          to(UUID.class, PgColumn::getObject),
          to(InetAddress.class, PgConversions::address),
          to(Date.class, (column, row) -> column.getDate(row, null), Types.DATE),
          to(Time.class, (column, row) -> column.getTime(row, null), Types.TIME),
          to(
              Timestamp.class,
              (column, row) -> column.getTimestamp(row, null),
              Types.TIMESTAMP,
              Types.TIMESTAMP_WITH_TIMEZONE),
          to(
              Calendar.class,
              PgConversions::calendar,
              Types.TIMESTAMP,
              Types.TIMESTAMP_WITH_TIMEZONE),
          to(java.util.Date.class, PgConversions::date, Types.TIMESTAMP),
          to(LocalDate.class, PgColumn::localDate),
          to(LocalTime.class, PgColumn::localTime),
          to(LocalDateTime.class, PgColumn::localDateTime),
          to(OffsetDateTime.class, PgColumn::offsetDateTime),
          to(OffsetTime.class, PgColumn::offsetTime),
          to(SQLXML.class, PgColumn::getSQLXML, Types.SQLXML),
          to(Array.class, PgColumn::getArray, Types.ARRAY),
          toLargeObject(Blob.class, PgColumn::getBlob, Types.BLOB, Types.BINARY, Types.BIGINT),
          toLargeObject(Clob.class, PgColumn::getClob, Types.CLOB, Types.BIGINT));

  private PgConversions() {}

  private interface Getter {
    @Nullable Object get(PgColumn column, int row) throws SQLException;
  }

  /** A getter that opens what it finds on the connection of a statement. */
  private interface OwnedGetter {
    @Nullable Object get(PgColumn column, int row, @Nullable Statement owner) throws SQLException;
  }

  /**
   * The way to a class.
   *
   * @param sqlTypes those that convert; empty for any
   * @param getter for a value that is not NULL
   */
  private record Conversion(Set<Integer> sqlTypes, OwnedGetter getter) {

    boolean isFrom(int sqlType) {
      return sqlTypes.isEmpty() || sqlTypes.contains(sqlType);
    }
  }

  private static Map.Entry<Class<?>, Conversion> to(
      Class<?> wanted, Getter getter, int... sqlTypes) {
    return toLargeObject(wanted, (column, row, owner) -> getter.get(column, row), sqlTypes);
  }

  private static Map.Entry<Class<?>, Conversion> toLargeObject(
      Class<?> wanted, OwnedGetter getter, int... sqlTypes) {
    Set<Integer> from =
        sqlTypes.length == 0
            ? ANY
            : Arrays.stream(sqlTypes).boxed().collect(Collectors.toUnmodifiableSet());
    return entry(wanted, new Conversion(from, getter));
  }

  /** The value of a row as an object of a class; null for NULL. */
  static <T> @Nullable T convert(
      PgColumn column, int row, Class<T> wanted, @Nullable Statement owner) throws SQLException {
    Conversion conversion = BY_CLASS.get(wanted);
    if (conversion == null && PGobject.class.isAssignableFrom(wanted)) {
      return wanted.cast(column.driverObject(row));
    }
    if (conversion == null || !conversion.isFrom(column.type.sqlType())) {
      throw new PSQLException(
          "conversion to " + wanted + " from " + column.type.name() + " not supported",
          PSQLState.INVALID_PARAMETER_VALUE);
    }
    return column.isNull(row) ? null : wanted.cast(conversion.getter().get(column, row, owner));
  }

  private static BigInteger bigInteger(PgColumn column, int row) throws SQLException {
    return BigInteger.valueOf(column.getLong(row));
  }

  private static InetAddress address(PgColumn column, int row) throws SQLException {
    String text = column.text(row);
    int slash = text.indexOf('/');
    try {
      return InetAddress.getByName(slash < 0 ? text : text.substring(0, slash));
    } catch (UnknownHostException e) {
      throw new PSQLException("Invalid Inet data.", PSQLState.INVALID_PARAMETER_VALUE, e);
    }
  }

  private static Calendar calendar(PgColumn column, int row) throws SQLException {
    Calendar calendar = Calendar.getInstance();
    calendar.setTimeInMillis(column.getTimestamp(row, null).getTime());
    return calendar;
  }

  private static java.util.Date date(PgColumn column, int row) throws SQLException {
    return new java.util.Date(column.getTimestamp(row, null).getTime());
  }
}
