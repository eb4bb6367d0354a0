package dev.larder.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Finds the MySQL programs of this platform on the class path.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class MySqlBinaries {
  private static final String VERSION = "8.0.15";
  private static final Pattern WANTED =
      Pattern.compile("(bin|lib)/.*|share/(charsets|english)/.*|share/[^/]*\\.txt");

  private MySqlBinaries() {}

  /**
   * The directory that holds {@code bin}, {@code lib} and {@code share}.
   *
   * @throws IOException when there is none for this platform
   */
  static Path find() throws IOException {
    String platform = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    URL archive =
        MySqlBinaries.class
            .getClassLoader()
            .getResource("mysql-" + platform.replace(' ', '_') + ".tar.gz");
    if (archive == null) {
      throw new IOException("no MySQL is published for " + platform + "; a Docker engine would do");
    }
    return ProgramCache.directory("mysql-" + VERSION, directory -> unpack(archive, directory));
  }

  private static void unpack(URL archive, Path target) throws IOException {
    try (InputStream stream = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(stream))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        if (entry.isDirectory() || !WANTED.matcher(entry.getName()).matches()) {
          continue;
        }
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        Path parent = Objects.requireNonNull(path.getParent());
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          if (parent.endsWith("bin")) {
            ProgramCache.makeExecutable(path);
          }
        }
      }
    }
  }
}
