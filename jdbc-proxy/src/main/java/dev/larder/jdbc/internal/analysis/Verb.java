package dev.larder.jdbc.internal.analysis;

/** What a statement does to a table it writes. Immutable and thread-safe. */
public enum Verb {
  INSERT,
  UPDATE,
  DELETE,
  TRUNCATE,
  /**
   * TRUNCATE ... CASCADE: reaches every table that references this one, whatever its foreign key
   * says.
   */
  TRUNCATE_CASCADE,
  /** REFRESH MATERIALIZED VIEW. */
  REFRESH,
  /** Any of the above: the text does not say. */
  ANY
}
