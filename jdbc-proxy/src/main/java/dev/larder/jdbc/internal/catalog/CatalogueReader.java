package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads a database's own catalogue in a handful of queries. Implementations are thread-safe. */
public interface CatalogueReader {

  /**
   * Reads everything, and leaves the connection as it was.
   *
   * @param connection in auto-commit
   * @throws SQLException where a query failed, for one because a definition changed underneath it;
   *     reading again is then worth it
   */
  Catalogue read(Connection connection) throws SQLException;

  /**
   * A text that is another one after any change to definitions, rights, roles or policies, and
   * stays the same otherwise; null where the product has nothing to make it from cheaply. Where it
   * depends on who asks, the user's name and a space come first.
   *
   * @param connection in auto-commit
   */
  default @Nullable String fingerprint(Connection connection) throws SQLException {
    return null;
  }
}
