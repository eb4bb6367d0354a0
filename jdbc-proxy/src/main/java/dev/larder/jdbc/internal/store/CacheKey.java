package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.session.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal for one execution's answer to be another's: compared in full, never by hash
 * alone. Immutable and thread-safe if its parameters are frozen.
 */
public final class CacheKey {

  private final Fingerprint fingerprint;
  private final String template;
  private final List<String> literals;
  private final BoundValues parameters;
  private final ResultShape shape;
  private final int hash;

  /**
   * @param textHash a hash of {@code template} and {@code literals}, computed once per text
   */
  public CacheKey(
      Fingerprint fingerprint,
      String template,
      List<String> literals,
      int textHash,
      BoundValues parameters,
      ResultShape shape) {
    this.fingerprint = fingerprint;
    this.template = template;
    this.literals = literals;
    this.parameters = parameters;
    this.shape = shape;
    this.hash = (fingerprint.hashCode() * 31 + textHash) * 31 + parameters.hashCode();
  }

  /** This key with parameters that nothing outside can change. */
  public CacheKey frozen() {
    return new CacheKey(this, parameters.frozen());
  }

  private CacheKey(CacheKey key, BoundValues parameters) {
    this.fingerprint = key.fingerprint;
    this.template = key.template;
    this.literals = key.literals;
    this.parameters = parameters;
    this.shape = key.shape;
    this.hash = key.hash;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  public BoundValues parameters() {
    return parameters;
  }

  public ResultShape shape() {
    return shape;
  }

  /**
   * About how many bytes the key holds. The template counts in full, though keys of one text share
   * it: a text that is never seen again would otherwise be held by its key and counted nowhere.
   */
  public long bytes() {
    long bytes = 96 + template.length() + parameters.bytes();
    for (String literal : literals) {
      bytes += 60 + literal.length();
    }
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CacheKey that
            && hash == that.hash
            && template.equals(that.template)
            && parameters.equals(that.parameters)
            && literals.equals(that.literals)
            && shape.equals(that.shape)
            && fingerprint.equals(that.fingerprint));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
