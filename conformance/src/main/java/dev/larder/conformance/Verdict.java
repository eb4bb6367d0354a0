package dev.larder.conformance;

/** How a story ended. Immutable and safe for use by several threads. */
public sealed interface Verdict {

  /** Every answer was right, and what should be cached was. */
  record Passed() implements Verdict {
    @Override
    public String toString() {
      return "passed";
    }
  }

  /** An answer was wrong. */
  record Failed(String expected, String got) implements Verdict {
    @Override
    public String toString() {
      return "FAILED: expected " + expected + ", got " + got;
    }
  }

  /** Every answer was right, but a plain read was never answered from memory. */
  record NotCached(String query) implements Verdict {
    @Override
    public String toString() {
      return "not cached: " + query;
    }
  }

  /** The story cannot be told here. */
  record NotApplicable(String reason) implements Verdict {
    @Override
    public String toString() {
      return "n/a: " + reason;
    }
  }

  /** The story broke off: something was refused that the database itself takes. */
  record Broken(Throwable cause) implements Verdict {
    @Override
    public String toString() {
      return "BROKEN: " + cause;
    }
  }
}
