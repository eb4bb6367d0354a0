package dev.larder.jdbc.retention;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A program in a JVM of its own, with a heap of its own. Used by one thread. */
public final class ChildJvm {

  private ChildJvm() {}

  /** What a program said and how it ended. */
  public record Outcome(int exit, String output) {

    /** Whether it found everything to be as it should. */
    public boolean allHeld() {
      return exit == 0 && output.endsWith("\nALL HELD\n");
    }

    /** What it found to be otherwise. */
    public String failures() {
      return output.lines().filter(FAILURE).collect(Collectors.joining("\n"));
    }
  }

  private static final Predicate<String> FAILURE =
      line -> line.startsWith("FAILED ") || line.startsWith("WRONG ");

  /**
   * Runs a program on this JVM's class path to its end, and repeats what it says on standard
   * output.
   *
   * @param heap as {@code -Xmx} takes it
   */
  public static Outcome run(Class<?> program, String heap, Duration most, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread bound = new Thread(() -> endAfter(process, most), "child-bound");
    bound.setDaemon(true);
    bound.start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        System.out.println(line);
      }
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.waitFor(), output.toString());
  }

  private static void endAfter(Process process, Duration most) {
    try {
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
