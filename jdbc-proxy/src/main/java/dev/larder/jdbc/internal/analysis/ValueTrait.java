package dev.larder.jdbc.internal.analysis;

/** What the text itself says of some values that stand together. */
public enum ValueTrait {
  /** One is a time of day. */
  TIME,
  /** One is a time of day with an offset. */
  ZONED_TIME,
  /** One is a date, or is taken for one. */
  DATE,
  /** They become a time of day, which leaves the date of one out. */
  TO_TIME,
  /** One may be a text that is no literal and no parameter. */
  TEXT,
  /** One may be of any type. */
  ANYTHING,
  /** All columns of all tables are among them. */
  ALL_COLUMNS
}
