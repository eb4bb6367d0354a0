package dev.larder.jdbc.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When it is worth it to wait for the end of a commit. */
final class CommitWaitsTest {

  private static final long MILLI = 1_000_000;

  private final CommitWaits waits = new CommitWaits();

  @Test
  void nobodyWaitsLongerThanTheDatabaseTakesOrForEver() {
    assertThat(waits.waitNanos(20 * MILLI)).isEqualTo(20 * MILLI);
    assertThat(waits.waitNanos(60_000 * MILLI)).isEqualTo(100 * MILLI);
  }

  @Test
  void commitsThatEndSoonAreWaitedFor() {
    for (int i = 0; i < 100; i++) {
      waits.waited(3 * MILLI, true);
    }
    assertThat(waits.waitNanos(20 * MILLI)).isPositive();
    assertThat(waits.waitNanos(2 * MILLI)).isZero();
  }

  @Test
  void commitsThatDoNotAreNotButNowAndThen() {
    for (int i = 0; i < 20; i++) {
      waits.waited(20 * MILLI, false);
    }
    int waited = 0;
    for (int i = 0; i < 1_000; i++) {
      if (waits.waitNanos(20 * MILLI) > 0) {
        waited++;
        waits.waited(20 * MILLI, false);
      }
    }
    assertThat(waited).isBetween(1, 250);
  }
}
