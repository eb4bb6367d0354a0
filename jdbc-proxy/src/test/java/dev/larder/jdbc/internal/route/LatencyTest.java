package dev.larder.jdbc.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How much one answer counts. */
class LatencyTest {

  private final Latency latency = new Latency();

  @Test
  void whoHasNotAnsweredYetCountsAsQuick() {
    assertThat(latency.nanos()).isZero();
  }

  @Test
  void theFirstAnswerIsTakenAsItIsAndEachLaterOneCountsATenth() {
    latency.took(1_000);
    assertThat(latency.nanos()).isEqualTo(1_000);
    latency.took(2_000);
    assertThat(latency.nanos()).isCloseTo(1_100, Offset.offset(0.001));
  }

  @Test
  void whatLastsIsBelieved() {
    latency.took(1_000_000);
    for (int i = 0; i < 100; i++) {
      latency.took(1_000);
    }
    assertThat(latency.nanos()).isBetween(1_000.0, 1_100.0);
  }
}
