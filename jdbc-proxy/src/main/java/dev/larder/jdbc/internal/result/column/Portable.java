package dev.larder.jdbc.internal.result.column;

import java.util.List;

/**
 * A column taken apart, so that another JVM with the same driver can put it together again.
 * Immutable and thread-safe.
 *
 * @param form what else than values and transfer decides on its answers, as a text to be compared
 * @param transfer how the values came from the server, by the driver's own numbers
 * @param parts the values, packed; nothing else of the column comes from the server
 * @param maker makes a column of the same form from other values
 */
public record Portable(String form, int transfer, List<Values> parts, Maker maker) {

  public Portable {
    parts = List.copyOf(parts);
  }

  /** Makes a column from parts of the same classes, in the same order. */
  @FunctionalInterface
  public interface Maker {
    Column make(List<Values> parts, int transfer);
  }
}
