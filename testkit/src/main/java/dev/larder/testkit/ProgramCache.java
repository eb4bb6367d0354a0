package dev.larder.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Server programs unpacked from the class path, once per machine and user, in the temporary
 * directory; they stay there for the next run.
 *
 * <p>Safe for use by several threads and JVMs.
 */
final class ProgramCache {

  /** Fills an empty directory. */
  @FunctionalInterface
  interface Unpack {
    void into(Path directory) throws IOException;
  }

  // World-readable, because root's servers may run as nobody.
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private ProgramCache() {}

  /** The directory of that name, filled now unless it was before. */
  static synchronized Path directory(String name, Unpack unpack) throws IOException {
    Path cache = cache();
    Path home = cache.resolve(name);
    // Two JVMs may come here at once; the loser of the lock finds the winner's work.
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Path count = cache.resolve(name + ".count");
      if (lock.isValid() && !isWhole(home, count)) {
        delete(home);
        Path half = cache.resolve("unpacking");
        delete(half);
        Files.createDirectory(half);
        unpack.into(half);
        Files.setPosixFilePermissions(half, PROGRAM);
        Files.writeString(count, Long.toString(files(half)));
        Files.move(half, home);
      }
    }
    return home;
  }

  /* Systems clean their temporary directory file by file: what is left may be a part. */
  private static boolean isWhole(Path home, Path count) throws IOException {
    return Files.isDirectory(home)
        && Files.isRegularFile(count)
        && Files.readString(count).equals(Long.toString(files(home)));
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.count();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PROGRAM);
  }

  private static Path cache() throws IOException {
    String user = System.getProperty("user.name");
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "larder-testkit-" + user);
    if (!Files.isDirectory(cache)) {
      Files.createDirectories(cache);
      Files.setPosixFilePermissions(cache, PROGRAM);
    }
    return cache;
  }
}
