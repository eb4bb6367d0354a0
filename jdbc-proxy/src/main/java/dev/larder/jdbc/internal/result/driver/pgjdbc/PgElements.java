package dev.larder.jdbc.internal.result.driver.pgjdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Encoding;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;
import org.postgresql.jdbc.TimestampUtils;

/**
 * The type of an array's elements, for the driver's own {@code PgArray}: all that one asks its
 * connection for, but for the rows, without a connection. Immutable and thread-safe.
 *
 * @param array the number of the array's type
 * @param oid the number of the elements'
 * @param sqlType the elements' type as {@link Types} has it
 * @param object what an element is that the driver has no Java class for
 */
record PgElements(int array, int oid, int sqlType, char delimiter, PgObjectType object) {

  /** What the driver's catalogue knows from the start, so that it asks nobody for it. */
  private static final Map<Integer, Integer> KNOWN =
      Map.ofEntries(
          Map.entry(Oid.INT2_ARRAY, Oid.INT2),
          Map.entry(Oid.INT4_ARRAY, Oid.INT4),
          Map.entry(Oid.INT8_ARRAY, Oid.INT8),
          Map.entry(Oid.OID_ARRAY, Oid.OID),
          Map.entry(Oid.FLOAT4_ARRAY, Oid.FLOAT4),
          Map.entry(Oid.FLOAT8_ARRAY, Oid.FLOAT8),
          Map.entry(Oid.NUMERIC_ARRAY, Oid.NUMERIC),
          Map.entry(Oid.BOOL_ARRAY, Oid.BOOL),
          Map.entry(Oid.TEXT_ARRAY, Oid.TEXT),
          Map.entry(Oid.VARCHAR_ARRAY, Oid.VARCHAR),
          Map.entry(Oid.BPCHAR_ARRAY, Oid.BPCHAR),
          Map.entry(Oid.NAME_ARRAY, Oid.NAME),
          Map.entry(Oid.UUID_ARRAY, Oid.UUID),
          Map.entry(Oid.BYTEA_ARRAY, Oid.BYTEA),
          Map.entry(Oid.DATE_ARRAY, Oid.DATE),
          Map.entry(Oid.TIME_ARRAY, Oid.TIME),
          Map.entry(Oid.TIMESTAMP_ARRAY, Oid.TIMESTAMP),
          Map.entry(Oid.TIMESTAMPTZ_ARRAY, Oid.TIMESTAMPTZ));

  /** The elements of arrays of that type; null where the driver does not know them. */
  static @Nullable PgElements of(PgType array, BaseConnection connection) throws SQLException {
    TypeInfo types = connection.getTypeInfo();
    Integer known = KNOWN.get(array.oid());
    int oid = known == null ? types.getPGArrayElement(array.oid()) : known;
    String name = oid == Oid.UNSPECIFIED ? null : types.getPGType(oid);
    if (name == null) {
      return null;
    }
    return new PgElements(
        array.oid(),
        oid,
        types.getSQLType(oid),
        types.getArrayDelimiter(array.oid()),
        new PgObjectType(name, types.getPGobject(name)));
  }

  /**
   * A connection that knows nothing but these elements.
   *
   * @param encoding that of texts that came in binary; null where there are none
   */
  BaseConnection connection(@Nullable Encoding encoding) {
    TypeInfo types = proxy(TypeInfo.class, this::ofTypes);
    return proxy(
        BaseConnection.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getTypeInfo" -> types;
              case "getTimestampUtils" -> new TimestampUtils(false, TimeZone::getDefault);
              case "getEncoding" -> encoding;
              case "getObject" -> object.of((String) arguments[1], (byte[]) arguments[2]);
              default -> throw PgBehavior.notImplemented(method.getName());
            });
  }

  @SuppressWarnings("UnusedVariable") // the signature of a handler
  private @Nullable Object ofTypes(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
    return switch (method.getName()) {
      case "getPGArrayElement" -> oid;
      // What came in binary names the type itself, and may be no array at all.
      case "getPGType" ->
          arguments != null && Integer.valueOf(oid).equals(arguments[0]) ? object.name() : null;
      case "getSQLType" -> sqlType;
      case "getArrayDelimiter" -> delimiter;
      default -> throw PgBehavior.notImplemented(method.getName());
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
