package dev.larder.examples.twonodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwoNodesTest {

  @Test
  void eachPriceIsSeenAndMostReadsReachNoDatabase() throws Exception {
    Counter.Day day = Main.run(20);

    assertThat(day.changes()).isEqualTo(20);
    assertThat(day.fromMemory()).isGreaterThan(day.reads() / 2);
    assertThat(day.longest()).isPositive();
  }
}
