package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Product;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A short workload on H2")
final class WorkloadTest {
  private static final Duration TIME = Duration.ofMillis(300);
  private static Target target = new Target(Product.H2, "", "", "");

  @BeforeAll
  static void build() throws Exception {
    target = Target.of(Product.H2);
  }

  @Test
  void withoutLarderEveryRequestReachesTheDatabase() throws Exception {
    Workload.Outcome outcome = new Workload(8, 10, 0, TIME).run(target, Side.HIKARI);

    assertThat(outcome.requests()).isPositive();
    assertThat(outcome.hits()).isZero();
    assertThat(outcome.relieved()).isZero();
    assertThat(outcome.latency().count()).isEqualTo(outcome.requests());
  }

  @Test
  void withLarderManyAreAnsweredFromMemory() throws Exception {
    Workload.Outcome outcome = new Workload(8, 10, 50, TIME).run(target, Side.LARDER);

    assertThat(outcome.hits()).isPositive();
    assertThat(outcome.prices()).isPositive();
    assertThat(outcome.relieved()).isBetween(0.01, 1.0);
  }

  @Test
  void aStampedeIsCounted() throws Exception {
    List<Figure> figures = new Stampede(8, 2).measure(target);

    assertThat(figures).extracting(Figure::value).allMatch(value -> value > 0);
  }
}
