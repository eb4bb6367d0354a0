package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A server that may be killed and started again on the same port and data.
 *
 * <p>Not safe for use by several threads.
 */
final class RestartableServer {

  private static final int RESTART_ATTEMPTS = 20;

  private final List<String> command;
  private final Map<String, String> environment;
  private final Guardian guardian;
  private final ServerProcess.Readiness ready;
  private ServerProcess process;
  private boolean frozen;
  private boolean stopped;

  RestartableServer(
      List<String> command,
      Map<String, String> environment,
      Guardian guardian,
      ServerProcess.Readiness ready)
      throws IOException {
    this.command = command;
    this.environment = environment;
    this.guardian = guardian;
    this.ready = ready;
    this.process = start();
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(command, environment, guardian, ready);
  }

  boolean running() {
    return process.alive();
  }

  /** Ends all its processes at once, as a crash would; the data stays. */
  void kill() {
    try {
      process.kill();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot kill the server", e);
    }
  }

  /** Stops all its processes where they are. */
  void freeze() {
    signal("STOP");
    frozen = true;
  }

  /** Lets them go on. */
  void thaw() {
    signal("CONT");
    frozen = false;
  }

  private void signal(String name) {
    try {
      process.signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot signal the server", e);
    }
  }

  /**
   * Starts it again, killing it first if it still runs.
   *
   * @throws UncheckedIOException when it does not come up
   */
  void restart() {
    if (running()) {
      kill();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        process = start();
        return;
      } catch (IOException e) {
        // A session that was killed a moment ago may still hold the shared memory.
        if (attempt == RESTART_ATTEMPTS) {
          throw new UncheckedIOException("cannot restart the server: " + e.getMessage(), e);
        }
      }
    }
  }

  /** Ends it for good and deletes its directory; does nothing the second time. */
  void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      if (frozen && running()) {
        thaw();
      }
      if (!running()) {
        // A killed server leaves shared memory behind, which the next start on its data frees.
        restart();
      }
    } finally {
      guardian.finish();
    }
  }
}
