package dev.larder.benchmarks.workload;

import java.util.SplittableRandom;

/** Random texts of letters. */
final class Texts {
  private Texts() {}

  static String random(SplittableRandom random, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) ('a' + random.nextInt(26));
    }
    return new String(text);
  }
}
