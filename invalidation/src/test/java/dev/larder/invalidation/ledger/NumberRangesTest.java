package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ValueHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals cover the numbers that they were asked for, and few others. */
final class NumberRangesTest {

  private static final int MOST = 32;

  private static int[] of(long... ends) {
    NumberRanges ranges = new NumberRanges(ends.length / 2);
    for (int i = 0; i < ends.length; i += 2) {
      assertThat(ranges.add(ends[i], ends[i + 1])).isTrue();
    }
    return Objects.requireNonNull(ranges.intervals(MOST));
  }

  private static boolean covers(int[] intervals, long number) {
    int hash = ValueHash.of(number);
    return Arrays.stream(intervals)
        .anyMatch(each -> NumberRanges.interval(hash, NumberRanges.sizeBit(each)) == each);
  }

  @Test
  void aNumberIsToldByItsHash() {
    for (int number : new int[] {0, 1, 8_191, 8_192, 1 << 30, Integer.MAX_VALUE}) {
      assertThat(ValueHash.numberOf(ValueHash.of(number))).isEqualTo(number);
      assertThat(ValueHash.numberOf(ValueHash.of(~number))).isEqualTo(number);
    }
  }

  @Test
  void eachNumberOfARangeIsCoveredAndTheFarOnesAreNot() {
    int[] thousand = of(1_000, 1_999);
    for (int number = 1_000; number < 2_000; number++) {
      assertThat(covers(thousand, number)).as("%d", number).isTrue();
    }
    assertThat(covers(thousand, 900)).isFalse();
    assertThat(covers(thousand, 2_100)).isFalse();
    assertThat(covers(thousand, -10)).isFalse();
    assertThat(of(5, 5)).hasSize(1);
    assertThat(of(5, 7, 6, 9, 7, 7)).hasSize(5);
  }

  @Test
  void randomRangesAreCovered() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int parts = 1 + random.nextInt(5);
      long[] ends = new long[2 * parts];
      List<Long> within = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        long least = random.nextInt() >> random.nextInt(31);
        long most =
            Math.min(Integer.MAX_VALUE, least + (random.nextInt() >>> 1 + random.nextInt(30)));
        ends[2 * i] = least;
        ends[2 * i + 1] = most;
        within.add(least);
        within.add(most);
        within.add(least + (long) (random.nextDouble() * (most - least)));
      }
      int[] intervals = of(ends);
      for (long number : within) {
        assertThat(covers(intervals, number))
            .as("seed %d, round %d: %d of %s", seed, round, number, Arrays.toString(ends))
            .isTrue();
      }
    }
  }

  @Test
  void whatIsNoRangeOfSuchNumbersIsRefused() {
    NumberRanges ranges = new NumberRanges(3);
    assertThat(ranges.add(5, 4)).isFalse();
    assertThat(ranges.add(0, 1L << 31)).isFalse();
    assertThat(ranges.add(-1L << 32, 0)).isFalse();
  }
}
