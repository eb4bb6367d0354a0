package dev.larder.benchmarks.workload;

import java.util.SplittableRandom;

/** The non-uniform distribution of TPC-C and TATP: some keys are drawn several times as often. */
final class NonUniform {
  private NonUniform() {}

  /**
   * Draws a number.
   *
   * @param spread one less than a power of two; the larger beside the range, the flatter
   */
  static int next(SplittableRandom random, int spread, int least, int most) {
    int bits = random.nextInt(spread + 1) | (least + random.nextInt(most - least + 1));
    return bits % (most - least + 1) + least;
  }
}
