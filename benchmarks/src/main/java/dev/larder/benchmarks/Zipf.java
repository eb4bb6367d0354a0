package dev.larder.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A Zipf distribution over {@code 1..size}: key k is drawn in proportion to 1/k. Immutable and
 * thread-safe.
 */
final class Zipf {
  private final double[] cumulative;

  Zipf(int size) {
    cumulative = new double[size];
    double sum = 0;
    for (int key = 1; key <= size; key++) {
      sum += 1.0 / key;
      cumulative[key - 1] = sum;
    }
  }

  int next(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1) + 1;
  }
}
