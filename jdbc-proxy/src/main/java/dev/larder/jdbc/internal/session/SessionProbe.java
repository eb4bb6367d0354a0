package dev.larder.jdbc.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a connection to one product what its session begins with. Implementations are thread-safe.
 */
public interface SessionProbe {

  /**
   * What is known of a connection before the server is asked.
   *
   * @param product the product's name as the driver tells it
   * @param customNames the settings that somebody made up to be asked for by name
   * @param basis what the profile is read under; null where it has to be read again
   */
  record Request(
      String product,
      SessionBaseline.Driver driver,
      boolean autoCommit,
      Set<String> customNames,
      PhysicalProfile.@Nullable Basis basis) {}

  /** How the product's sessions behave. */
  SessionRules rules();

  /**
   * Profiles a connection on which nothing is set and no transaction has begun.
   *
   * @throws SQLException if a question was not answered
   */
  PhysicalProfile profile(Connection connection, Request request) throws SQLException;
}
