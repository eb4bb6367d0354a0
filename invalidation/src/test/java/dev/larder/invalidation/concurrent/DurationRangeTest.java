package dev.larder.invalidation.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which duration is the nearest. */
class DurationRangeTest {

  @ParameterizedTest
  @CsvSource({"0, 20", "19, 20", "20, 20", "21, 21", "500, 500", "501, 500", "86400000, 500"})
  void theNearestOneIsTaken(long wanted, long taken) {
    assertThat(DurationRange.ofMillis(20, 500).nearestTo(Duration.ofMillis(wanted)))
        .isEqualTo(Duration.ofMillis(taken));
  }
}
