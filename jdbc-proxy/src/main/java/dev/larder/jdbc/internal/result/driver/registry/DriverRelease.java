package dev.larder.jdbc.internal.result.driver.registry;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number of a driver's release, as its metadata names it: three parts, after the driver's name
 * perhaps, and whatever follows them.
 */
record DriverRelease(int major, int minor, int patch) implements Comparable<DriverRelease> {

  private static final Pattern NUMBERS =
      Pattern.compile("(?:mysql-connector-j-)?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})\\b");

  /** Reads a version; null where it does not hold three numbers. */
  static @Nullable DriverRelease of(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.lookingAt()) {
      return null;
    }
    int[] parts =
        Arrays.stream(new int[] {1, 2, 3}).map(i -> Integer.parseInt(numbers.group(i))).toArray();
    return new DriverRelease(parts[0], parts[1], parts[2]);
  }

  /** A release of this name. */
  static DriverRelease named(String version) {
    DriverRelease release = of(version);
    if (release == null) {
      throw new IllegalArgumentException(version);
    }
    return release;
  }

  boolean isIn(DriverRelease first, DriverRelease last) {
    return compareTo(first) >= 0 && compareTo(last) <= 0;
  }

  @Override
  public int compareTo(DriverRelease other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = Integer.compare(minor, other.minor);
    return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
  }
}
