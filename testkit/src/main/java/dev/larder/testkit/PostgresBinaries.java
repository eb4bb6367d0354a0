package dev.larder.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Finds the PostgreSQL programs of this platform on the class path.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class PostgresBinaries {
  private static final Pattern VERSION = Pattern.compile("-((\\d+)\\.\\d+\\.\\d+[^/!]*)\\.jar!");

  private PostgresBinaries() {}

  /**
   * The directory that holds {@code bin}, {@code lib} and {@code share}.
   *
   * @throws IOException when there is none for this platform and major version
   */
  static Path of(int major) throws IOException {
    String platform = system() + "-" + architecture();
    List<URL> found = new ArrayList<>();
    PostgresBinaries.class
        .getClassLoader()
        .getResources("postgres-" + platform + ".txz")
        .asIterator()
        .forEachRemaining(found::add);
    List<String> versions = new ArrayList<>();
    for (URL url : found) {
      Matcher version = VERSION.matcher(url.toString());
      if (version.find()) {
        versions.add(version.group(1));
        if (Integer.parseInt(version.group(2)) == major) {
          return ProgramCache.directory(
              "postgres-" + version.group(1), directory -> unpack(url, directory));
        }
      }
    }
    throw new IOException(
        "the class path has no PostgreSQL %d for %s, only %s; -Dlarder.test.postgres=%d has Maven fetch it"
            .formatted(major, platform, versions, major));
  }

  private static void unpack(URL archive, Path target) throws IOException {
    try (InputStream stream = archive.openStream();
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
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
          if (parent.endsWith("bin")) {
            ProgramCache.makeExecutable(path);
          }
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
