package dev.larder.jdbc.internal.result;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The releases of drivers whose answers are reproduced: those that the fidelity matrix has compared
 * with what they answer themselves, and found equal. Every other gets {@link
 * DriverAnswers#STANDARD}.
 */
enum ProvenDriver {
  PGJDBC(
      "PostgreSQL JDBC",
      new Releases("42.7.7", "42.7.8", () -> new PgAnswers(Gaps.OF_SCALE)),
      // 42.7.9 reads days before 1582 by another calendar.
      new Releases("42.7.10", "42.7.12", () -> new PgAnswers(Gaps.OF_SCALE)),
      new Releases("42.7.13", "42.7.14", () -> new PgAnswers(Gaps.NONE))),
  H2(
      "H2 JDBC",
      new Releases("2.1.214", "2.3.232", () -> new H2Answers(Gaps.OF_BIG_INTEGER)),
      new Releases("2.4.240", "2.5.252", () -> new H2Answers(Gaps.NONE))),
  CONNECTOR_J("MariaDB Connector/J", new Releases("3.5.9", "3.5.11", MariaAnswers::new));

  /** Releases that answer alike. */
  private record Releases(
      DriverRelease first, DriverRelease last, Supplier<DriverAnswers> answers) {

    Releases(String first, String last, Supplier<DriverAnswers> answers) {
      this(DriverRelease.named(first), DriverRelease.named(last), answers);
    }
  }

  private final String name;
  private final List<Releases> releases;

  ProvenDriver(String name, Releases... releases) {
    this.name = name;
    this.releases = List.of(releases);
  }

  /** What answers as the driver of that name and version does, if that release was compared. */
  static Optional<DriverAnswers> answers(@Nullable String name, @Nullable String version) {
    DriverRelease release = version == null ? null : DriverRelease.of(version);
    if (name == null || release == null) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(driver -> name.startsWith(driver.name))
        .flatMap(driver -> driver.releases.stream())
        .filter(proven -> release.isIn(proven.first(), proven.last()))
        .findFirst()
        .map(proven -> proven.answers().get());
  }
}
