package dev.larder.jdbc.internal.result.driver.pgjdbc;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.PGobject;

/**
 * The type of a column, as far as pgjdbc's conversions ask for it. Immutable and thread-safe.
 *
 * @param oid the type's number
 * @param sqlType the type as {@link java.sql.Types} has it
 * @param name the type's name as the driver spells it
 * @param precision as the driver's metadata has it, and so the two below
 * @param objectClass the class the driver has for values of this type; null for its plain one
 * @param binary whether the values came in binary transfer
 * @param booleansAreNumbers whether numeric getters read a boolean as 0 or 1
 */
record PgType(
    int oid,
    int sqlType,
    String name,
    int precision,
    int scale,
    int displaySize,
    @Nullable Class<? extends PGobject> objectClass,
    boolean binary,
    boolean booleansAreNumbers) {

  /** The scale declared for a NUMERIC, or null where none is. */
  @Nullable Integer declaredScale() {
    return oid == Oid.NUMERIC && precision != 0 ? scale : null;
  }

  /** The same type of values that came so. */
  PgType sent(boolean inBinary) {
    return inBinary == binary
        ? this
        : new PgType(
            oid,
            sqlType,
            name,
            precision,
            scale,
            displaySize,
            objectClass,
            inBinary,
            booleansAreNumbers);
  }
}
