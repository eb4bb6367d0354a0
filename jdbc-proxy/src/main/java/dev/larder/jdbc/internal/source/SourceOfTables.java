package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.source.ChangeSource;

/** A source that reports a set of a database's tables, which depends on definitions. */
public interface SourceOfTables extends ChangeSource {

  /** Tells that tables, triggers or publications may be others than they were. Any thread. */
  public void definitionsChanged();
}
