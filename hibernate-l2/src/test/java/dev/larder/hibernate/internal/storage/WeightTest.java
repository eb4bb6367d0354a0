package dev.larder.hibernate.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What values weigh, by estimate. */
final class WeightTest {

  private static final int OF_NOTHING = Weight.of(new byte[0]);

  @Test
  void whatIsLongerWeighsMore() {
    assertThat(Weight.of(new byte[1000])).isEqualTo(OF_NOTHING + 1000);
    assertThat(Weight.of("x".repeat(1000)) - Weight.of("")).isEqualTo(2000);
  }

  @Test
  void partsCountWithTheirReferences() {
    Object[] row = {"title", 1, null};
    assertThat(Weight.of(new Object[] {row, row})).isGreaterThan(Weight.of(row) + OF_NOTHING / 2);
    assertThat(Weight.of(List.of("a", "b"))).isGreaterThan(Weight.of(List.of("a")));
    assertThat(Weight.of(Map.of("a", "b"))).isGreaterThan(Weight.of(List.of("a", "b")));
  }

  @Test
  void whatWouldNotFitAnIntIsCutOff() {
    String text = "x".repeat(1 << 20);
    Object[] many = new Object[2000];
    Arrays.fill(many, text);
    assertThat(Weight.of(many)).isEqualTo(Integer.MAX_VALUE);
  }
}
