package dev.larder.jdbc.internal.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session has set that can alter an answer: a part of every key. Immutable and
 * thread-safe; sessions that set nothing share one object.
 */
public final class Fingerprint {

  private final SessionBaseline baseline;
  private final Map<String, String> overrides;
  private final int hash;

  Fingerprint(SessionBaseline baseline, Map<String, String> overrides) {
    this.baseline = baseline;
    this.overrides = Map.copyOf(overrides);
    this.hash = 31 * baseline.hashCode() + this.overrides.hashCode();
  }

  public static Fingerprint of(SessionBaseline baseline) {
    return new Fingerprint(baseline, Map.of());
  }

  /** Whether the session has set nothing. */
  public boolean isPlain() {
    return overrides.isEmpty();
  }

  public SessionBaseline baseline() {
    return baseline;
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
