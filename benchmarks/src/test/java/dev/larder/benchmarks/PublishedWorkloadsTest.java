package dev.larder.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.workload.PublishedWorkload;
import dev.larder.benchmarks.workload.PublishedWorkloads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A public workload, for a moment")
final class PublishedWorkloadsTest {

  static Stream<String> names() {
    return PublishedWorkloads.byName().keySet().stream();
  }

  /** One that hits, one of many statements to a transaction, one that hardly hits. */
  @ParameterizedTest
  @ValueSource(strings = {"ycsb-b", "tpcc", "smallbank"})
  void bothSidesEndWithTheRowsAndAnswersThatWereCommitted(String name) throws Exception {
    run(name);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("names")
  void soDoesEach(String name) throws Exception {
    run(name);
  }

  private static void run(String name) throws Exception {
    Supplier<PublishedWorkload> maker =
        Objects.requireNonNull(PublishedWorkloads.byName().get(name));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    List<Figure> figures =
        WorkloadComparison.of(Length.SMOKE).measure(maker, new PrintStream(out, true, UTF_8));

    assertThat(figures)
        .filteredOn(figure -> figure.unit().equals("1/s"))
        .extracting(Figure::value)
        .allMatch(value -> value > 0);
    assertThat(out.toString(UTF_8)).contains("workloads/" + name + "/warm-up");
  }
}
