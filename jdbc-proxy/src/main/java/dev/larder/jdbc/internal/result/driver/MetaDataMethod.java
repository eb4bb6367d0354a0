package dev.larder.jdbc.internal.result.driver;

/** A method of {@link java.sql.ResultSetMetaData} that says something of one column. */
public enum MetaDataMethod {
  GET_CATALOG_NAME,
  GET_COLUMN_CLASS_NAME,
  GET_COLUMN_DISPLAY_SIZE,
  GET_COLUMN_LABEL,
  GET_COLUMN_NAME,
  GET_COLUMN_TYPE,
  GET_COLUMN_TYPE_NAME,
  GET_PRECISION,
  GET_SCALE,
  GET_SCHEMA_NAME,
  GET_TABLE_NAME,
  IS_AUTO_INCREMENT,
  IS_CASE_SENSITIVE,
  IS_CURRENCY,
  IS_DEFINITELY_WRITABLE,
  IS_NULLABLE,
  IS_READ_ONLY,
  IS_SEARCHABLE,
  IS_SIGNED,
  IS_WRITABLE
}
