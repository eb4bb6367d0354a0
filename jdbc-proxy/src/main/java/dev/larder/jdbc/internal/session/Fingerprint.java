package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.memory.HeapSize;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session has set that can alter an answer: a part of every key. Immutable and
 * thread-safe; sessions that set nothing share one object.
 */
public final class Fingerprint {

  /** Four references, a boolean, a hash and a weight, and the two maps without what is in them. */
  private static final long OBJECT =
      HeapSize.object(4 * HeapSize.REFERENCE + Byte.BYTES + Integer.BYTES + Long.BYTES)
          + 2 * (HeapSize.BOXED_LONG + HeapSize.array(0, HeapSize.REFERENCE));

  private final SessionBaseline baseline;
  private final Map<String, String> overrides;

  /** What the session began with and has set, of what somebody made up; and what else it set. */
  private final Map<String, String> effective;

  private final SearchPath searchPath;
  private final boolean plainReads;
  private final int hash;
  private final long weight;

  Fingerprint(SessionBaseline baseline, Map<String, String> overrides) {
    this(baseline, overrides, SessionSearchPath.of(baseline, overrides));
  }

  private Fingerprint(
      SessionBaseline baseline, Map<String, String> overrides, SearchPath searchPath) {
    this.baseline = baseline;
    this.overrides = Map.copyOf(overrides);
    this.searchPath = searchPath;
    this.plainReads =
        this.overrides.isEmpty()
            && baseline.autoCommit()
            && (baseline.isolation() == Connection.TRANSACTION_READ_COMMITTED
                || baseline.isolation() == Connection.TRANSACTION_REPEATABLE_READ);
    this.effective = effective(baseline.customs(), this.overrides);
    this.hash = 31 * baseline.hashCode() + this.effective.hashCode();
    this.weight = weight(effective);
  }

  private static Map<String, String> effective(
      Map<String, String> customs, Map<String, String> overrides) {
    if (customs.isEmpty() || overrides.isEmpty()) {
      return customs.isEmpty() ? overrides : customs;
    }
    Map<String, String> all = new HashMap<>(customs);
    all.putAll(overrides);
    return Map.copyOf(all);
  }

  private static long weight(Map<String, String> settings) {
    long bytes = OBJECT;
    for (Map.Entry<String, String> each : settings.entrySet()) {
      bytes +=
          HeapSize.HASH_NODE
              + HeapSize.wideString(each.getKey().length())
              + HeapSize.wideString(each.getValue().length());
    }
    return bytes;
  }

  public static Fingerprint of(SessionBaseline baseline) {
    return new Fingerprint(baseline, Map.of());
  }

  /** What a session is that may begin with something else by now: never part of a key. */
  static Fingerprint unsure(SessionBaseline baseline, Map<String, String> overrides) {
    return new Fingerprint(baseline, overrides, SearchPath.UNKNOWN);
  }

  /** About how many bytes it holds beyond what every session of the data source begins with. */
  public long weight() {
    return weight;
  }

  /** Whether the session has set nothing. */
  public boolean isPlain() {
    return overrides.isEmpty();
  }

  /**
   * Whether a session that has set and sent nothing reads, statement by statement, what is
   * committed: nothing of such a session has to be asked before a look-up.
   */
  public boolean readsPlainly() {
    return plainReads;
  }

  public SessionBaseline baseline() {
    return baseline;
  }

  /** Whether nothing was set but where an unqualified name is looked up. */
  public boolean setsSchemaAtMost() {
    return SettingName.SCHEMAS.containsAll(overrides.keySet());
  }

  /** The schemas an unqualified name is looked up in. */
  public SearchPath searchPath() {
    return searchPath;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Fingerprint that
            && hash == that.hash
            && effective.equals(that.effective)
            && baseline.equalsButCustoms(that.baseline));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
