package dev.larder.examples.bookshop;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A Zipf distribution over {@code 1..size}: the key of rank r is drawn in proportion to 1/r, as a
 * few books are asked for all the time and most hardly ever. Immutable and safe for use by several
 * threads.
 */
final class Zipf {
  private final double[] cumulative;

  Zipf(int size) {
    cumulative = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += 1.0 / (rank + 1);
      cumulative[rank] = sum;
    }
  }

  /** Draws a key between 1 and the size, both included. */
  int next(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    int rank = found >= 0 ? found : -found - 1;
    return Math.min(rank, cumulative.length - 1) + 1;
  }
}
