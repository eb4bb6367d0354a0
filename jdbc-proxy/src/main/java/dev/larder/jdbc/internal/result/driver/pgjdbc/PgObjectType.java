package dev.larder.jdbc.internal.result.driver.pgjdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A type whose values are objects of the driver's own. Immutable and thread-safe.
 *
 * @param name as the driver spells it
 * @param objectClass the class the driver has for its values; null for its plain one
 */
record PgObjectType(String name, @Nullable Class<? extends PGobject> objectClass) {

  /**
   * An object that nobody else has, as the driver makes it.
   *
   * @param text null where the value is NULL, or came in binary
   * @param binary null where it came as text
   */
  PGobject of(@Nullable String text, byte @Nullable [] binary) throws SQLException {
    try {
      PGobject object =
          objectClass == null ? new PGobject() : objectClass.getDeclaredConstructor().newInstance();
      object.setType(name);
      if (binary != null && object instanceof PGBinaryObject own) {
        own.setByteValue(binary, 0);
      } else {
        object.setValue(text);
      }
      return object;
    } catch (ReflectiveOperationException e) {
      throw new PSQLException(
          "Failed to create object for: " + name + ".", PSQLState.CONNECTION_FAILURE, e);
    }
  }
}
