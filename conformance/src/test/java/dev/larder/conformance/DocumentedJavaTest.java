package dev.larder.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.DocumentedJava;
import dev.larder.testkit.DocumentedJava.Surroundings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java of the suite's own page compiles as it stands there. */
final class DocumentedJavaTest {

  private static final Surroundings SURROUNDINGS =
      new Surroundings(
          List.of("dev.larder.conformance.*", "static dev.larder.conformance.Story.TITLE"),
          List.of("Story story"));

  @Test
  void everyPieceCompiles() throws IOException {
    List<DocumentedJava> found = DocumentedJava.in("conformance/README.md");
    assertThat(found).isNotEmpty();
    for (DocumentedJava piece : found) {
      assertThat(piece.errors(SURROUNDINGS)).as(piece.toString()).isEmpty();
    }
  }
}
