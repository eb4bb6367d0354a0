package dev.larder.jdbc.internal.result.driver;

/** The two ways in which a method of {@link java.sql.ResultSet} names a column. */
public enum ColumnBy {
  INDEX,
  LABEL
}
