package dev.larder.jdbc.internal.analysis;

/** How a product reads SQL text. Immutable and thread-safe. */
public enum Dialect {
  POSTGRESQL,
  MARIADB,
  H2,
  /** Any other product: analysed, never cached unless the user lists its tables. */
  OTHER
}
