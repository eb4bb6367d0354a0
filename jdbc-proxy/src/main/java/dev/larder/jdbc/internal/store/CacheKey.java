package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.session.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal for one execution's answer to be another's: compared in full, never by hash
 * alone. Immutable and thread-safe if its parameters are frozen.
 */
public final class CacheKey {

  private final KeyStem stem;
  private final BoundValues parameters;
  private final int hash;

  public CacheKey(KeyStem stem, BoundValues parameters) {
    this.stem = stem;
    this.parameters = parameters;
    this.hash = stem.hashCode() + parameters.hashCode();
  }

  /** This key with parameters that nothing outside can change. */
  public CacheKey frozen() {
    return new CacheKey(stem, parameters.frozen());
  }

  /** This key with an equal fingerprint that it shares with others. */
  CacheKey by(Fingerprint shared) {
    return shared == stem.fingerprint() ? this : new CacheKey(stem.by(shared), parameters);
  }

  public Fingerprint fingerprint() {
    return stem.fingerprint();
  }

  public BoundValues parameters() {
    return parameters;
  }

  public ResultShape shape() {
    return stem.shape();
  }

  /** About how many bytes the key holds, its stem included. */
  public long bytes() {
    return 48 + stem.bytes() + parameters.bytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CacheKey that
            && hash == that.hash
            && (stem == that.stem || stem.equals(that.stem))
            && parameters.equals(that.parameters));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
