package dev.larder.console;

import dev.larder.jdbc.internal.console.ConsoleModule;
import dev.larder.jdbc.internal.console.ConsoleSubject;
import java.io.IOException;

/** The console as a page on 127.0.0.1. Stateless and thread-safe. */
public final class LarderConsole implements ConsoleModule {

  /** For {@link java.util.ServiceLoader}. */
  public LarderConsole() {}

  @Override
  public Opened open(int port, ConsoleSubject subject) throws IOException {
    return ConsoleServer.open(port, subject);
  }
}
