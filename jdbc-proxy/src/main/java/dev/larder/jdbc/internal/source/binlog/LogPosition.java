package dev.larder.jdbc.internal.source.binlog;

import java.util.Comparator;

/**
 * A place in a binary log. Immutable and thread-safe.
 *
 * @param number which of the log's files it is
 * @param offset how many bytes of that file lie before it
 */
record LogPosition(long number, long offset) implements Comparable<LogPosition> {

  private static final Comparator<LogPosition> ORDER =
      Comparator.<LogPosition>comparingLong(LogPosition::number)
          .thenComparingLong(LogPosition::offset);

  /**
   * A place in a file, as the server names it.
   *
   * @throws IllegalArgumentException for a name that does not end in a number
   */
  static LogPosition of(String file, long offset) {
    return new LogPosition(number(file), offset);
  }

  /** The number of a file, which its name ends in. */
  static long number(String file) {
    return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }
}
