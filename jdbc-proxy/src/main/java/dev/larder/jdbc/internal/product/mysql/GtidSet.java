package dev.larder.jdbc.internal.product.mysql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Transactions by their GTIDs, as MySQL writes such a set. Immutable and thread-safe. */
final class GtidSet {

  static final GtidSet EMPTY = new GtidSet(Map.of());

  /** Bounds by source, and tag if there is one: first, last, first, last and so on, growing. */
  private final Map<String, long[]> ranges;

  private GtidSet(Map<String, long[]> ranges) {
    this.ranges = ranges;
  }

  /**
   * A set in the server's words: {@code uuid:1-5:8:tag:1-3,uuid:1}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static GtidSet parse(String text) {
    Map<String, List<long[]>> read = new HashMap<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().toLowerCase(Locale.ROOT).split(":", -1);
      String owner = words[0];
      for (int i = 1; i < words.length; i++) {
        if (Character.isDigit(words[i].isEmpty() ? ' ' : words[i].charAt(0))) {
          String[] bounds = words[i].split("-", 2);
          long first = Long.parseLong(bounds[0]);
          long last = Long.parseLong(bounds[bounds.length - 1]);
          read.computeIfAbsent(owner, o -> new ArrayList<>()).add(new long[] {first, last});
        } else if (words[i].matches("[a-z_][a-z0-9_]*")) {
          owner = words[0] + ":" + words[i];
        } else {
          throw new IllegalArgumentException("not a set of GTIDs");
        }
      }
      if (words.length == 1 && !owner.isEmpty()) {
        throw new IllegalArgumentException("not a set of GTIDs");
      }
    }
    Map<String, long[]> ranges = new HashMap<>();
    read.forEach((owner, list) -> ranges.put(owner, joined(list)));
    return new GtidSet(Map.copyOf(ranges));
  }

  private static long[] joined(List<long[]> ranges) {
    ranges.sort((one, other) -> Long.compare(one[0], other[0]));
    long[] bounds = new long[ranges.size() * 2];
    int size = 0;
    for (long[] range : ranges) {
      if (size > 0 && range[0] <= bounds[size - 1] + 1) {
        bounds[size - 1] = Math.max(bounds[size - 1], range[1]);
      } else {
        bounds[size++] = range[0];
        bounds[size++] = range[1];
      }
    }
    return Arrays.copyOf(bounds, size);
  }

  /** Whether each of those transactions is one of these. */
  boolean containsAll(GtidSet those) {
    return those.ranges.keySet().stream().allMatch(owner -> containsAll(those, owner));
  }

  /** Whether each transaction that is not one of those came from this source. */
  boolean addsOnlyOf(String source, GtidSet those) {
    return ranges.keySet().stream()
        .allMatch(
            owner ->
                owner.equals(source)
                    || owner.startsWith(source + ":")
                    || those.containsAll(this, owner));
  }

  private boolean containsAll(GtidSet those, String owner) {
    long[] own = ranges.getOrDefault(owner, new long[0]);
    long[] other = those.ranges.getOrDefault(owner, new long[0]);
    int at = 0;
    for (int i = 0; i < other.length; i += 2) {
      while (at < own.length && own[at + 1] < other[i]) {
        at += 2;
      }
      if (at == own.length || own[at] > other[i] || own[at + 1] < other[i + 1]) {
        return false;
      }
    }
    return true;
  }
}
