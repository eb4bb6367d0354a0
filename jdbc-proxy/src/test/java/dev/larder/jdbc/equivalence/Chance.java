package dev.larder.jdbc.equivalence;

import java.util.List;
import java.util.Random;

/** A seeded source of choices. For one thread. */
final class Chance {

  private final Random random;

  Chance(long seed) {
    // Neighbouring seeds begin alike in java.util.Random unless they are spread out.
    random = new Random(seed * 0x9E3779B97F4A7C15L + 0x1234567L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
