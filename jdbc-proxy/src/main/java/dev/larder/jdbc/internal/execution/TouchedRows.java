package dev.larder.jdbc.internal.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * How many rows a call to the driver has touched, by what it answered. Implementations are
 * stateless.
 *
 * @param <T> what the call answers
 */
@FunctionalInterface
public interface TouchedRows<T> {

  /** It is not told, and may be none. */
  long UNKNOWN = -1;

  /** The least that one of its statements has touched; less than 0 where that is not told. */
  long leastOf(T result);

  /** Whether a call that ran one statement has counted its rows, and there was none. */
  default boolean isNone(T result) {
    boolean isOne = result instanceof Number || result instanceof Boolean;
    return isOne && leastOf(result) == 0;
  }

  /** The same, by a result that says it itself. */
  static long of(Object result) {
    if (result instanceof Integer count) {
      return count;
    } else if (result instanceof Long count) {
      return count;
    } else if (result instanceof int[] counts) {
      return Arrays.stream(counts).min().orElse(0);
    } else if (result instanceof long[] counts) {
      return Arrays.stream(counts).min().orElse(0);
    }
    return result instanceof ResultSet rows ? ofReturned(rows) : UNKNOWN;
  }

  /** RETURNING: whether there is a row is told without reading one. */
  private static long ofReturned(ResultSet rows) {
    try {
      return rows.isBeforeFirst() ? 1 : 0;
    } catch (SQLException untold) {
      return UNKNOWN;
    }
  }
}
