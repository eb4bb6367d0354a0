package dev.larder.jdbc.internal.pool;

/**
 * What is to become of a pool's maximum, and why. Immutable and thread-safe.
 *
 * @param size the maximum from now on
 */
record SizeDecision(int size, Reason reason) {

  /** Why a pool's maximum changes. */
  enum Reason {
    STAYS("nothing speaks for another size"),
    TRIES_MORE("callers wait and nearly every connection is in use: would more help?"),
    MORE_HELPED("more connections answered more: would still more help?"),
    MORE_DID_NOT_HELP("more connections did not answer more: back"),
    FOUND("of the sizes that were tried the smallest that answered nearly the most"),
    TRIES_FEWER("callers wait: would fewer connections answer as much?"),
    FEWER_SUFFICED("fewer connections answered as much: would still fewer?"),
    FEWER_DID_NOT_SUFFICE("fewer connections answered less: back"),
    FEW_ARE_USED("few connections are in use and nobody waits"),
    SERVER_HAS_FEW("the server has few connections left");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    @Override
    public String toString() {
      return sentence;
    }
  }

  static SizeDecision stay(int size) {
    return new SizeDecision(size, Reason.STAYS);
  }

  boolean changes(int from) {
    return size != from;
  }
}
