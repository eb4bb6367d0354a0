package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.catalog.SearchPath;
import java.sql.Connection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session has set that can alter an answer: a part of every key. Immutable and
 * thread-safe; sessions that set nothing share one object.
 */
public final class Fingerprint {

  private final SessionBaseline baseline;
  private final Map<String, String> overrides;
  private final SearchPath searchPath;
  private final boolean plainReads;
  private final int hash;

  Fingerprint(SessionBaseline baseline, Map<String, String> overrides) {
    this.baseline = baseline;
    this.overrides = Map.copyOf(overrides);
    this.searchPath = SessionSettings.searchPath(baseline, this.overrides);
    this.plainReads =
        this.overrides.isEmpty()
            && baseline.autoCommit()
            && (baseline.isolation() == Connection.TRANSACTION_READ_COMMITTED
                || baseline.isolation() == Connection.TRANSACTION_REPEATABLE_READ);
    this.hash = 31 * baseline.hashCode() + this.overrides.hashCode();
  }

  public static Fingerprint of(SessionBaseline baseline) {
    return new Fingerprint(baseline, Map.of());
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

  /** The schemas an unqualified name is looked up in. */
  public SearchPath searchPath() {
    return searchPath;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Fingerprint that
            && hash == that.hash
            && overrides.equals(that.overrides)
            && baseline.equals(that.baseline));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
