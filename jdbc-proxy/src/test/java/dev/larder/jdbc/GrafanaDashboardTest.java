package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.micrometer.LarderMetrics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts ask for the meters that there are, and the dashboard for all. */
final class GrafanaDashboardTest {

  private static final String DASHBOARD = "docs/grafana/larder.json";
  private static final String ALERTS = "docs/grafana/alerts.yml";

  private static final Pattern SERIES =
      Pattern.compile("\\b(?:larder|cache)_[a-z_]+(?=[\\[{) \\n])");
  private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The labels that a series is chosen or grouped by, with the tags that they come from. */
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=~?\\\\?\"");

  private static final Pattern GROUPED = Pattern.compile("by \\(([a-z, ]+)\\)");

  /** What a scrape adds, and what an application may add to every meter. */
  private static final Set<String> OF_SCRAPES = Set.of("instance", "application");

  private static Set<String> meters() throws Exception {
    Set<String> labels = new TreeSet<>();
    return meters(labels);
  }

  /**
   * The series as Prometheus has them, by the rules of Micrometer's naming convention for it.
   *
   * @param labels gets the labels that they have
   */
  private static Set<String> meters(Set<String> labels) throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder =
            LarderDataSource.builder()
                .dataSource(database.dataSource())
                .setting(Setting.REPLICAS, "jdbc:postgresql://127.0.0.1:1/nowhere")
                .build()) {
      new LarderMetrics(larder, "shop").bindTo(registry);
      registry
          .getMeters()
          .forEach(meter -> meter.getId().getTags().forEach(tag -> labels.add(tag.getKey())));
      return registry.getMeters().stream()
          .flatMap(GrafanaDashboardTest::series)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> series(Meter meter) {
    String name = meter.getId().getName().replace('.', '_');
    String unit = meter.getId().getBaseUnit();
    String withUnit = unit == null || name.endsWith(unit) ? name : name + "_" + unit;
    return switch (meter.getId().getType()) {
      case COUNTER -> Stream.of(withUnit + "_total");
      case TIMER -> Stream.of(name + "_seconds_count", name + "_seconds_sum");
      default -> Stream.of(withUnit);
    };
  }

  private static String read(String name) throws IOException {
    Path here = Path.of(name);
    return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(name));
  }

  private static Set<String> series(String expressions) {
    return SERIES
        .matcher(expressions)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static String expressions() throws IOException {
    return EXPRESSION
        .matcher(read(DASHBOARD))
        .results()
        .map(found -> found.group(1) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void theDashboardShowsEveryMeterAndNoOther() throws Exception {
    assertThat(series(expressions())).containsExactlyInAnyOrderElementsOf(meters());
  }

  @Test
  void theAlertsAskForMetersThatThereAre() throws Exception {
    Set<String> asked = series(read(ALERTS));
    assertThat(asked).hasSizeGreaterThan(4);
    assertThat(meters()).containsAll(asked);
  }

  @Test
  void whatIsChosenAndGroupedByIsATagOfTheMeters() throws Exception {
    Set<String> labels = new TreeSet<>(OF_SCRAPES);
    meters(labels);
    String all = expressions() + read(ALERTS);
    Set<String> asked = new TreeSet<>();
    LABEL.matcher(all).results().forEach(found -> asked.add(found.group(1)));
    GROUPED
        .matcher(all)
        .results()
        .forEach(found -> asked.addAll(Set.of(found.group(1).split(", "))));
    assertThat(asked).contains("cache", "reason", "outcome");
    assertThat(labels).containsAll(asked);
  }

  @Test
  void theAlertsAreTheDocumentedOnes() throws Exception {
    String page = read("docs/metrics.md");
    Pattern.compile("alert: (\\w+)")
        .matcher(read(ALERTS))
        .results()
        .forEach(alert -> assertThat(page).contains("`" + alert.group(1) + "`"));
  }

  @Test
  void itIsJson() throws Exception {
    // Quotations aside, brackets and braces match: what an editor's slip breaks.
    String structure = read(DASHBOARD).replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "0");
    assertThat(structure).doesNotContain("\"").matches("(?s)[\\[\\]{}:,\\s0-9a-z.-]*");
    assertThat(structure.chars().filter(c -> c == '{').count())
        .isEqualTo(structure.chars().filter(c -> c == '}').count());
    assertThat(structure.chars().filter(c -> c == '[').count())
        .isEqualTo(structure.chars().filter(c -> c == ']').count());
    assertThat(structure.replaceAll("\\s", "")).doesNotContain(",}").doesNotContain(",]");
  }
}
