package dev.larder.integrations;

import java.util.List;

/** What an application does with a library, on a DataSource that has the tables of it. */
interface Library extends AutoCloseable {

  List<Step> steps();

  @Override
  default void close() {}
}
