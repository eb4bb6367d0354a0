package dev.larder.jdbc.internal.result.driver.registry;

import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.h2.H2Behavior;
import dev.larder.jdbc.internal.result.driver.mariadb.MariaBehavior;
import dev.larder.jdbc.internal.result.driver.mysql.MySqlBehavior;
import dev.larder.jdbc.internal.result.driver.pgjdbc.PgBehavior;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The releases of drivers whose answers are reproduced: those that the fidelity matrix has compared
 * with what they answer themselves, and found equal. Every other gets {@link Drivers#STANDARD}.
 */
enum ProvenDriver {
  PGJDBC(
      "PostgreSQL JDBC",
      new Releases("42.7.4", "42.7.6", () -> new PgBehavior(Gaps.OF_SCALE_AND_BYTES)),
      new Releases("42.7.7", "42.7.8", () -> new PgBehavior(Gaps.OF_SCALE)),
      // 42.7.9 reads days before 1582 by another calendar.
      new Releases("42.7.10", "42.7.12", () -> new PgBehavior(Gaps.OF_SCALE)),
      new Releases("42.7.13", "42.7.14", () -> new PgBehavior(Gaps.NONE))),
  H2(
      "H2 JDBC",
      new Releases("2.1.214", "2.3.232", () -> new H2Behavior(Gaps.OF_BIG_INTEGER)),
      new Releases("2.4.240", "2.5.252", () -> new H2Behavior(Gaps.NONE))),
  CONNECTOR_J(
      "MariaDB Connector/J",
      new Releases("3.5.9", "3.5.11", () -> new MariaBehavior(Gaps.NONE)),
      new Releases("4.0.0", "4.0.0", () -> new MariaBehavior(Gaps.OF_XML))),
  /** As far as it was asked: the rest it answers itself. */
  MYSQL(
      "MySQL Connector/J",
      new Releases("8.3.0", "8.4.0", MySqlBehavior::new),
      new Releases("9.0.0", "9.7.0", MySqlBehavior::new),
      new Releases("26.7.0", "26.10.0", MySqlBehavior::new));

  /** Releases that answer alike. */
  private record Releases(
      DriverRelease first, DriverRelease last, Supplier<DriverBehavior> behavior) {

    Releases(String first, String last, Supplier<DriverBehavior> behavior) {
      this(DriverRelease.named(first), DriverRelease.named(last), behavior);
    }
  }

  private final String name;
  private final List<Releases> releases;

  ProvenDriver(String name, Releases... releases) {
    this.name = name;
    this.releases = List.of(releases);
  }

  /** The behaviour of the driver of that name and version, if that release was compared. */
  static Optional<DriverBehavior> behavior(@Nullable String name, @Nullable String version) {
    DriverRelease release = version == null ? null : DriverRelease.of(version);
    if (name == null || release == null) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(driver -> name.startsWith(driver.name))
        .flatMap(driver -> driver.releases.stream())
        .filter(proven -> release.isIn(proven.first(), proven.last()))
        .findFirst()
        .map(proven -> proven.behavior().get());
  }
}
