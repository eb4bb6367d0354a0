package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import jakarta.persistence.OptimisticLockException;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a writer elsewhere had raised a row's version; whoever then failed to write the old one,
 * and tried again as one does, was given the old one again and again, and even the newest was
 * refused by {@code merge}.
 */
class NewestVersionTest {

  private static Library open(boolean alone) {
    Library.Setup setup =
        Library.in(Databases.h2(), Model.SCHEMA, Model.ROWS)
            .larder("larder.writers", "anyone")
            .larder("larder.max-staleness", "60s")
            .hibernate(CacheSetting.MAX_STALENESS.property(), "60s");
    Library library = alone ? setup.alone() : setup.overLarder();
    library.warm();
    library.title(1);
    return library;
  }

  private static void raise(Library library) {
    library.database.execute(
        "update book set title = 'elsewhere', version = version + 1 where id = 1");
  }

  /** How often it takes to write. */
  private static int attempts(Library library, Consumer<Session> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        library.write(work);
        return attempt;
      } catch (OptimisticLockException e) {
        assertThat(attempt).as("attempts").isLessThan(5);
      }
    }
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void anUpdateThatIsTriedAgain(boolean alone) throws Exception {
    try (Library library = open(alone)) {
      raise(library);
      assertThat(attempts(library, s -> s.find(Book.class, 1L).price = 77)).isEqualTo(2);
      assertThat(library.title(1)).isEqualTo("elsewhere");
      assertThat(library.price(1)).isEqualTo(77);
    }
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void aDeleteThatIsTriedAgain(boolean alone) throws Exception {
    try (Library library = open(alone)) {
      raise(library);
      assertThat(attempts(library, s -> s.remove(s.find(Book.class, 1L)))).isEqualTo(2);
      assertThat(library.<Book>read(s -> s.find(Book.class, 1L))).isNull();
    }
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void theCollectionsOfWhatWasOld(boolean alone) throws Exception {
    try (Library library = open(alone)) {
      library.keep("book.tags", () -> tags(library));
      library.database.execute("insert into book_tag values (1, 'elsewhere')");
      raise(library);
      attempts(library, s -> s.find(Book.class, 1L).price = 77);
      if (alone) {
        assertThat(tags(library)).isEqualTo(2);
      }
    }
  }

  private static int tags(Library library) {
    return library.read(s -> s.find(Book.class, 1L).tags.size());
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void theNewestIsMerged(boolean alone) throws Exception {
    try (Library library = open(alone)) {
      Book detached = library.read(s -> s.find(Book.class, 1L));
      raise(library);
      detached.title = "merged";
      detached.version = 1;
      library.write(s -> s.merge(detached));
      assertThat(library.title(1)).isEqualTo("merged");
      assertThat(library.<Integer>read(s -> s.find(Book.class, 1L).version)).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void whatIsRefreshedIsTheDatabases(boolean alone) throws Exception {
    try (Library library = open(alone)) {
      raise(library);
      library.write(
          s -> {
            Book book = s.find(Book.class, 1L);
            s.refresh(book);
            assertThat(book.title).isEqualTo("elsewhere");
            book.price = 5;
          });
      assertThat(library.title(1)).isEqualTo("elsewhere");
    }
  }
}
