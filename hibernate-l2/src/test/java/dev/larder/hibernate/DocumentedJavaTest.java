package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.DocumentedJava;
import dev.larder.testkit.DocumentedJava.Surroundings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java of the page on Hibernate compiles as it stands there. */
class DocumentedJavaTest {

  private static final Surroundings SURROUNDINGS =
      new Surroundings(
          List.of("jakarta.persistence.EntityManagerFactory", "dev.larder.hibernate.*"),
          List.of("EntityManagerFactory entityManagerFactory"));

  @Test
  void everyPieceCompiles() throws IOException {
    List<DocumentedJava> found = DocumentedJava.in("docs/hibernate.md");
    assertThat(found).isNotEmpty();
    for (DocumentedJava piece : found) {
      assertThat(piece.errors(SURROUNDINGS)).as(piece.toString()).isEmpty();
    }
  }
}
