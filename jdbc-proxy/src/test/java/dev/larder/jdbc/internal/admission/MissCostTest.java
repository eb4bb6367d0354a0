package dev.larder.jdbc.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What is believed of a miss's cost, by what was measured of some. */
final class MissCostTest {

  private final MissCost cost = new MissCost();

  @Test
  void whatIsPassedOnDoesNotMakeItsOwnCostVanish() {
    SplittableRandom random = new SplittableRandom(3);
    cost.measured(100_000, 5_000, 500);
    for (int i = 0; i < 10_000; i++) {
      cost.passed(80_000 + random.nextInt(100_000));
    }
    assertThat(cost.ownNanos()).isBetween(3_500.0, 5_000.0);
    assertThat(cost.breakEven()).isBetween(0.03, 0.07);
  }

  @Test
  void whereTheDatabaseTakesLessThanItDidSoDoesItsOwn() {
    cost.measured(1_000_000, 50_000, 500);
    for (int i = 0; i < 100; i++) {
      cost.passed(100_000);
    }
    assertThat(cost.databaseNanos()).isCloseTo(100_000, Percentage.withPercentage(1));
    assertThat(cost.ownNanos()).isCloseTo(5_000, Percentage.withPercentage(1));
  }

  @Test
  void whereTheDatabaseTakesMoreItsOwnStaysAsItWasMeasured() {
    cost.measured(100_000, 5_000, 500);
    for (int i = 0; i < 100; i++) {
      cost.passed(1_000_000);
    }
    assertThat(cost.ownNanos()).isCloseTo(5_000, within(1.0));
  }
}
