package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a server that refuses root: as it is, without root's powers in a user namespace, or as
 * nobody.
 *
 * <p>Immutable and safe for use by several threads.
 */
enum Unprivileged {
  /** This JVM is not root. */
  AS_IS,
  /** A user namespace, in which root is nobody in particular but still owns its files. */
  NAMESPACE,
  /** Where namespaces are forbidden, as in most containers. */
  NOBODY;

  private static final int NOBODY_ID = 65534;

  /** The way that works for this JVM on this machine. */
  static Unprivileged here() throws IOException {
    if (!runsAsRoot()) {
      return AS_IS;
    }
    for (Unprivileged way : List.of(NAMESPACE, NOBODY)) {
      if (way.works()) {
        return way;
      }
    }
    throw new IOException("PostgreSQL refuses root, and neither unshare nor setpriv works here");
  }

  /** Whether this JVM is root's. */
  static boolean runsAsRoot() throws IOException {
    Path probe = Files.createTempFile("larder-test", ".owner");
    try {
      return Files.getAttribute(probe, "unix:uid").equals(0);
    } finally {
      Files.delete(probe);
    }
  }

  /** The command in this way's clothes. */
  List<String> command(List<String> command) {
    List<String> whole =
        new ArrayList<>(
            switch (this) {
              case AS_IS -> List.of();
              case NAMESPACE -> List.of("unshare", "-U");
              case NOBODY ->
                  List.of(
                      "setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
            });
    whole.addAll(command);
    return whole;
  }

  /** Lets the server write to a directory of ours. */
  void own(Path directory) throws IOException {
    if (this == NOBODY) {
      Files.setAttribute(directory, "unix:uid", NOBODY_ID);
      Files.setAttribute(directory, "unix:gid", NOBODY_ID);
    }
  }

  private boolean works() {
    try {
      Process process =
          new ProcessBuilder(command(List.of("id", "-u")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
