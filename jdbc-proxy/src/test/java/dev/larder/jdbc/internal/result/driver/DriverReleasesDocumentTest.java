package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.driver.DriverReleasesTest.Kept;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of driver releases is of a run with the releases that the build lays ready and with
 * what is kept of each today; what differed in none. The run itself is {@link DriverReleasesTest}.
 */
final class DriverReleasesDocumentTest {

  private static final Pattern ITEM =
      Pattern.compile(
          "<artifactItem><groupId>[^<]+</groupId><artifactId>([^<]+)</artifactId><version>([^<]+)<");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ([a-z][a-z0-9-]*)-([\\d.]+) \\| ([a-z ]+) \\| ([\\d,]+) \\| [\\d,]+ \\|"
              + " ([\\d,]+) \\|$");
  private static final Pattern RANGES = Pattern.compile("(?m)^\\| ([^|]+) \\| (\\d[^|]+) \\| ");

  private static final Map<String, String> NAMES =
      Map.of(
          "postgresql", "PostgreSQL JDBC Driver",
          "mariadb-java-client", "MariaDB Connector/J",
          "mysql-connector-j", "MySQL Connector/J",
          "h2", "H2 JDBC Driver");

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void theTableIsOfTheReleasesThatTheBuildLaysReady() throws IOException {
    TreeSet<String> ready = new TreeSet<>();
    ITEM.matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .forEach(item -> ready.add(item.group(1) + " " + item.group(2)));
    TreeSet<String> shown = new TreeSet<>(rows().keySet());

    assertThat(shown).isEqualTo(ready);
  }

  @Test
  void whatItSaysIsKeptIsKeptAndNothingDiffered() throws IOException {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    rows()
        .forEach(
            (release, row) -> {
              Kept kept = Kept.of(Drivers.of(NAMES.get(row.get(0)), row.get(1)));
              boolean isTrue =
                  row.get(2).equals(kept.saying(false)) || row.get(2).equals(kept.saying(true));
              if (!isTrue || row.get(3).equals("0") || !row.get(4).equals("0")) {
                wrong.put(release, row);
              }
            });

    assertThat(wrong).isEmpty();
  }

  @Test
  void theRangesThatUsersReadAreThoseOfTheTable() throws IOException {
    Map<String, List<String>> ranges =
        RANGES
            .matcher(Files.readString(DOCS.resolve("configuration.md")))
            .results()
            .collect(
                Collectors.groupingBy(
                    row -> row.group(1),
                    Collectors.flatMapping(
                        row -> Arrays.stream(row.group(2).split(", ")), Collectors.toList())));
    Map<String, String> wrong = new LinkedHashMap<>();
    rows()
        .forEach(
            (release, row) -> {
              boolean isKept = !row.get(2).equals(Kept.PLAIN.saying(false));
              String driver = called(row.get(0));
              if (isKept
                  != ranges.getOrDefault(driver, List.of()).stream()
                      .anyMatch(range -> isIn(range.split(" to "), row.get(1)))) {
                wrong.put(release, row.get(2));
              }
            });

    assertThat(wrong).isEmpty();
  }

  private static String called(String artifact) {
    return switch (artifact) {
      case "postgresql" -> "pgjdbc";
      case "h2" -> "H2";
      default -> NAMES.getOrDefault(artifact, artifact);
    };
  }

  private static boolean isIn(String[] range, String release) {
    String number = sortable(release);
    return number.compareTo(sortable(range[0])) >= 0
        && number.compareTo(sortable(range[range.length - 1])) <= 0;
  }

  private static String sortable(String release) {
    return Arrays.stream(release.split("\\."))
        .map(number -> "%6s".formatted(number))
        .collect(Collectors.joining());
  }

  /** Driver, release, what is kept, how many answers were compared, and how many differed. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    ROW.matcher(Files.readString(DOCS.resolve("drivers.md")))
        .results()
        .forEach(
            row ->
                rows.put(
                    row.group(1) + " " + row.group(2),
                    List.of(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5))));
    return rows;
  }
}
