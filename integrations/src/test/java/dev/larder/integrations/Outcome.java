package dev.larder.integrations;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What became of the queries of a step that was done a second time. */
final class Outcome {

  private Outcome() {}

  /** In words, from what Larder counted before and after. */
  static String between(Statistics before, Statistics after) {
    long hits = after.hits() - before.hits();
    List<String> others = new ArrayList<>();
    Stream.of(BypassReason.values())
        .filter(reason -> count(after, reason) > count(before, reason))
        .forEach(reason -> others.add("`" + reason + "`"));
    if (after.misses() > before.misses()) {
      others.add("a miss");
    }
    if (others.isEmpty()) {
      return hits > 0 ? "memory" : "no query";
    }
    String database = "database: " + String.join(", ", others);
    return hits > 0 ? "memory in part; " + database : database;
  }

  private static long count(Statistics statistics, BypassReason reason) {
    return statistics.bypasses().getOrDefault(reason, 0L);
  }
}
