package dev.larder.testkit;

import java.io.UncheckedIOException;

/** A server of a test's own, which the test may kill and start again. */
public interface OwnServer extends AutoCloseable {

  /** A fresh database on it. */
  TestDatabase fresh();

  /** Ends it at once, as a crash would; the data stays. */
  void kill();

  /**
   * Starts it again on the same port and data, killing it first if it still runs.
   *
   * @throws UncheckedIOException when it does not come up
   */
  void restart();

  @Override
  void close();
}
