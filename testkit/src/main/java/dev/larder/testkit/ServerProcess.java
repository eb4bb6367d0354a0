package dev.larder.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A database server that runs as a child process in a directory of its own, with its output in a
 * file there.
 *
 * <p>Not safe for use by several threads.
 */
final class ServerProcess {

  /** Asks a starting server whether it answers yet; failing means not yet. */
  @FunctionalInterface
  interface Readiness {
    void check() throws Exception;
  }

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Guardian guardian;
  private final Path log;

  private ServerProcess(Process process, Guardian guardian, Path log) {
    this.process = process;
    this.guardian = guardian;
    this.log = log;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @throws IOException when it ends or does not answer in time; the message has its last output
   */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Guardian guardian, Readiness ready)
      throws IOException {
    Path log = guardian.directory().resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(guardian.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    ServerProcess server = new ServerProcess(builder.start(), guardian, log);
    guardian.watch(server.process);
    server.await(ready);
    return server;
  }

  /** Runs a preparing command to its end. */
  static void run(List<String> command, Map<String, String> environment, Path directory, Path input)
      throws IOException {
    Path log = directory.resolve("prepare.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.get(0) + " did not end: " + tail(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("status " + process.exitValue() + ": " + tail(log));
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends it and all its children as a power cut would; the directory stays. */
  void kill() throws IOException {
    guardian.watchNone();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    // The children are init's now, and look alive until it collects them: not waited for.
    process.onExit().join();
  }

  /** Sends a signal to it and to all its children. */
  void signal(String name) throws IOException {
    StringBuilder script = new StringBuilder("kill -" + name + " " + process.pid());
    process.descendants().forEach(child -> script.append(' ').append(child.pid()));
    // A child that ended meanwhile is no failure.
    Process kill = new ProcessBuilder("/bin/sh", "-c", script + " 2>/dev/null; true").start();
    try {
      kill.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void await(Readiness ready) throws IOException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      Exception failure;
      try {
        ready.check();
        return;
      } catch (Exception e) {
        failure = e;
      }
      try {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IOException("status " + process.exitValue() + ": " + tail(log), failure);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (System.nanoTime() - limit > 0) {
        throw new IOException("does not answer: " + tail(log), failure);
      }
    }
  }

  private static String tail(Path log) throws IOException {
    String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
    return text.substring(Math.max(0, text.length() - 2_000));
  }
}
