package dev.larder.testkit;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A server that all tests of this JVM share: started by the first that asks, never twice, even if
 * it cannot start.
 *
 * <p>Safe for use by several threads.
 */
final class Shared<T> {

  /** Starts the server. */
  @FunctionalInterface
  interface Start<T> {
    T start() throws Exception;
  }

  /** What becomes of a test whose server cannot start. */
  enum Otherwise {
    FAIL,
    SKIP
  }

  private final String name;
  private final Otherwise otherwise;
  private final Start<T> start;
  private @Nullable T server;
  private @Nullable RuntimeException refusal;

  Shared(String name, Otherwise otherwise, Start<T> start) {
    this.name = name;
    this.otherwise = otherwise;
    this.start = start;
  }

  /**
   * The running server.
   *
   * @throws TestAbortedException when it cannot start and its tests are to be skipped
   * @throws IllegalStateException when it cannot start and its tests are to fail
   */
  synchronized T get() {
    if (server == null && refusal == null) {
      try {
        server = start.start();
      } catch (Exception | LinkageError e) {
        refusal = refusal(e);
      }
    }
    if (server != null) {
      return server;
    }
    throw refusal != null ? refusal : new IllegalStateException(name);
  }

  private RuntimeException refusal(Throwable cause) {
    String reason = name + " cannot start here: " + cause.getMessage();
    if (otherwise == Otherwise.FAIL) {
      return new IllegalStateException(reason, cause);
    }
    // Build tools hide an assumption's message; a skipped product must not go unseen.
    System.out.println("SKIPPED: tests on " + reason);
    return new TestAbortedException(reason, cause);
  }
}
