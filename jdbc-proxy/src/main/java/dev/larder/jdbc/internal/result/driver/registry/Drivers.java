package dev.larder.jdbc.internal.result.driver.registry;

import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.standard.StandardBehavior;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The behaviour of the driver behind a connection. Stateless and thread-safe. */
public final class Drivers {

  /*
   * The known drivers' own conversion classes are used, so that a rare getter answers by the very
   * code that would have answered. They are no public API: only the releases that ProvenDriver
   * names were proven equal by the fidelity matrix, and any other gets plain types, of which JDBC
   * itself fixes the answers.
   */

  /** For a driver that nobody has compared: plain types, by the getters JDBC defines for them. */
  public static final DriverBehavior STANDARD = new StandardBehavior();

  private Drivers() {}

  /** The behaviour of the driver behind a connection. */
  public static DriverBehavior of(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    return of(metaData.getDriverName(), metaData.getDriverVersion());
  }

  /**
   * The behaviour of a driver.
   *
   * @param driverName as {@link DatabaseMetaData#getDriverName} says it
   * @param driverVersion as {@link DatabaseMetaData#getDriverVersion} says it
   */
  public static DriverBehavior of(@Nullable String driverName, @Nullable String driverVersion) {
    try {
      return ProvenDriver.behavior(driverName, driverVersion).orElse(STANDARD);
    } catch (LinkageError e) {
      // The driver is in a class loader of its own, or a part of it was left out.
      return STANDARD;
    }
  }

  /**
   * When a driver takes the value of a parameter. Unlike answers, that is the same for all releases
   * of a major version.
   */
  public static ValueMoment valueMoment(String driverName, String driverVersion) {
    return switch (driverName) {
      case "PostgreSQL JDBC Driver", "H2 JDBC Driver" -> ValueMoment.SETTER;
      case "MariaDB Connector/J" ->
          driverVersion.startsWith("3.") ? ValueMoment.EXECUTION : ValueMoment.UNKNOWN;
      default -> ValueMoment.UNKNOWN;
    };
  }
}
