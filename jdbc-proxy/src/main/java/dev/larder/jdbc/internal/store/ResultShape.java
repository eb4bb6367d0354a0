package dev.larder.jdbc.internal.store;

import java.sql.ResultSet;

/**
 * The properties of a result that a statement asks for and that change what the application sees.
 * Immutable and thread-safe.
 *
 * @param type a type constant of {@link ResultSet}
 * @param concurrency a concurrency constant of {@link ResultSet}
 * @param holdability a holdability constant of {@link ResultSet}, or 0 for the connection's own
 * @param maxRows rows, 0 for all
 * @param maxFieldSize bytes or characters, 0 for all
 */
public record ResultShape(
    int type, int concurrency, int holdability, long maxRows, int maxFieldSize) {

  /** What a statement asks for when it is told nothing. */
  public static final ResultShape PLAIN =
      new ResultShape(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, 0, 0, 0);

  /** Whether a snapshot can stand in for such a result. */
  public boolean isSnapshot() {
    return this == PLAIN
        || (concurrency == ResultSet.CONCUR_READ_ONLY
            && (type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE));
  }

  public ResultShape withMaxRows(long rows) {
    return new ResultShape(type, concurrency, holdability, rows, maxFieldSize);
  }

  public ResultShape withMaxFieldSize(int size) {
    return new ResultShape(type, concurrency, holdability, maxRows, size);
  }
}
