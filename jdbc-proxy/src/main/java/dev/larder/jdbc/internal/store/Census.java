package dev.larder.jdbc.internal.store;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.util.HashMap;
import java.util.Map;

/**
 * How much memory holds of which query and which table, counted when somebody asks. Of more answers
 * than {@link #MOST_COUNTED} it is told from as many: they lie in the order of their keys' hashes,
 * so that the first are a fair sample. For one thread.
 */
public final class Census {

  static final int MOST_COUNTED = 200_000;

  /** What is held of one query or one table. */
  public static final class Held {
    private long entries;
    private long rows;
    private long bytes;

    private void add(long answerRows, long answerBytes) {
      entries++;
      rows += answerRows;
      bytes += answerBytes;
    }

    private void scale(double factor) {
      entries = Math.round(entries * factor);
      rows = Math.round(rows * factor);
      bytes = Math.round(bytes * factor);
    }

    public long entries() {
      return entries;
    }

    public long rows() {
      return rows;
    }

    public long bytes() {
      return bytes;
    }
  }

  private static final Held NOTHING = new Held();

  private final Map<String, Held> byTemplate = new HashMap<>();
  private final Map<TableName, Held> byTable = new HashMap<>();

  Census() {}

  /** Counts the answers of a class of {@code size}, and of no more than {@code most}. */
  void count(CostClass each, long size, long most) {
    Census part = new Census();
    long counted = 0;
    for (Map.Entry<CacheKey, Entry> answer : each.entries.asMap().entrySet()) {
      part.add(answer.getKey(), answer.getValue());
      if (++counted >= most) {
        break;
      }
    }
    add(part, counted < most || counted >= size ? 1 : (double) size / counted);
  }

  private void add(CacheKey key, Entry entry) {
    long bytes = key.bytes() + entry.bytes() + Entry.OVERHEAD;
    long rows = entry.snapshot().rows();
    byTemplate.computeIfAbsent(key.template(), t -> new Held()).add(rows, bytes);
    for (Scope scope : entry.stamp().footprint().footprint().scopes()) {
      if (scope instanceof Scope.Table table) {
        byTable.computeIfAbsent(table.table(), t -> new Held()).add(rows, bytes);
      }
    }
  }

  private void add(Census part, double factor) {
    join(part.byTemplate, byTemplate, factor);
    join(part.byTable, byTable, factor);
  }

  private static <K> void join(Map<K, Held> part, Map<K, Held> all, double factor) {
    part.forEach(
        (name, more) -> {
          more.scale(factor);
          Held sum = all.computeIfAbsent(name, n -> new Held());
          sum.entries += more.entries;
          sum.rows += more.rows;
          sum.bytes += more.bytes;
        });
  }

  /** What is held of the queries with that template. */
  public Held ofTemplate(String template) {
    return byTemplate.getOrDefault(template, NOTHING);
  }

  /** What is held by table; an answer that follows from several counts for each. */
  public Map<String, Held> byTable() {
    Map<String, Held> named = new HashMap<>();
    byTable.forEach((table, held) -> named.put(table.toString(), held));
    return named;
  }
}
