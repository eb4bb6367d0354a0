package dev.larder.jdbc.internal.bind;

/**
 * When a driver takes the value of a parameter that can change after it was set. Immutable and
 * thread-safe.
 */
public enum ValueMoment {
  /** In the setter, in the time zone that is the JVM's then: pgjdbc and H2. */
  SETTER,
  /** When the statement runs: MariaDB Connector/J keeps what it was given. */
  EXECUTION,
  /** Not known: the driver is given such values at once, and they are part of no key. */
  UNKNOWN;

  /** The moment of a driver, by what its metadata says. */
  public static ValueMoment of(String driver, String version) {
    return switch (driver) {
      case "PostgreSQL JDBC Driver", "H2 JDBC Driver" -> SETTER;
      case "MariaDB Connector/J" -> version.startsWith("3.") ? EXECUTION : UNKNOWN;
      default -> UNKNOWN;
    };
  }
}
