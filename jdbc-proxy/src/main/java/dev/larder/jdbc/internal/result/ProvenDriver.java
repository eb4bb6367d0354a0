package dev.larder.jdbc.internal.result;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The releases of drivers whose answers are reproduced: those that the fidelity matrix has compared
 * with what they answer themselves, and found equal. Every other gets {@link
 * DriverAnswers#STANDARD}.
 */
enum ProvenDriver {
  PGJDBC("PostgreSQL JDBC", "42.7.13", "42.7.14", PgAnswers::new),
  H2("H2 JDBC", "2.4.240", "2.5.252", H2Answers::new),
  CONNECTOR_J("MariaDB Connector/J", "3.5.9", "3.5.11", MariaAnswers::new);

  private final String name;
  private final DriverRelease first;
  private final DriverRelease last;
  private final Supplier<DriverAnswers> answers;

  ProvenDriver(String name, String first, String last, Supplier<DriverAnswers> answers) {
    this.name = name;
    this.first = release(first);
    this.last = release(last);
    this.answers = answers;
  }

  private static DriverRelease release(String version) {
    DriverRelease release = DriverRelease.of(version);
    if (release == null) {
      throw new AssertionError(version);
    }
    return release;
  }

  /** The driver of that name and version, if that release of it was compared. */
  static Optional<ProvenDriver> of(@Nullable String driverName, @Nullable String driverVersion) {
    DriverRelease release = driverVersion == null ? null : DriverRelease.of(driverVersion);
    if (driverName == null || release == null) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(driver -> driverName.startsWith(driver.name))
        .filter(driver -> release.isIn(driver.first, driver.last))
        .findFirst();
  }

  /** What answers as it does. */
  DriverAnswers answers() {
    return answers.get();
  }
}
