package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.bind.CanonicalText;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.memory.HeapSize;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session has set that can alter an answer: a part of every key. Immutable and
 * thread-safe; sessions that set nothing share one object.
 */
public final class Fingerprint {

  /** Five references, a boolean, a hash and a weight, and the two maps without what is in them. */
  private static final long OBJECT =
      HeapSize.object(5 * HeapSize.REFERENCE + Byte.BYTES + Integer.BYTES + Long.BYTES)
          + 2 * (HeapSize.BOXED_LONG + HeapSize.array(0, HeapSize.REFERENCE));

  /** How many fingerprints of sessions that have set something are remembered; a power of two. */
  private static final int LATEST = 64;

  /** A setting may hold anything, a document of its own: what is remembered is small, in bytes. */
  private static final long WORTH_REMEMBERING = 2_048;

  private final SessionBaseline baseline;
  private final Map<String, String> overrides;

  /** What the session began with and has set, of what somebody made up; and what else it set. */
  private final Map<String, String> effective;

  private final SearchPath searchPath;
  private final boolean plainReads;
  private final int hash;
  private final long weight;

  /** The latest fingerprints of sessions that began as this one, by the hash of what they set. */
  private volatile @Nullable AtomicReferenceArray<Fingerprint> having;

  /** Found when it is first asked for, by whomever: a second tier alone asks. */
  private volatile @Nullable String told;

  private Fingerprint(SessionBaseline baseline, Map<String, String> overrides) {
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

  /**
   * What a session is that began as this one and has set these. Tenants come back: what they are is
   * made once and compared by identity most of the time.
   */
  Fingerprint having(Map<String, String> set) {
    AtomicReferenceArray<Fingerprint> latest = having;
    if (latest == null) {
      latest = new AtomicReferenceArray<>(LATEST);
      having = latest;
    }
    int hash = set.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (LATEST - 1);
    Fingerprint known = latest.get(slot);
    if (known == null || !set.equals(known.overrides)) {
      SearchPath path = SessionSearchPath.of(baseline, set);
      // Plans are compared by the path they were made for, which few tenants set: one object.
      known = new Fingerprint(baseline, set, path.equals(searchPath) ? searchPath : path);
      if (known.weight <= WORTH_REMEMBERING) {
        latest.set(slot, known);
      }
    }
    return known;
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

  /**
   * A short text that is equal for equal fingerprints and no others, in another JVM too: a digest,
   * as all settings of a session take some thousands of characters.
   */
  public String told() {
    String known = told;
    if (known == null) {
      CanonicalText text = new CanonicalText();
      baseline.tell(text);
      known = text.add(effective).toDigest();
      told = known;
    }
    return known;
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
