package dev.larder.jdbc.internal.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The right to be loaded ahead is earned by use, and lost by one load in vain. */
final class UsefulnessTest {

  private final Usefulness usefulness = new Usefulness();

  @Test
  void sevenOfSevenEarnIt() {
    for (int i = 0; i < 7; i++) {
      assertThat(usefulness.hasRight()).as("after %d", i).isFalse();
      usefulness.used();
    }
    assertThat(usefulness.hasRight()).isTrue();
  }

  @Test
  void oneInVainLosesItHoweverManyWereUsed() {
    for (int i = 0; i < 1_000; i++) {
      usefulness.used();
    }
    usefulness.inVain();
    assertThat(usefulness.hasRight()).isFalse();
    usefulness.used();
    assertThat(usefulness.hasRight()).isFalse();
    usefulness.used();
    assertThat(usefulness.hasRight()).isTrue();
  }

  @Test
  void whoIsTrustedHasItAtOnce() {
    usefulness.trust();
    assertThat(usefulness.hasRight()).isTrue();
  }

  @Test
  void whatNobodyAsksForIsForgotten() {
    for (int i = 0; i < 16; i++) {
      assertThat(usefulness.isForgotten()).isFalse();
      usefulness.inVain();
    }
    assertThat(usefulness.isForgotten()).isTrue();
    usefulness.used();
    assertThat(usefulness.isForgotten()).isFalse();
  }

  /** Whatever share of the changes is followed by a reader in time, few loads are in vain. */
  @Test
  void fewLoadsAreInVain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long loads = 0;
    long inVain = 0;
    for (double share = 0; share <= 1; share += 0.05) {
      Usefulness one = new Usefulness();
      for (int change = 0; change < 10_000; change++) {
        boolean isRead = random.nextDouble() < share;
        if (one.hasRight()) {
          loads++;
          inVain += isRead ? 0 : 1;
        }
        if (isRead) {
          one.used();
        } else {
          one.inVain();
        }
      }
    }
    assertThat((double) inVain / loads).as("seed %d, %d loads", seed, loads).isLessThan(0.2);
  }
}
