package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Over a DataSource that is not Larder's: what Hibernate announces and the hooks are told. On H2.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AloneTest {

  private static final String QUERIES = "default-query-results-region";

  private Library library;

  @BeforeAll
  void open() {
    library =
        Library.in(Databases.h2(), Model.SCHEMA)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm")
            .alone();
  }

  @AfterAll
  void close() throws Exception {
    library.close();
  }

  @BeforeEach
  void fill() {
    library.run(Model.EMPTY);
    library.run(Model.ROWS);
    SecondLevelCache.of(library.factory).invalidation().everything();
  }

  private static final String DEAR = "select title from Book where price > 15 order by title";
  private static final String NAMES = "select name from Publisher order by id";

  @Test
  void saysThatItIsAlone() {
    assertThat(SecondLevelCache.of(library.factory).seesEveryStatement()).isFalse();
  }

  @Test
  void anEntityUpdateKeepsItsNeighbours() {
    library.warm();
    library.write(session -> session.find(Book.class, 1L).title = "changed");
    assertThat(library.bookIsHit(2)).isTrue();
    assertThat(library.isHit("book", () -> assertThat(library.title(1)).isEqualTo("changed")))
        .isTrue();
  }

  @Test
  void queryResultsFollowTheirSpaces() {
    library.keep(QUERIES, () -> library.titles(DEAR));
    library.keep(QUERIES, () -> library.titles(NAMES));
    library.write(session -> session.find(Book.class, 1L).price = 16);
    assertThat(library.titles(DEAR)).hasSize(3);
    library.keep(QUERIES, () -> library.titles(DEAR));
    library.write(
        session ->
            session.createMutationQuery("update Book set price = 1 where id = 1").executeUpdate());
    assertThat(library.titles(DEAR)).hasSize(2);
    assertThat(library.isHit(QUERIES, () -> library.titles(NAMES))).isTrue();
  }

  @Test
  void queryResultsOfATransactionThatHasWrittenAreNotServedToOthers() {
    try (var session = library.factory.openSession()) {
      session.beginTransaction();
      session.find(Book.class, 1L).price = 100;
      assertThat(session.createQuery(DEAR, String.class).setCacheable(true).getResultList())
          .hasSize(3);
      session.getTransaction().rollback();
    }
    assertThat(library.titles(DEAR)).hasSize(2);
  }

  @Test
  void bulkAndNativeStatements() {
    library.warm();
    library.write(
        session ->
            session
                .createMutationQuery("update Book set title = 'b' where id = 2")
                .executeUpdate());
    assertThat(library.title(2)).isEqualTo("b");
    library.write(
        session ->
            session
                .createNativeMutationQuery("update book set title = 'n' where id = 3")
                .executeUpdate());
    assertThat(library.title(3)).isEqualTo("n");
  }

  @Test
  void theHook() {
    library.warm();
    library.keep("author", () -> library.read(s -> s.find(Author.class, 1L)));
    library.keep(QUERIES, () -> library.titles(DEAR));
    library.keep(QUERIES, () -> library.titles(NAMES));
    library.database.execute("update book set title = 'elsewhere', price = 99 where id = 1");
    SecondLevelCache.of(library.factory).invalidation().table("PUBLIC.BOOK");
    assertThat(library.title(1)).isEqualTo("elsewhere");
    assertThat(library.titles(DEAR)).hasSize(3);
    assertThat(library.isHit("author", () -> library.read(s -> s.find(Author.class, 1L)))).isTrue();
    assertThat(library.isHit(QUERIES, () -> library.titles(NAMES))).isTrue();
  }

  @Test
  void theHookByKey() {
    library.warm();
    library.database.execute("update book set title = 'elsewhere' where id = 1");
    SecondLevelCache.of(library.factory).invalidation().rows("book", "ID", 1);
    assertThat(library.bookIsHit(2)).isTrue();
    assertThat(library.title(1)).isEqualTo("elsewhere");
    library.database.execute("update book set title = 'again' where isbn = 'i2'");
    SecondLevelCache.of(library.factory).invalidation().rows("book", "isbn", "i2");
    assertThat(library.title(2)).isEqualTo("again");
  }

  @Test
  void anElementThatWasMovedWithoutTellingTheCollection() {
    library.keep("author.books", () -> assertThat(books(1)).isEqualTo(2));
    library.write(
        session -> session.find(Book.class, 2L).author = session.getReference(Author.class, 2L));
    assertThat(books(1)).isEqualTo(1);
  }

  private int books(long author) {
    return library.read(session -> session.find(Author.class, author).books.size());
  }

  @Test
  void writersThatNobodySees() throws Exception {
    try (Library own =
        library
            .another()
            .hibernate(CacheSetting.WRITERS.property(), "anyone")
            .hibernate(CacheSetting.MAX_STALENESS.property(), "0s")
            .alone()) {
      for (int i = 0; i < 3; i++) {
        assertThat(own.bookIsHit(1)).as("nothing may be old, and others may write").isFalse();
      }
    }
  }

  @Test
  void aRegionIsBoundedByEntries() throws Exception {
    try (Library own = bounded(CacheSetting.MAX_ENTRIES, "2")) {
      for (long id = 100; id < 200; id++) {
        own.title(id);
      }
      await(() -> own.statistics("book").getElementCountInMemory() <= 2);
    }
  }

  @Test
  void aRegionIsBoundedByBytes() throws Exception {
    try (Library own = bounded(CacheSetting.MAX_BYTES, "2k")) {
      await(() -> own.statistics("book").getElementCountInMemory() < 20);
      assertThat(own.statistics("book").getSizeInMemory()).isBetween(0L, 4096L);
    }
  }

  /** A library whose books have a bound, and a hundred more books. */
  private Library bounded(CacheSetting setting, String bound) {
    Library own =
        library
            .another()
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm")
            .hibernate(setting.property("book"), bound)
            .alone();
    own.write(
        session -> {
          for (long id = 100; id < 200; id++) {
            session.persist(new Book(id, "t".repeat(90), null));
          }
        });
    return own;
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aMistakenSettingFailsAtTheStart() {
    Library.Setup mistaken =
        library
            .another()
            .hibernate(CacheSetting.MAX_ENTRIES.property(), "many")
            .hibernate(CacheSetting.WRITERS.property(), "nobody")
            .hibernate("hibernate.larder.max-entires", "5");
    assertThatThrownBy(() -> mistaken.alone().close())
        .hasStackTraceContaining("hibernate.larder.max-entries: 'many' is not a number")
        .hasStackTraceContaining("hibernate.larder.writers: 'nobody' is not anyone or this-jvm")
        .hasStackTraceContaining("hibernate.larder.max-entires: there is no such setting");
  }

  @Test
  void transactionalWithoutJtaIsReadWrite() throws Exception {
    try (Library without =
        library
            .another()
            .entities(Tenancy.Ledgered.class)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm")
            .alone()) {
      without.keep("ledgered", () -> ledgered(without));
      try (var session = without.factory.openSession()) {
        session.beginTransaction();
        session.find(Tenancy.Ledgered.class, 1L).name = "undone";
        session.flush();
        assertThat(ledgered(without)).isEqualTo("Harper");
        session.getTransaction().rollback();
      }
      assertThat(ledgered(without)).isEqualTo("Harper");
      without.write(session -> session.find(Tenancy.Ledgered.class, 1L).name = "done");
      assertThat(without.isHit("ledgered", () -> assertThat(ledgered(without)).isEqualTo("done")))
          .isTrue();
    }
  }

  private static String ledgered(Library library) {
    return library.read(session -> session.find(Tenancy.Ledgered.class, 1L).name);
  }
}
