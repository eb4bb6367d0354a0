package dev.larder.spring.internal.wrap;

import javax.sql.DataSource;

/** What becomes of a DataSource bean. Immutable and thread-safe. */
sealed interface WrapDecision {

  /** Larder stands above it. */
  record Wrap() implements WrapDecision {}

  /** Larder stands above what it hands calls on to. */
  record WrapBelow() implements WrapDecision {}

  /** Larder stands below it already, or is it; nothing is to do and nothing to say. */
  record Done() implements WrapDecision {}

  /**
   * Larder must not stand above it, or nobody can tell.
   *
   * @param why as the end of a sentence about the bean
   */
  record Leave(String why) implements WrapDecision {}

  /** What is said of beans that are left alone. */
  static String of(String bean, DataSource dataSource, Leave leave) {
    return "Larder leaves the bean '"
        + bean
        + "' ("
        + dataSource.getClass().getName()
        + ") alone: "
        + leave.why();
  }
}
