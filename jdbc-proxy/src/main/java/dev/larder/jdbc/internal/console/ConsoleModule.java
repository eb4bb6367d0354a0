package dev.larder.jdbc.internal.console;

import java.io.IOException;

/**
 * What shows a data source to people. Implementations are thread-safe, and are found by {@link
 * Consoles} as services.
 */
public interface ConsoleModule {

  /** A console that is open. Thread-safe. */
  interface Opened extends AutoCloseable {

    /** Where it is, with the token that it asks for. */
    String address();

    /** Answers nobody any more. Does nothing the second time. */
    @Override
    void close();
  }

  /**
   * Opens one, for this machine alone.
   *
   * @throws IOException where nobody can listen on that port
   */
  Opened open(int port, ConsoleSubject subject) throws IOException;
}
