package dev.larder.conformance;

import javax.sql.DataSource;

/** A query cache that is put to the probes. Safe for use by several threads. */
public interface Subject {

  /** Its name in the report. */
  String name();

  /**
   * Puts a new cache above a DataSource. If what it gives is {@link AutoCloseable}, it is closed
   * after the story.
   */
  DataSource above(Below below) throws Exception;
}
