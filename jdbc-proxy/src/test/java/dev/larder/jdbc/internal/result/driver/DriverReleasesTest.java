package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private static final Pattern RELEASE =
      Pattern.compile("(postgresql|mariadb-java-client|h2)-(\\d+\\.\\d+\\.\\d+)\\.jar");

  /** Which releases to run: those in whose file name this is found. */
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("larder.test.drivers", ""));

  /** What one release was found to do. */
  record Finding(boolean proven, long compared, long handedOver, long different) {

    /** As the program of a release says it. */
    String line() {
      return "FOUND " + proven + " " + compared + " " + handedOver + " " + different;
    }

    static Finding of(String output) {
      String[] parts = output.substring(output.lastIndexOf("FOUND ")).trim().split(" ");
      return new Finding(
          Boolean.parseBoolean(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]));
    }

    String row() {
      String kept = !proven ? "plain types" : handedOver == 0 ? "proven" : "proven, with gaps";
      return "%-17s | %8d | %10d | %9d".formatted(kept, compared, handedOver, different);
    }
  }

  private static Product product(String artifact) {
    return switch (artifact) {
      case "postgresql" -> Product.POSTGRESQL;
      case "mariadb-java-client" -> Product.MARIADB;
      default -> Product.H2;
    };
  }

  @Test
  void everyReleaseAnswersAsItsDriverDoes() throws Exception {
    Map<String, Finding> findings = new TreeMap<>(Comparator.comparing(DriverReleasesTest::order));
    for (Path jar : jars()) {
      findings.put(jar.getFileName().toString(), find(jar));
    }
    System.out.printf(
        "%n%-32s | %-17s | %8s | %10s | %9s%n",
        "driver", "kept", "compared", "by driver", "different");
    findings.forEach(
        (jar, finding) ->
            System.out.printf("%-32s | %s%n", jar.replace(".jar", ""), finding.row()));
    assertThat(findings).isNotEmpty();
    assertThat(findings.values()).allMatch(finding -> finding.compared() > 0);
    assertThat(findings.values()).allMatch(finding -> finding.different() == 0);
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
    System.out.println(jar.getFileName());
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
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("%s ends", jar).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(output);
      Files.delete(output);
      assertThat(said).as("%s", jar).contains("FOUND ");
      Finding finding = Finding.of(said);
      if (finding.different() > 0) {
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
          case MARIADB, MYSQL -> org.mariadb.jdbc.Driver.class;
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
