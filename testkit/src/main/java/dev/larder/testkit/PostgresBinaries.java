package dev.larder.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Finds the PostgreSQL programs of this platform on the class path and unpacks them once per
 * machine and user.
 *
 * <p>Stateless and safe for use by several threads and JVMs.
 */
final class PostgresBinaries {
  private static final Pattern VERSION = Pattern.compile("-((\\d+)\\.\\d+\\.\\d+[^/!]*)\\.jar!");

  private PostgresBinaries() {}

  /**
   * The directory that holds {@code bin}, {@code lib} and {@code share}.
   *
   * @throws IOException when there is none for this platform and major version
   */
  static synchronized Path of(int major) throws IOException {
    String resource = "postgres-" + system() + "-" + architecture() + ".txz";
    List<URL> found = new ArrayList<>();
    PostgresBinaries.class
        .getClassLoader()
        .getResources(resource)
        .asIterator()
        .forEachRemaining(found::add);
    for (URL url : found) {
      Matcher version = VERSION.matcher(url.toString());
      if (version.find() && Integer.parseInt(version.group(2)) == major) {
        return unpacked(url, version.group(1));
      }
    }
    throw new IOException(
        "No PostgreSQL "
            + major
            + " for "
            + system()
            + "-"
            + architecture()
            + " on the class path (-Dlarder.test.postgres="
            + major
            + " has Maven fetch it); found "
            + found);
  }

  private static Path unpacked(URL archive, String version) throws IOException {
    Path cache = cache();
    Path home = cache.resolve("postgres-" + version);
    // Two JVMs may come here at once; the loser of the lock finds the winner's work.
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("lost the lock on " + cache);
      }
      if (!Files.isDirectory(home)) {
        Path half = Files.createTempDirectory(cache, "unpacking");
        try (InputStream stream = archive.openStream()) {
          unpack(stream, half);
        }
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(half, home);
      }
    }
    return home;
  }

  private static Path cache() throws IOException {
    Path cache =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "larder-testkit-" + System.getProperty("user.name"));
    if (!Files.isDirectory(cache)) {
      // World-readable, because root's servers may run as nobody.
      Files.createDirectories(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    return cache;
  }

  private static void unpack(InputStream stream, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Path parent = Objects.requireNonNull(path.getParent());
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = parent.endsWith("bin");
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }
}
