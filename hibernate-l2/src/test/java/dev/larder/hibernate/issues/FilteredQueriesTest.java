package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a filter that also counts for what is found by its id did not, once that was in memory;
 * and whether a filter's values are part of what a cached query is found by was said, not shown.
 */
class FilteredQueriesTest {

  private static final String QUERIES = "default-query-results-region";

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void everyValueOfAFilterHasItsOwnAnswer(boolean alone) throws Exception {
    Library.Setup setup =
        Library.in(Databases.h2(), Model.SCHEMA, Model.ROWS)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm");
    try (Library library = alone ? setup.alone() : setup.overLarder()) {
      for (int most : new int[] {10, 20, 30}) {
        library.keep(QUERIES, () -> assertThat(titles(library, most)).hasSize(most / 10));
      }
      for (int most : new int[] {10, 20, 30}) {
        assertThat(titles(library, most)).hasSize(most / 10);
        assertThat(books(library, most)).isEqualTo(Math.min(2, most / 10));
        // A filter says nothing of what is found by its id, as without a cache.
        assertThat(
                library.<String>read(
                    session -> {
                      session.enableFilter("cheap").setParameter("most", most);
                      return session.find(Book.class, 3L).title;
                    }))
            .isEqualTo("Solaris");
      }
      assertThat(library.titles("select title from Book order by title")).hasSize(3);
    }
  }

  @Entity(name = "Secret")
  @Table(name = "secret")
  @FilterDef(
      name = "cleared",
      parameters = @ParamDef(name = "level", type = Integer.class),
      applyToLoadByKey = true)
  @Filter(name = "cleared", condition = "level <= :level")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "secret")
  static class Secret {
    @Id Long id;
    int level;
  }

  @ParameterizedTest(name = "alone {0}")
  @ValueSource(booleans = {true, false})
  void aFilterOnWhatIsFoundByItsId(boolean alone) throws Exception {
    String[] schema = {
      "create table secret (id bigint primary key, level int)", "insert into secret values (1, 5)"
    };
    Library.Setup setup =
        Library.in(Databases.h2(), schema)
            .entities(Secret.class)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm");
    try (Library library = alone ? setup.alone() : setup.overLarder()) {
      library.keep("secret", () -> library.read(session -> session.find(Secret.class, 1L)));
      assertThat(secret(library, 1)).isNull();
      assertThat(secret(library, 5)).isNotNull();
      assertThat(secret(library, 1)).isNull();
    }
  }

  private static Secret secret(Library library, int level) {
    return library.read(
        session -> {
          session.enableFilter("cleared").setParameter("level", level);
          return session.find(Secret.class, 1L);
        });
  }

  private static List<String> titles(Library library, int most) {
    return library.read(
        session -> {
          session.enableFilter("cheap").setParameter("most", most);
          return session
              .createQuery("select title from Book order by title", String.class)
              .setCacheable(true)
              .getResultList();
        });
  }

  /** The filter is not on the collection, so it does not count there. */
  private static int books(Library library, int most) {
    return library.read(
        session -> {
          session.enableFilter("cheap").setParameter("most", most);
          return session
              .createQuery("select b from Book b where b.author.id = 1", Book.class)
              .setCacheable(true)
              .getResultList()
              .size();
        });
  }
}
