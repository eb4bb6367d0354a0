package dev.larder.jdbc.internal.proxy;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The list of a connection's open statements, the latest first. It is linked through the statements
 * themselves, so that to open one costs no object; the connection holds its first. Not thread-safe,
 * as a connection is not.
 */
final class OpenStatements {

  private OpenStatements() {}

  /** The list with one more, which becomes its first. */
  static StatementContext with(@Nullable StatementContext first, StatementContext opened) {
    opened.next = first;
    if (first != null) {
      first.previous = opened;
    }
    return opened;
  }

  /** The list without one, which need not be in it; its first, or null if none is left. */
  static @Nullable StatementContext without(
      @Nullable StatementContext first, StatementContext closed) {
    StatementContext before = closed.previous;
    StatementContext after = closed.next;
    StatementContext left = first;
    if (before != null) {
      before.next = after;
    } else if (first == closed) {
      left = after;
    }
    if (after != null) {
      after.previous = before;
    }
    closed.previous = null;
    closed.next = null;
    return left;
  }

  /** Closes all of them, and returns the first exception that one of them had, or null. */
  static @Nullable SQLException closeAll(@Nullable StatementContext first) {
    SQLException failure = null;
    StatementContext open = first;
    while (open != null) {
      StatementContext following = open.next;
      try {
        open.close();
      } catch (SQLException e) {
        failure = failure == null ? e : failure;
      }
      open = following;
    }
    return failure;
  }
}
