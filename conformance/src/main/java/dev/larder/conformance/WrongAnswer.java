package dev.larder.conformance;

/** Ends a story whose cache gave a wrong answer. */
final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String got;

  WrongAnswer(String expected, String got) {
    super("expected " + expected + ", got " + got);
    this.expected = expected;
    this.got = got;
  }

  Verdict verdict() {
    return new Verdict.Failed(expected, got);
  }
}
