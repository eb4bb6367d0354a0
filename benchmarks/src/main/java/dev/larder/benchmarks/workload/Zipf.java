package dev.larder.benchmarks.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A Zipf distribution over {@code 1..size}: key k is drawn in proportion to 1/k, or to another
 * power of it. Immutable and thread-safe.
 */
public final class Zipf {
  private final double[] cumulative;

  /** With exponent 1. */
  public Zipf(int size) {
    this(size, 1);
  }

  /** With an exponent of its own: the larger, the more do the first keys stand out. */
  public Zipf(int size, double exponent) {
    cumulative = new double[size];
    double sum = 0;
    for (int key = 1; key <= size; key++) {
      sum += 1.0 / Math.pow(key, exponent);
      cumulative[key - 1] = sum;
    }
  }

  /** Draws a key. */
  public int next(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1) + 1;
  }
}
