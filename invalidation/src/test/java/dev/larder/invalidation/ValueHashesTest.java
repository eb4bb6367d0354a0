package dev.larder.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A set of hashes is what any other set of the same numbers is. */
final class ValueHashesTest {

  @Test
  void oneIsASetOfOne() {
    assertThat(ValueHashes.of(7)).isEqualTo(Set.of(7)).hasSize(1).contains(7).doesNotContain(0);
    assertThat(ValueHashes.of(0)).isEqualTo(Set.of(0)).hasSize(1).contains(0).doesNotContain(7);
    assertThat(ValueHashes.of(7).equals(ValueHashes.of(8))).isFalse();
  }

  @Test
  void noneIsAnEmptySet() {
    assertThat(ValueHashes.of(Set.of())).isEmpty();
    assertThat(new ValueHashes.Builder().build()).isEmpty();
    assertThat(ValueHashes.of(Set.of()).has(0)).isFalse();
    ValueHashes.Builder builder = new ValueHashes.Builder();
    assertThat(builder.addAll(Set.of())).isFalse();
  }

  @Test
  void isWhatAnyOtherSetOfTheseNumbersIs() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("hashes, seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 1_000; round++) {
      Set<Integer> expected = new HashSet<>();
      ValueHashes.Builder builder = new ValueHashes.Builder();
      ValueHashes before = builder.build();
      Set<Integer> expectedBefore = Set.of();
      int range = 1 + random.nextInt(200);
      for (int i = random.nextInt(60); i > 0; i--) {
        if (random.nextInt(5) == 0) {
          Set<Integer> more = new HashSet<>();
          for (int j = random.nextInt(20); j > 0; j--) {
            more.add(number(random, range));
          }
          boolean adds = builder.addAll(random.nextBoolean() ? more : ValueHashes.of(more));
          assertThat(adds).as("seed %d", seed).isEqualTo(expected.addAll(more));
        } else {
          int hash = number(random, range);
          assertThat(builder.add(hash)).as("seed %d", seed).isEqualTo(expected.add(hash));
        }
        if (random.nextInt(10) == 0) {
          before = builder.build();
          expectedBefore = Set.copyOf(expected);
        }
      }
      ValueHashes all = builder.build();
      assertThat(builder.size()).as("seed %d", seed).isEqualTo(expected.size());
      assertSame(all, expected, seed);
      assertSame(before, expectedBefore, seed);
      Set<Integer> handedOut = new HashSet<>();
      all.forEachHash(hash -> assertThat(handedOut.add(hash)).as("seed %d", seed).isTrue());
      assertThat(handedOut).as("seed %d", seed).isEqualTo(expected);
      int wanted = number(random, range);
      assertThat(all.hasAny(hash -> hash == wanted))
          .as("seed %d", seed)
          .isEqualTo(expected.contains(wanted));
    }
  }

  /** Sometimes one that falls on the place of another, sometimes 0. */
  private static int number(SplittableRandom random, int range) {
    int number = random.nextInt(range);
    return random.nextBoolean() ? number : number << 16;
  }

  private static void assertSame(ValueHashes hashes, Set<Integer> expected, long seed) {
    assertThat(hashes).as("seed %d", seed).hasSize(expected.size());
    assertThat((Object) hashes).as("seed %d", seed).isEqualTo(expected);
    assertThat(expected).as("seed %d", seed).isEqualTo(hashes);
    assertThat(hashes.hashCode()).as("seed %d", seed).isEqualTo(expected.hashCode());
    for (int hash : expected) {
      assertThat(hashes.has(hash)).as("seed %d", seed).isTrue();
    }
  }
}
