package dev.larder.jdbc.internal.prefetch;

/** Why an answer was loaded before anybody asked for it. Implementations are thread-safe. */
public interface Expectation {

  /** An answer waits to be asked for. */
  void waits();

  /** One that waited does so no longer. */
  void ended(boolean wasUsed);
}
