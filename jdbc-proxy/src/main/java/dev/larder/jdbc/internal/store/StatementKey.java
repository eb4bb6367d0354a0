package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.CanonicalText;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.session.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key that is not parameters: the statement, the session that asks and the shape of
 * the result. Most executions of a text share it, and so share it as one object. Immutable and
 * thread-safe.
 */
public final class StatementKey {

  private static final long OBJECT = HeapSize.object(4 * HeapSize.REFERENCE + Integer.BYTES);

  /** A list and its array, without the elements. */
  private static final long LIST =
      HeapSize.object(HeapSize.REFERENCE + Integer.BYTES) + HeapSize.array(0, HeapSize.REFERENCE);

  private final Fingerprint fingerprint;
  private final String template;
  private final List<String> literals;
  private final ResultShape shape;
  private final int hash;

  public StatementKey(
      Fingerprint fingerprint, String template, List<String> literals, ResultShape shape) {
    this.fingerprint = fingerprint;
    this.template = template;
    this.literals = literals;
    this.shape = shape;
    this.hash =
        (fingerprint.hashCode() * 31 + template.hashCode()) * 31 * 31 + 31 * literals.hashCode();
  }

  /** Whether this is by that session, and for that shape. */
  public boolean isBy(Fingerprint session, ResultShape wanted) {
    return (fingerprint == session || fingerprint.equals(session))
        && (shape == wanted || shape.equals(wanted));
  }

  /** This with an equal fingerprint that it shares with others. */
  StatementKey withFingerprint(Fingerprint shared) {
    return new StatementKey(shared, template, literals, shape);
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  String template() {
    return template;
  }

  ResultShape shape() {
    return shape;
  }

  /** Adds what tells it from all others, in another JVM too. */
  void tell(CanonicalText to) {
    to.add(fingerprint.told()).add(template).add(literals.size());
    literals.forEach(to::add);
    to.add(shape.type()).add(shape.concurrency()).add(shape.holdability());
    to.add(shape.maxRows()).add(shape.maxFieldSize());
  }

  /**
   * About how many bytes it holds, but for the fingerprint. The template counts in full, though
   * keys of one text share it: a text that is never seen again would otherwise be held by its key
   * and counted nowhere.
   */
  long bytes() {
    long bytes = OBJECT + LIST + HeapSize.string(template.length());
    for (String literal : literals) {
      bytes += HeapSize.REFERENCE + HeapSize.string(literal.length());
    }
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof StatementKey that
            && hash == that.hash
            && template.equals(that.template)
            && literals.equals(that.literals)
            && isBy(that.fingerprint, that.shape));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
