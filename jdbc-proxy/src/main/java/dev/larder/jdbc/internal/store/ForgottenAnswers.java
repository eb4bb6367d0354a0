package dev.larder.jdbc.internal.store;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Why answers were out of date when they were looked for: by template, and by table of all of them.
 * Bounded; what there is no room for is let go of, and counted anew. Thread-safe.
 */
public final class ForgottenAnswers {

  /** Nothing has moved, and it was older than it may be. */
  static final String AGE = "(age)";

  /** Everything was said to have changed, or the definitions. */
  static final String EVERYTHING = "(everything)";

  private static final long MEMORY_BYTES = 4L << 20;
  private static final int MOST_CAUSES = 16;
  private static final int MOST_TABLES = 20_000;

  /** The rest of the tables, where there are too many. */
  private static final String OTHERS = "(others)";

  private static final int CAUSE = 160;

  private final BoundedCache<String, ConcurrentHashMap<Object, LongAdder>> byTemplate =
      new BoundedCache<>(
          MEMORY_BYTES,
          (template, causes) ->
              (int) HeapSize.string(template.length()) + (MOST_CAUSES / 4) * CAUSE);

  private final ConcurrentHashMap<Object, LongAdder> byTable = new ConcurrentHashMap<>();

  /** An answer was found to be out of date. */
  void note(String template, Stamp stamp) {
    List<Scope> moved = stamp.moved();
    ConcurrentHashMap<Object, LongAdder> causes = byTemplate.find(template);
    if (causes == null) {
      causes = new ConcurrentHashMap<>(4);
      byTemplate.put(template, causes);
    }
    if (moved.isEmpty()) {
      count(AGE, causes);
    } else if (moved.contains(Scope.EVERYTHING)) {
      // It moves every table's answers, whatever else has moved with it.
      count(EVERYTHING, causes);
    } else {
      for (Scope scope : moved) {
        count(scope, causes);
      }
    }
  }

  private void count(Object cause, ConcurrentHashMap<Object, LongAdder> causes) {
    count(causes, cause, MOST_CAUSES);
    count(byTable, cause, MOST_TABLES);
  }

  private static void count(ConcurrentHashMap<Object, LongAdder> counts, Object cause, int most) {
    LongAdder known = counts.get(cause);
    if (known == null) {
      Object kept = counts.size() < most ? cause : OTHERS;
      known = counts.computeIfAbsent(kept, n -> new LongAdder());
    }
    known.increment();
  }

  private static String name(Object cause) {
    if (cause instanceof Scope.Table table) {
      return table.table().toString();
    }
    return cause instanceof Scope.Tag tag ? "tag " + tag.tag() : cause.toString();
  }

  /** Of a template: how many answers each table has made out of date, the most first. */
  public Map<String, Long> of(String template) {
    return sums(byTemplate.find(template));
  }

  /** How many answers each table has made out of date, the most first. */
  public Map<String, Long> byTable() {
    return sums(byTable);
  }

  private static Map<String, Long> sums(@Nullable Map<Object, LongAdder> counts) {
    if (counts == null) {
      return Map.of();
    }
    Map<String, Long> sums = new LinkedHashMap<>();
    counts.entrySet().stream()
        .map(each -> Map.entry(name(each.getKey()), each.getValue().sum()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> sums.put(each.getKey(), each.getValue()));
    return sums;
  }

  void clear() {
    byTemplate.clear();
  }
}
