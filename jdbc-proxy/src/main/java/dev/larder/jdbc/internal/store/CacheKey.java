package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.session.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal for one execution's answer to be another's: compared in full, never by hash
 * alone. Immutable and thread-safe if its parameters are frozen.
 */
public final class CacheKey {

  private final Question question;
  private final BoundValues parameters;
  private final int hash;

  public CacheKey(Question question, BoundValues parameters) {
    this.question = question;
    this.parameters = parameters;
    this.hash = question.hashCode() + parameters.hashCode();
  }

  /** This key with parameters that nothing outside can change. */
  public CacheKey frozen() {
    return new CacheKey(question, parameters.frozen());
  }

  public Fingerprint fingerprint() {
    return question.fingerprint();
  }

  public BoundValues parameters() {
    return parameters;
  }

  public ResultShape shape() {
    return question.shape();
  }

  /** About how many bytes the key holds, its question included. */
  public long bytes() {
    return 48 + question.bytes() + parameters.bytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CacheKey that
            && hash == that.hash
            && (question == that.question || question.equals(that.question))
            && parameters.equals(that.parameters));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
