package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A newcomer finds every type in the document; on a mismatch the failure says which are missing.
 */
class ArchitectureDocumentTest {

  private static final String DOCUMENT = "docs/architecture.md";
  private static final List<String> MODULES =
      List.of(
          "invalidation",
          "jdbc-proxy",
          "redis",
          "console",
          "hibernate-l2",
          "spring-boot/core",
          "spring-boot/starter",
          "spring-boot/starter-3");

  private static final Pattern NAME_WITH_ROOM =
      Pattern.compile("`(?!java\\.|javax\\.|org\\.|com\\.)((?:[a-z]\\w*\\.)+[A-Z]\\w*)");

  @Test
  void everyTypeIsInTheRoomThatTheDocumentSays() throws IOException {
    Path project = Files.exists(Path.of(DOCUMENT)) ? Path.of("") : Path.of("..");
    List<String> rows = Files.readAllLines(project.resolve(DOCUMENT));
    List<String> missing = new ArrayList<>();
    for (String module : MODULES) {
      Path sources = project.resolve(module).resolve("src/main/java");
      for (Path file : javaFiles(sources)) {
        String name = file.getFileName().toString().replace(".java", "");
        Path room = sources.relativize(file).getParent();
        if (room != null && !name.equals("package-info")) {
          String row = "| `" + room.toString().replace('\\', '/').replace('/', '.') + "` |";
          boolean isNamed =
              rows.stream().anyMatch(l -> l.startsWith(row) && l.contains("`" + name + "`"));
          if (!isNamed) {
            missing.add(row + " `" + name + "`");
          }
        }
      }
    }

    assertThat(missing).as("not in " + DOCUMENT).isEmpty();
  }

  /** Such as {@code planning.StatementCache}; other people's names begin with their domain. */
  @Test
  void everyTypeThatADocumentNamesWithItsRoomIsThere() throws IOException {
    Path project = Files.exists(Path.of(DOCUMENT)) ? Path.of("") : Path.of("..");
    List<String> types = new ArrayList<>();
    for (Path module : children(project)) {
      for (String kind : List.of("src/main/java", "src/test/java")) {
        Path sources = module.resolve(kind);
        if (Files.isDirectory(sources)) {
          javaFiles(sources)
              .forEach(file -> types.add("." + dotted(sources.relativize(file)) + "."));
        }
      }
    }
    List<String> missing = new ArrayList<>();
    for (Path document : children(project.resolve("docs"))) {
      if (!document.toString().endsWith(".md")) {
        continue;
      }
      Matcher names = NAME_WITH_ROOM.matcher(Files.readString(document));
      while (names.find()) {
        String name = names.group(1);
        if (types.stream().noneMatch(type -> type.endsWith("." + name + "."))) {
          missing.add(document.getFileName() + ": " + name);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String dotted(Path file) {
    return file.toString().replace(".java", "").replace('\\', '.').replace('/', '.');
  }

  private static List<Path> javaFiles(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
