package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.CanonicalText;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.session.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The key of a result: what must be equal for one execution's result to be another's, compared in
 * full, never by hash alone. Immutable and thread-safe if its parameters are frozen.
 */
public final class CacheKey {

  private static final long OBJECT = HeapSize.object(2 * HeapSize.REFERENCE + Integer.BYTES);

  private final StatementKey statement;
  private final BoundValues parameters;
  private final int hash;

  public CacheKey(StatementKey statement, BoundValues parameters) {
    this.statement = statement;
    this.parameters = parameters;
    this.hash = hash(statement, parameters);
  }

  /** The hash of the key that these would make. */
  public static int hash(StatementKey statement, BoundValues parameters) {
    return statement.hashCode() + parameters.hashCode();
  }

  /** This key with parameters that nothing outside can change. */
  public CacheKey frozen() {
    return new CacheKey(statement, parameters.frozen());
  }

  /** This key with an equal fingerprint that it shares with others. */
  CacheKey withFingerprint(Fingerprint shared) {
    return shared == statement.fingerprint()
        ? this
        : new CacheKey(statement.withFingerprint(shared), parameters);
  }

  public Fingerprint fingerprint() {
    return statement.fingerprint();
  }

  /** The template of the statement. */
  String template() {
    return statement.template();
  }

  public BoundValues parameters() {
    return parameters;
  }

  public ResultShape shape() {
    return statement.shape();
  }

  /**
   * Adds what tells this key from all others, in another JVM too.
   *
   * @return false where a parameter cannot be told
   */
  public boolean tell(CanonicalText to) {
    statement.tell(to);
    return parameters.tell(to);
  }

  /** Which session, statement and shape: whatever literals and parameters it has. */
  public String toldForm() {
    return new CanonicalText()
        .add(fingerprint().told())
        .add(template())
        .add(shape().toString())
        .toString();
  }

  /** About how many bytes the key holds, the statement's part included. */
  public long bytes() {
    return OBJECT + statement.bytes() + parameters.bytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CacheKey that
            && hash == that.hash
            && (statement == that.statement || statement.equals(that.statement))
            && parameters.equals(that.parameters));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
