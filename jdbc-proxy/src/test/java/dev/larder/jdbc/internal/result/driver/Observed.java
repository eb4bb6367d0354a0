package dev.larder.jdbc.internal.result.driver;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a call answered, in a form that can be compared and read: the value, whole, or the class of
 * the exception among those of java.sql and its SQLSTATE.
 */
public record Observed(String text) {

  public interface Call {
    @Nullable Object call() throws Exception;
  }

  public static Observed of(Call call) {
    try {
      return new Observed(written(call.call()));
    } catch (Exception | AssertionError e) {
      // A driver that is run with its assertions fails at one of them where it would else go on.
      return new Observed("throws " + thrown(e));
    }
  }

  /** A call by reflection on a result, and what {@code wasNull} says after it. */
  public static Observed of(ResultSet result, Method getter, Object... arguments) {
    return of(
        () -> {
          Object value;
          try {
            value = getter.invoke(result, arguments);
          } catch (java.lang.reflect.InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
          return Arrays.asList(written(value), result.wasNull());
        });
  }

  /** The same with the vendor code and the message of an exception. */
  static Observed exactly(ResultSet result, Method getter, Object... arguments) {
    try {
      return new Observed(
          written(Arrays.asList(written(getter.invoke(result, arguments)), result.wasNull())));
    } catch (java.lang.reflect.InvocationTargetException e) {
      return exactly((Exception) e.getTargetException());
    } catch (Exception e) {
      return exactly(e);
    }
  }

  private static Observed exactly(Exception e) {
    return new Observed(
        "throws "
            + thrown(e)
            + (e instanceof SQLException sql
                ? " " + sql.getErrorCode() + " " + ofTheDriver(String.valueOf(sql.getMessage()))
                : ""));
  }

  /** Without what the JVM says of a failed cast, which differs once its code is compiled. */
  private static String ofTheDriver(String message) {
    return message.replaceAll("(java\\.lang\\.ClassCastException)(: class [^\"]*)?", "$1");
  }

  /**
   * Whether a snapshot may answer that where the driver answers this: the same, or an SQLException
   * where the driver lets an unchecked exception out.
   */
  public boolean allows(Observed ours) {
    return equals(ours) || (isUnchecked(text) && ours.text.startsWith("throws java.sql.SQL"));
  }

  private static boolean isUnchecked(String text) {
    return text.startsWith("throws java.") && !text.startsWith("throws java.sql.");
  }

  private static String thrown(Throwable e) {
    Class<?> type = e.getClass();
    while (!type.getName().startsWith("java.")) {
      type = type.getSuperclass();
    }
    return type.getName() + (e instanceof SQLException sql ? " " + sql.getSQLState() : "");
  }

  /** The same with all that the array of a column answers, before it is freed and after. */
  Observed and(Array array) throws Exception {
    StringBuilder all = new StringBuilder(text);
    if (array.getClass().getSimpleName().startsWith("Pg")) {
      // H2's has a number of its own.
      all.append(' ').append(array);
    }
    List<Call> calls =
        List.of(
            () -> array.getArray(1, 1),
            () -> array.getArray(2, 1),
            () -> array.getArray(1, 0),
            () -> array.getArray(0, 1),
            () -> array.getArray(1, 99),
            () -> array.getArray(99, 1),
            () -> array.getArray(1, -1),
            () -> array.getArray(Map.of()),
            () -> array.getArray(1, 1, null),
            () -> array.getArray(Map.of("x", String.class)),
            () -> rows(array.getResultSet()),
            () -> rows(array.getResultSet(2, 1)),
            () -> rows(array.getResultSet(0, 1)),
            () -> rows(array.getResultSet(Map.of())));
    for (Call call : calls) {
      all.append("; ").append(of(call).text());
    }
    array.free();
    for (Call call :
        List.<Call>of(
            array::getArray, () -> array.getArray(1, 1), () -> rows(array.getResultSet()))) {
      String answer = of(call).text();
      all.append("; freed: ").append(isUnchecked(answer) ? "an exception" : answer);
    }
    return new Observed(all.toString());
  }

  private static String rows(ResultSet rows) throws Exception {
    StringBuilder text = new StringBuilder("rows");
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      text.append(' ')
          .append(rows.getMetaData().getColumnLabel(i))
          .append(' ')
          .append(rows.getMetaData().getColumnTypeName(i));
    }
    while (rows.next()) {
      text.append(' ').append(rows.getString(1)).append('=').append(rows.getString(2));
    }
    // pgjdbc writes bytes that came in binary as an object of no class.
    return text.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
  }

  private static String written(@Nullable Object value) throws Exception {
    if (value == null) {
      return "null";
    } else if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    } else if (value instanceof InputStream stream) {
      return "stream " + HexFormat.of().formatHex(stream.readAllBytes());
    } else if (value instanceof Reader reader) {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[1000];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
      return "reader " + text;
    } else if (value instanceof Blob blob) {
      int length = (int) blob.length();
      return "blob " + length + " " + HexFormat.of().formatHex(blob.getBytes(1, length));
    } else if (value instanceof Clob clob) {
      int length = (int) clob.length();
      return "clob " + length + " " + clob.getSubString(1, length);
    } else if (value instanceof SQLXML xml) {
      return "xml " + xml.getString();
    } else if (value instanceof Array array) {
      return "array "
          + array.getBaseType()
          + " "
          + array.getBaseTypeName()
          + " "
          + written(array.getArray());
    } else if (value instanceof Timestamp timestamp) {
      return "timestamp " + timestamp.getTime() + " " + timestamp.getNanos();
    } else if (value instanceof java.util.Date date) {
      return value.getClass().getName() + " " + date.getTime();
    } else if (value instanceof Calendar calendar) {
      return "calendar " + calendar.getTimeInMillis() + " " + calendar.getTimeZone().getID();
    } else if (value instanceof BigDecimal decimal) {
      return "decimal " + decimal.unscaledValue() + " scale " + decimal.scale();
    } else if (value.getClass().isArray()) {
      int length = java.lang.reflect.Array.getLength(value);
      StringBuilder text = new StringBuilder(value.getClass().getSimpleName());
      for (int i : IntStream.range(0, length).toArray()) {
        text.append(' ').append(written(java.lang.reflect.Array.get(value, i)));
      }
      return text.toString();
    } else if (value instanceof Map<?, ?> map) {
      return "map " + new java.util.TreeMap<>(map);
    } else if (value instanceof ResultSet) {
      return "a result";
    }
    return value.getClass().getName() + " " + value;
  }
}
