package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site leads to every document, each once, and the first page does. */
final class SiteTest {

  private static final Pattern ENTRY = Pattern.compile("(?m)^ +- [^\\n]+: (\\S+\\.md)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private static final Path PROJECT =
      Path.of(Files.exists(Path.of("docs/architecture.md")) ? "" : "..");

  private static TreeSet<String> documents() throws IOException {
    Path docs = PROJECT.resolve("docs");
    TreeSet<String> documents = new TreeSet<>();
    try (Stream<Path> files = Files.walk(docs)) {
      files
          .map(file -> docs.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".md"))
          .forEach(documents::add);
    }
    return documents;
  }

  @Test
  void theNavigationNamesEveryDocumentOnce() throws IOException {
    String site = Files.readString(PROJECT.resolve("mkdocs.yml"));
    List<String> entries = ENTRY.matcher(site).results().map(entry -> entry.group(1)).toList();

    assertThat(entries).containsExactlyInAnyOrderElementsOf(documents());
  }

  @Test
  void theFirstPageLeadsToEveryOther() throws IOException {
    String first = Files.readString(PROJECT.resolve("docs/index.md"));
    TreeSet<String> linked = new TreeSet<>();
    LINK.matcher(first).results().map(link -> link.group(1)).forEach(linked::add);
    TreeSet<String> others = documents();
    others.remove("index.md");

    assertThat(linked).containsAll(others);
  }

  @Test
  void noLinkLeadsNowhere() throws IOException {
    TreeSet<String> dead = new TreeSet<>();
    for (String document : documents()) {
      Path page = PROJECT.resolve("docs").resolve(document);
      String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(document + ": " + link.group(1));
        }
      }
    }

    assertThat(dead).isEmpty();
  }
}
