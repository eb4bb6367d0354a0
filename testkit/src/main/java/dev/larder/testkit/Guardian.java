package dev.larder.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A server's own directory, which disappears together with the server process when asked or when
 * this JVM is gone.
 *
 * <p>Safe for use by several threads.
 */
final class Guardian {
  /*
   * A small shell process reads a pipe that only this JVM writes to: the number of the process to
   * end, or an empty line for none. The pipe ends when the JVM closes it, exits, or is killed:
   * whichever it is, the shell signals the server, waits for it, and deletes the directory. So there
   * is one way to stop, and kill -9 on the JVM takes it too. Terminal signals are ignored because
   * Ctrl-C reaches the whole process group.
   */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM QUIT PIPE
      server=
      while read -r line; do server=$line; done
      if [ -n "$server" ]; then
        kill -"$1" "$server" 2>/dev/null
        n=0
        while kill -0 "$server" 2>/dev/null && [ "$n" -lt 100 ]; do n=$((n+1)); sleep 0.03; done
        kill -KILL "$server" 2>/dev/null
      fi
      rm -rf "$2" 2>/dev/null || { sleep 0.3; rm -rf "$2"; }
      """;

  private static final long PATIENCE_SECONDS = 15;

  private final Path directory;
  private final Process shell;

  private Guardian(Path directory, Process shell) {
    this.directory = directory;
    this.shell = shell;
  }

  /**
   * Makes a directory and watches over it.
   *
   * @param signal what ends the server quickly, without losing track of what it holds
   */
  static Guardian ofNewDirectory(String prefix, String signal) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    Process shell =
        new ProcessBuilder(
                "/bin/sh", "-c", SCRIPT, "larder-test-guardian", signal, directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Guardian guardian = new Guardian(directory, shell);
    Runtime.getRuntime().addShutdownHook(new Thread(guardian::finish, "larder-test-guardian"));
    return guardian;
  }

  Path directory() {
    return directory;
  }

  /** From now on this is the process to end. */
  void watch(Process server) throws IOException {
    tell(Long.toString(server.pid()));
  }

  /** There is no process to end: the server is dead, and its number may become another's. */
  void watchNone() throws IOException {
    tell("");
  }

  /** Stops the server, removes its directory and returns when both are gone. */
  void finish() {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.flush();
    } catch (IOException e) {
      // The shell is gone already: there is nothing left to tell it.
    }
    try {
      shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell(String line) throws IOException {
    OutputStream pipe = shell.getOutputStream();
    pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }
}
