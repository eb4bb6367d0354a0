package dev.larder.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends one server process and removes its directory, when asked or when this JVM is gone.
 *
 * <p>Safe for use by several threads.
 */
final class Guardian {
  /*
   * A small shell process reads a pipe that only this JVM writes to. The pipe ends when the JVM
   * closes it, exits, or is killed: whichever it is, the shell signals the server, waits for it,
   * and deletes the directory. So there is one way to stop, and kill -9 on the JVM takes it too.
   * Terminal signals are ignored because Ctrl-C reaches the whole process group.
   */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM QUIT PIPE
      while read -r _; do :; done
      kill -"$2" "$1" 2>/dev/null
      n=0
      while kill -0 "$1" 2>/dev/null && [ "$n" -lt 100 ]; do n=$((n+1)); sleep 0.03; done
      kill -KILL "$1" 2>/dev/null
      rm -rf "$3" 2>/dev/null || { sleep 0.3; rm -rf "$3"; }
      """;

  private static final long PATIENCE_SECONDS = 15;

  private final Process shell;

  private Guardian(Process shell) {
    this.shell = shell;
  }

  /** Watches over a process: {@code signal} ends it, then {@code directory} is deleted. */
  static Guardian over(Process server, String signal, Path directory) throws IOException {
    Process shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                SCRIPT,
                "larder-test-guardian",
                Long.toString(server.pid()),
                signal,
                directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Guardian guardian = new Guardian(shell);
    Runtime.getRuntime().addShutdownHook(new Thread(guardian::finish, "larder-test-guardian"));
    return guardian;
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

  /** Watches no longer; process and directory stay. */
  void dismiss() {
    shell.destroyForcibly();
  }
}
