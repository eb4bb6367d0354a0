package dev.larder.jdbc.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fingerprint that is remembered is that of exactly what was set. */
final class FingerprintTest {

  private static final int MORE_THAN_REMEMBERED = 1_000;

  private final Fingerprint plain =
      Fingerprint.of(SessionInTest.baseline(ProductUnderTest.POSTGRESQL));

  @Test
  void whatComesBackIsTheSameObject() {
    assertThat(plain.having(Map.of("app.tenant", "t1")))
        .isSameAs(plain.having(Map.of("app.tenant", "t1")));
  }

  @Test
  void oneIsNotTakenForAnotherWhereverTheyAreRemembered() {
    for (int i = 0; i < MORE_THAN_REMEMBERED; i++) {
      Fingerprint tenant = plain.having(Map.of("app.tenant", "t" + i));
      Fingerprint again = Fingerprint.of(plain.baseline()).having(Map.of("app.tenant", "t" + i));
      Fingerprint other = plain.having(Map.of("app.tenant", "t" + (i + 1)));
      assertThat(tenant).isEqualTo(again).isNotEqualTo(other).isNotEqualTo(plain);
    }
  }

  /** Both texts have one hash. */
  @Test
  void equalHashesAreNotEqualSettings() {
    assertThat("Aa").hasSameHashCodeAs("BB");
    assertThat(plain.having(Map.of("app.tenant", "Aa")))
        .isNotEqualTo(plain.having(Map.of("app.tenant", "BB")));
  }

  @Test
  void whatIsLargeIsNotRemembered() {
    Map<String, String> large = Map.of("app.token", "x".repeat(10_000));
    assertThat(plain.having(large)).isEqualTo(plain.having(large)).isNotSameAs(plain.having(large));
  }
}
