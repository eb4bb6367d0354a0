package dev.larder.conformance;

import javax.sql.DataSource;

/** The database itself: never wrong, and never any faster. */
final class NeverCaching implements Subject {

  @Override
  public String name() {
    return "never caching";
  }

  @Override
  public DataSource above(Below below) {
    return below.dataSource();
  }
}
