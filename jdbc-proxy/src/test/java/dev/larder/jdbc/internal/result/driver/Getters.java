package dev.larder.jdbc.internal.result.driver;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every getter of a ResultSet, with every kind of argument it takes. */
public final class Getters {

  /** One getter with the arguments that follow the column. */
  public record Getter(Method method, List<Supplier<@Nullable Object>> rest, String name) {

    public Observed answer(ResultSet result, int column, String label) {
      return Observed.of(result, method, arguments(column, label));
    }

    /** The same with the vendor code and the message of an exception. */
    Observed exactAnswer(ResultSet result, int column, String label) {
      return Observed.exactly(result, method, arguments(column, label));
    }

    private Object[] arguments(int column, String label) {
      Object[] arguments = new Object[1 + rest.size()];
      arguments[0] = method.getParameterTypes()[0] == int.class ? column : label;
      for (int i = 0; i < rest.size(); i++) {
        arguments[i + 1] = rest.get(i).get();
      }
      return arguments;
    }
  }

  private static final List<Class<?>> CLASSES =
      List.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          byte[].class,
          Date.class,
          Time.class,
          Timestamp.class,
          java.util.Date.class,
          Calendar.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Instant.class,
          Duration.class,
          Period.class,
          Year.class,
          UUID.class,
          InetAddress.class,
          URL.class,
          Blob.class,
          Clob.class,
          NClob.class,
          SQLXML.class,
          InputStream.class,
          Reader.class,
          BitSet.class,
          Character.class,
          int.class,
          long.class,
          boolean.class,
          Object.class,
          StringBuilder.class);

  /** Of arrays, for products that have any. */
  static final List<Class<?>> ARRAYS =
      List.of(Array.class, Object[].class, Integer[].class, String[].class, int[].class);

  private Getters() {}

  public static List<Getter> all(List<Class<?>> moreClasses) {
    List<Getter> getters = new ArrayList<>();
    for (Method method : ResultSet.class.getMethods()) {
      Class<?>[] types = method.getParameterTypes();
      if (!method.getName().startsWith("get")
          || types.length == 0
          || (types[0] != int.class && types[0] != String.class)) {
        continue;
      }
      String name = method.getName() + (types[0] == int.class ? "(index" : "(label");
      if (types.length == 1) {
        getters.add(new Getter(method, List.of(), name + ")"));
        continue;
      }
      for (Supplier<@Nullable Object> argument : arguments(types[1], moreClasses)) {
        Object value = argument.get();
        String written = value instanceof Calendar c ? c.getTimeZone().getID() : "" + value;
        getters.add(new Getter(method, List.of(argument), name + ", " + written + ")"));
      }
    }
    getters.sort(Comparator.comparing(Getter::name));
    return getters;
  }

  private static List<Supplier<@Nullable Object>> arguments(
      Class<?> type, List<Class<?>> moreClasses) {
    List<Supplier<@Nullable Object>> arguments = new ArrayList<>();
    if (type == Calendar.class) {
      arguments.add(() -> null);
      for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York")) {
        arguments.add(() -> Calendar.getInstance(TimeZone.getTimeZone(zone)));
      }
    } else if (type == int.class) {
      for (int scale : new int[] {0, 2, 20, -1}) {
        arguments.add(() -> scale);
      }
    } else if (type == Map.class) {
      arguments.addAll(
          Arrays.asList(() -> null, Map::of, () -> Map.<Object, Object>of("x", String.class)));
    } else if (type == Class.class) {
      CLASSES.forEach(c -> arguments.add(() -> c));
      moreClasses.forEach(c -> arguments.add(() -> c));
    } else {
      throw new AssertionError("teach this test the argument " + type);
    }
    return arguments;
  }
}
