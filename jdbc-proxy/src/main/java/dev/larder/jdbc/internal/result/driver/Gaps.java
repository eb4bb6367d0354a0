package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.column.Column;
import java.math.BigInteger;
import java.util.Set;

/**
 * The rare getters in which a release of a driver differs from those whose answers are reproduced:
 * they are left to the driver itself. Immutable and thread-safe.
 *
 * @param decimalOfScale whether {@code getBigDecimal(int, int)} is one
 * @param xml whether {@code getSQLXML(int)} is one
 * @param classes those that {@code getObject(int, Class)} is one for
 */
public record Gaps(boolean decimalOfScale, boolean xml, Set<Class<?>> classes) {

  public static final Gaps NONE = new Gaps(false, false, Set.of());
  public static final Gaps OF_SCALE = new Gaps(true, false, Set.of());
  public static final Gaps OF_XML = new Gaps(false, true, Set.of());
  public static final Gaps OF_BIG_INTEGER = new Gaps(false, false, Set.of(BigInteger.class));
  public static final Gaps OF_SCALE_AND_BYTES = new Gaps(true, false, Set.of(byte[].class));

  /** The columns as a cursor asks them: as they are where there is nothing to leave out. */
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    if (this == NONE) {
      return captured;
    }
    Column[] columns = new Column[captured.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new HandedOverColumn(cursor, i + 1, captured[i], this);
    }
    return columns;
  }
}
