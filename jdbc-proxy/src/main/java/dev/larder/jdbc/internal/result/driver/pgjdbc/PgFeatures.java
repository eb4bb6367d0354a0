package dev.larder.jdbc.internal.result.driver.pgjdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The abilities that only some releases of pgjdbc have, looked up once when the first of its
 * results is read. Stateless and thread-safe.
 */
final class PgFeatures {

  private static final @Nullable MethodHandle CONVERTS_BOOLEAN = convertsBoolean();

  private PgFeatures() {}

  private static @Nullable MethodHandle convertsBoolean() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              BaseConnection.class,
              "getConvertBooleanToNumeric",
              MethodType.methodType(boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  /** Whether the connection reads a boolean as a number, which older releases never do. */
  static boolean convertsBooleanToNumeric(BaseConnection connection) throws SQLException {
    if (CONVERTS_BOOLEAN == null) {
      return false;
    }
    try {
      return (boolean) CONVERTS_BOOLEAN.invokeExact(connection);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new SQLException("The driver does not tell how it reads booleans", "HY000", e);
    }
  }
}
