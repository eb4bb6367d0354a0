package dev.larder.jdbc.internal.result.driver.h2;

import static java.util.Map.entry;

import dev.larder.jdbc.internal.result.column.SnapshotBlob;
import dev.larder.jdbc.internal.result.column.SnapshotClob;
import dev.larder.jdbc.internal.result.column.SnapshotXml;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLXML;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import org.h2.api.Interval;
import org.h2.message.DbException;
import org.h2.util.JSR310Utils;
import org.h2.util.JdbcUtils;
import org.h2.util.LegacyDateTimeUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueInterval;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The conversions of {@code getObject(int, Class)}, as {@code ValueToObjectConverter.valueToObject}
 * has them. Stateless and thread-safe.
 */
final class H2Conversions {

  private static final Map<Class<?>, Conversion> BY_CLASS =
      Map.ofEntries(
          to(BigDecimal.class, Value::getBigDecimal),
          // No method reference: that would be looked up in releases that do not have it.
          to(BigInteger.class, value -> value.getBigInteger()),
          to(String.class, Value::getString),
          to(Boolean.class, Value::getBoolean),
          to(Byte.class, Value::getByte),
          to(Short.class, Value::getShort),
          to(Integer.class, Value::getInt),
          to(Long.class, Value::getLong),
          to(Float.class, Value::getFloat),
          to(Double.class, Value::getDouble),
          to(UUID.class, value -> value.convertToUuid().getUuid()),
          to(byte[].class, Value::getBytes),
          to(Character.class, H2Conversions::character),
          to(Interval.class, H2Conversions::interval),
          inSession(
              LocalDate.class,
              (column, value) -> JSR310Utils.valueToLocalDate(value, column.session)),
          inSession(
              LocalTime.class,
              (column, value) -> JSR310Utils.valueToLocalTime(value, column.session)),
          inSession(
              LocalDateTime.class,
              (column, value) -> JSR310Utils.valueToLocalDateTime(value, column.session)),
          inSession(
              OffsetTime.class,
              (column, value) -> JSR310Utils.valueToOffsetTime(value, column.session)),
          inSession(
              OffsetDateTime.class,
              (column, value) -> JSR310Utils.valueToOffsetDateTime(value, column.session)),
          inSession(
              ZonedDateTime.class,
              (column, value) -> JSR310Utils.valueToZonedDateTime(value, column.session)),
          inSession(
              Instant.class, (column, value) -> JSR310Utils.valueToInstant(value, column.session)),
          to(Period.class, JSR310Utils::valueToPeriod),
          to(Duration.class, JSR310Utils::valueToDuration),
          to(InputStream.class, value -> new ByteArrayInputStream(value.getBytes())),
          to(Reader.class, value -> new StringReader(value.getString())),
          to(Blob.class, value -> new SnapshotBlob(value.getBytes())),
          to(Clob.class, value -> new SnapshotClob(value.getString())),
          to(SQLXML.class, value -> new SnapshotXml(value.getString())),
          inSession(Array.class, H2Column::array),
          to(Object.class, H2Conversions::javaObject));

  private H2Conversions() {}

  private interface Conversion {
    Object of(H2Column column, Value value);
  }

  private interface PlainConversion {
    Object of(Value value);
  }

  private static Map.Entry<Class<?>, Conversion> to(Class<?> type, PlainConversion conversion) {
    return entry(type, (column, value) -> conversion.of(value));
  }

  /** A conversion that asks for the session's time zone or mode. */
  private static Map.Entry<Class<?>, Conversion> inSession(Class<?> type, Conversion conversion) {
    return entry(type, conversion);
  }

  /** The value of a row that is not NULL as an object of a class. */
  static Object convert(H2Column column, Value value, Class<?> type) {
    Conversion conversion = BY_CLASS.get(type);
    if (conversion != null) {
      return conversion.of(column, value);
    }
    if (type.isArray()) {
      return elements(column, value, type.getComponentType());
    }
    Object legacy = LegacyDateTimeUtils.valueToLegacyType(type, value, column.session);
    if (legacy == null) {
      throw DbException.getUnsupportedException("converting to class " + type.getName());
    }
    return legacy;
  }

  /** An array's elements, each converted. */
  private static Object elements(H2Column column, Value value, Class<?> type) {
    Value[] list = ((ValueArray) value).getList();
    @Nullable Object[] elements =
        (@Nullable Object[]) java.lang.reflect.Array.newInstance(type, list.length);
    for (int i = 0; i < list.length; i++) {
      elements[i] = list[i] == ValueNull.INSTANCE ? null : convert(column, list[i], type);
    }
    return elements;
  }

  private static Object character(Value value) {
    String text = value.getString();
    return text.isEmpty() ? ' ' : text.charAt(0);
  }

  private static Object interval(Value value) {
    ValueInterval interval =
        (ValueInterval)
            (value instanceof ValueInterval
                ? value
                : value.convertTo(TypeInfo.TYPE_INTERVAL_DAY_TO_SECOND));
    return new Interval(
        interval.getQualifier(), false, interval.getLeading(), interval.getRemaining());
  }

  private static Object javaObject(Value value) {
    return JdbcUtils.deserialize(
        value.convertToJavaObject(TypeInfo.TYPE_JAVA_OBJECT, 0, null).getBytesNoCopy(), null);
  }
}
