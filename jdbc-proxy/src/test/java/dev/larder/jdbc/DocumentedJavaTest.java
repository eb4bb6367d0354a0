package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.DocumentedJava;
import dev.larder.testkit.DocumentedJava.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Java of the README and of the documents compiles as it stands there. */
class DocumentedJavaTest {

  private static final List<String> IMPORTS =
      List.of(
          "java.sql.*",
          "javax.sql.DataSource",
          "io.micrometer.core.instrument.MeterRegistry",
          "org.slf4j.Logger",
          "dev.larder.jdbc.*",
          "dev.larder.jdbc.micrometer.*");

  /** What the reader of each document has at hand. */
  private static final Map<String, List<String>> AT_HAND =
      Map.of(
          "README.md", List.of("DataSource yourDataSource"),
          "docs/configuration.md", List.of("DataSource dataSource"),
          "docs/invalidation.md", List.of("LarderDataSource dataSource", "Logger log"),
          "docs/metrics.md", List.of("LarderDataSource dataSource", "MeterRegistry registry"),
          "docs/troubleshooting.md", List.of("LarderDataSource dataSource"));

  /** Documents whose Java does not compile here, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "docs/hibernate.md",
          "needs Hibernate: the test of this name in hibernate-l2 compiles it");

  @Test
  void everyPieceCompiles() throws IOException {
    for (String path : List.of("README.md", "docs")) {
      List<DocumentedJava> found = DocumentedJava.in(path);
      assertThat(found).as(path).isNotEmpty();
      for (DocumentedJava piece : found) {
        if (!ELSEWHERE.containsKey(piece.document())) {
          List<String> atHand = AT_HAND.getOrDefault(piece.document(), List.of());
          assertThat(piece.errors(new Surroundings(IMPORTS, atHand)))
              .as(piece.toString())
              .isEmpty();
        }
      }
    }
  }

  @Test
  void whatDoesNotCompileIsFoundWithItsLine() throws IOException {
    DocumentedJava piece = new DocumentedJava("page.md", 10, "int i = 1;\nstring s = null;");
    assertThat(piece.errors(new Surroundings(IMPORTS, List.of())))
        .singleElement()
        .asString()
        .startsWith("page.md:11: ")
        .contains("string");
  }

  @Test
  void nothingIsListedThatHasNoJava() throws IOException {
    List<String> documents =
        DocumentedJava.in("docs").stream().map(DocumentedJava::document).toList();
    assertThat(documents).containsAll(ELSEWHERE.keySet());
  }
}
