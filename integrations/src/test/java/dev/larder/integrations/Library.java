package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.util.List;
import javax.sql.DataSource;

/** What an application does with a library, on a DataSource that has the tables of it. */
interface Library extends AutoCloseable {

  List<Step> steps();

  @Override
  default void close() throws Exception {}

  /** Opens a library. */
  @FunctionalInterface
  interface Opening {
    Library on(DataSource dataSource, Product product) throws Exception;
  }
}
