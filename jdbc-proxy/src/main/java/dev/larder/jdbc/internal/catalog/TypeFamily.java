package dev.larder.jdbc.internal.catalog;

/** What a type is where times are concerned. */
public enum TypeFamily {
  /** A time of day. */
  TIME,
  /** A time of day with an offset. */
  ZONED_TIME,
  /** A date or a time-stamp, or what holds one. */
  DATE,
  /**
   * A text whose conversion to a time may take today's offset, and to nothing else from the clock.
   */
  TEXT,
  /** None of these. */
  PLAIN,
  /** Anything: a text that may name the current time, what holds one, a type that is not known. */
  OTHER
}
