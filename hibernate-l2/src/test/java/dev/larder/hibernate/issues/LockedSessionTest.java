package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Symptom: a session had locked a row, and was given an entity and a query's answer from the second
 * level that a writer elsewhere had changed before the lock was taken.
 */
class LockedSessionTest {

  private static final String QUERIES = "default-query-results-region";
  private static final String TITLES = "select title from Book where id < 3 order by id";

  @Test
  void theSecondLevelIsNotAskedAfterALock() throws Exception {
    try (Library library = elsewhere("1h")) {
      library.warm();
      library.keep(QUERIES, () -> library.titles(TITLES));
      library.database.execute("update book set title = 'elsewhere' where id = 1");
      assertThat(library.title(1)).as("may be old").isNotEqualTo("elsewhere");
      library.write(
          session -> {
            session
                .createNativeQuery("select id from book where id = 3 for update", Long.class)
                .getResultList();
            assertThat(session.find(Book.class, 1L).title).isEqualTo("elsewhere");
            List<String> titles =
                session.createQuery(TITLES, String.class).setCacheable(true).getResultList();
            assertThat(titles).startsWith("elsewhere");
          });
      assertThat(library.title(1)).as("kept anew").isEqualTo("elsewhere");
    }
  }

  private static Library elsewhere(String maxStaleness) throws Exception {
    return Library.in(Databases.postgres(), Model.SCHEMA, Model.ROWS)
        .larder("larder.writers", "anyone")
        .larder("larder.max-staleness", maxStaleness)
        .overLarder();
  }
}
