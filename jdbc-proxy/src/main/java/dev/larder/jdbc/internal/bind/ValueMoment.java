package dev.larder.jdbc.internal.bind;

/**
 * The moment in which a driver takes the value of a parameter that can change after it was set.
 * Immutable and thread-safe.
 */
public enum ValueMoment {
  /** In the setter, in the time zone that is the JVM's then. */
  SETTER,
  /** When the statement runs: the driver keeps what it was given. */
  EXECUTION,
  /** Not known: the driver is given such values at once, and they are part of no key. */
  UNKNOWN
}
