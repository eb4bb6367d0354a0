package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With each release of each driver that the build's profile {@code drivers} lays ready, every
 * getter answers as that driver does: from memory where the release is proven, and otherwise for
 * plain types, or by the driver itself. Each release has a JVM of its own.
 */
@Tag("drivers")
class DriverReleasesTest {

  private static final Path JARS = Path.of("target", "drivers");
  private static final Path TABLE = Path.of("target", "driver-releases.md");
  private static final Path DOCUMENT = Path.of("..", "docs", "drivers.md");

  private static final Pattern RELEASE =
      Pattern.compile(
          "(postgresql|mariadb-java-client|mysql-connector-j|h2)-(\\d+\\.\\d+\\.\\d+)\\.jar");

  /** Which releases to run: those in whose file name this is found. */
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("larder.test.drivers", ""));

  /** How many releases are compared at once, each in a JVM and a database of its own. */
  private static final int AT_ONCE =
      Integer.getInteger("larder.test.drivers.at-once", Runtime.getRuntime().availableProcessors());

  /** How much of what a driver answers is kept, as the table in {@code docs/drivers.md} says it. */
  enum Kept {
    ALL,
    ASKED,
    PLAIN;

    static Kept of(DriverBehavior behavior) {
      return behavior.isProven() ? ALL : behavior == Drivers.STANDARD ? PLAIN : ASKED;
    }

    String saying(boolean somethingWasHandedOver) {
      return switch (this) {
        case ALL -> somethingWasHandedOver ? "all but a few getters" : "all";
        case ASKED -> "what was asked";
        case PLAIN -> "plain types";
      };
    }
  }

  /** What one release was found to do. */
  record Finding(Kept kept, long compared, long handedOver, long different) {

    /** As the program of a release says it. */
    String line() {
      return "FOUND " + kept + " " + compared + " " + handedOver + " " + different;
    }

    /** A program that ended without a finding has compared nothing. */
    static Finding of(String output) {
      int found = output.lastIndexOf("FOUND ");
      if (found < 0) {
        return new Finding(Kept.PLAIN, 0, 0, 0);
      }
      String[] parts = output.substring(found).trim().split(" ");
      return new Finding(
          Kept.valueOf(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]));
    }

    String row(Path jar) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %,d | %,d | %,d |",
          jar.getFileName().toString().replace(".jar", ""),
          kept.saying(handedOver > 0),
          compared,
          handedOver,
          different);
    }
  }

  private static Product product(String artifact) {
    return switch (artifact) {
      case "postgresql" -> Product.POSTGRESQL;
      case "mariadb-java-client" -> Product.MARIADB;
      case "mysql-connector-j" -> Product.MYSQL;
      default -> Product.H2;
    };
  }

  @Test
  void everyReleaseAnswersAsItsDriverDoes() throws Exception {
    Map<String, Finding> findings = new LinkedHashMap<>();
    ExecutorService programs = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Map<Path, Future<Finding>> running = new LinkedHashMap<>();
      for (Path jar : jars()) {
        running.put(jar, programs.submit(() -> find(jar)));
      }
      for (Map.Entry<Path, Future<Finding>> program : running.entrySet()) {
        Finding finding = program.getValue().get();
        String row = finding.row(program.getKey());
        findings.put(row, finding);
        System.out.println(row);
      }
    } finally {
      programs.shutdownNow();
    }
    Files.write(TABLE, findings.keySet());
    assertThat(findings).isNotEmpty();
    assertThat(findings).allSatisfy((row, finding) -> assertThat(finding.compared()).isPositive());
    assertThat(findings).allSatisfy((row, finding) -> assertThat(finding.different()).isZero());
    assertThat(Files.readAllLines(DOCUMENT))
        .as("the table of docs/drivers.md is not what was found: take %s", TABLE)
        .containsAll(findings.keySet());
  }

  private static List<Path> jars() throws IOException {
    assertThat(JARS).as("run this with the profile \"drivers\"").isDirectory();
    try (Stream<Path> files = Files.list(JARS)) {
      return files
          .filter(file -> RELEASE.matcher(file.getFileName().toString()).matches())
          .filter(file -> ONLY.matcher(file.getFileName().toString()).find())
          .sorted(Comparator.comparing(file -> order(file.getFileName().toString())))
          .toList();
    }
  }

  /** Sorts by driver and number. */
  private static String order(String jar) {
    Matcher release = RELEASE.matcher(jar);
    return release.matches()
        ? release.group(1)
            + Arrays.stream(release.group(2).split("\\."))
                .map(number -> "%6s".formatted(number))
                .collect(Collectors.joining())
        : jar;
  }

  private static Finding find(Path jar) throws Exception {
    Matcher release = RELEASE.matcher(jar.getFileName().toString());
    assertThat(release.matches()).isTrue();
    Product product = product(release.group(1));
    try (TestDatabase database = Databases.fresh(product)) {
      Path output = Files.createTempFile("driver", ".txt");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath(jar, product),
                  DriverReleaseProgram.class.getName(),
                  product.name(),
                  database.url(),
                  database.username(),
                  database.password())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(process.waitFor(40, TimeUnit.MINUTES)).as("%s ends", jar).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(output);
      Files.delete(output);
      Finding finding = Finding.of(said);
      if (finding.compared() == 0 || finding.different() > 0) {
        System.out.println(said);
      }
      return finding;
    }
  }

  /** This JVM's class path with another release of one driver. */
  private static String classPath(Path jar, Product product)
      throws URISyntaxException, ClassNotFoundException {
    Class<?> driver =
        switch (product) {
          case POSTGRESQL -> org.postgresql.Driver.class;
          case MARIADB -> org.mariadb.jdbc.Driver.class;
          case MYSQL -> com.mysql.cj.jdbc.Driver.class;
          case H2 -> org.h2.Driver.class;
        };
    Path ours = Path.of(driver.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> path = new ArrayList<>(List.of(jar.toAbsolutePath().toString()));
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().equals(ours))
        .forEach(path::add);
    return String.join(File.pathSeparator, path);
  }
}
