package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.hibernate.Model.Country;
import dev.larder.hibernate.Model.Genre;
import dev.larder.hibernate.Model.Priced;
import dev.larder.hibernate.Model.Publisher;
import dev.larder.hibernate.Model.Rated;
import dev.larder.hibernate.Model.Review;
import dev.larder.hibernate.Model.Stock;
import dev.larder.testkit.Databases;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whoever writes, and however: never stale, and what had nothing to do with it is still a hit. Over
 * a Larder DataSource on PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryWriterTest {

  private Library library;

  @BeforeAll
  void open() {
    library = Library.in(Databases.postgres(), Model.SCHEMA).overLarder();
  }

  @AfterAll
  void close() throws Exception {
    library.close();
  }

  @BeforeEach
  void fill() {
    library.run(
        "truncate author, book, book_tag, genre, book_genre, publisher, country, review, priced");
    library.run(Model.ROWS);
    library.warm();
  }

  private static void inSession(Session session, String sql) {
    session.doWork(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  private void warmOthers() {
    library.keep("publisher", () -> library.read(s -> s.find(Publisher.class, 1L)));
    library.keep("author", () -> library.read(s -> s.find(Author.class, 1L)));
    library.keep("review", () -> library.read(s -> s.find(Review.class, 2L)));
  }

  private boolean othersAreHits() {
    return library.isHit("publisher", () -> library.read(s -> s.find(Publisher.class, 1L)))
        && library.isHit("author", () -> library.read(s -> s.find(Author.class, 1L)));
  }

  @Test
  void anEntityUpdateKeepsItsNeighbours() {
    library.write(session -> session.find(Book.class, 1L).title = "changed");
    assertThat(library.bookIsHit(2)).isTrue();
    assertThat(library.bookIsHit(3)).isTrue();
    assertThat(library.isHit("book", () -> assertThat(library.title(1)).isEqualTo("changed")))
        .as("what was written is in memory")
        .isTrue();
  }

  @Test
  void anInsertAndADeleteKeepTheirNeighbours() {
    library.write(s -> s.persist(new Book(9, "new", s.getReference(Author.class, 2L))));
    assertThat(library.bookIsHit(2)).isTrue();
    assertThat(library.isHit("book", () -> assertThat(library.title(9)).isEqualTo("new"))).isTrue();
    library.write(session -> session.remove(session.find(Book.class, 9L)));
    assertThat(library.bookIsHit(1)).isTrue();
    assertThat(library.<Book>read(session -> session.find(Book.class, 9L))).isNull();
  }

  @Test
  void aBatchKeepsItsNeighbours() {
    library.write(
        session -> {
          session.setJdbcBatchSize(10);
          session.find(Book.class, 1L).price = 11;
          session.find(Book.class, 2L).price = 21;
        });
    assertThat(library.bookIsHit(3)).isTrue();
    assertThat(library.price(1)).isEqualTo(11);
    assertThat(library.price(2)).isEqualTo(21);
  }

  @Test
  void doWork() {
    warmOthers();
    library.write(session -> inSession(session, "update book set title = 'x' where id = 1"));
    assertThat(library.title(1)).isEqualTo("x");
    assertThat(othersAreHits()).isTrue();
  }

  @Test
  void doWorkIsSeenByItsOwnTransactionAtOnce() {
    library.write(
        session -> {
          inSession(session, "update book set title = 'own' where id = 1");
          assertThat(session.find(Book.class, 1L).title).isEqualTo("own");
          assertThat(library.title(1)).as("others do not see it yet").isEqualTo("The Dispossessed");
          inSession(session, "update book set title = 'own again' where id = 1");
        });
    assertThat(library.title(1)).isEqualTo("own again");
  }

  @Test
  void doWorkAndAnEntityActionInOneTransaction() {
    library.write(
        session -> {
          session.find(Book.class, 3L).title = "by Hibernate";
          session.flush();
          inSession(session, "update book set title = 'by hand' where id = 1");
        });
    assertThat(library.title(1)).isEqualTo("by hand");
    assertThat(library.title(3)).isEqualTo("by Hibernate");
  }

  @Test
  void nativeQuery() {
    warmOthers();
    library.write(
        session ->
            session
                .createNativeMutationQuery("update book set title = 'n' where price > 15")
                .executeUpdate());
    assertThat(library.title(2)).isEqualTo("n");
    assertThat(library.title(3)).isEqualTo("n");
    assertThat(othersAreHits()).as("it names no query space and wipes nothing else").isTrue();
  }

  @Test
  void nativeQueryThatLooksLikeAnEntityAction() {
    library.write(
        session -> {
          session.find(Book.class, 3L).price = 31;
          session.flush();
          session
              .createNativeMutationQuery(
                  "update book set author_id=?,isbn=?,price=?,title=?,version=?"
                      + " where id=? and version=?")
              .setParameter(1, 2L)
              .setParameter(2, "i1")
              .setParameter(3, 99)
              .setParameter(4, "disguised")
              .setParameter(5, 1)
              .setParameter(6, 1L)
              .setParameter(7, 0)
              .executeUpdate();
        });
    assertThat(library.title(1)).isEqualTo("disguised");
  }

  @Test
  void bulkUpdateInHql() {
    warmOthers();
    library.write(
        session ->
            session
                .createMutationQuery("update Book set title = 'b' where price > 15")
                .executeUpdate());
    assertThat(library.title(3)).isEqualTo("b");
    assertThat(library.title(1)).isEqualTo("The Dispossessed");
    assertThat(othersAreHits()).isTrue();
  }

  @Test
  void statelessSession() {
    warmOthers();
    var stateless = library.factory.openStatelessSession();
    var transaction = stateless.beginTransaction();
    Book book = stateless.get(Book.class, 1L);
    book.title = "stateless";
    stateless.update(book);
    transaction.commit();
    stateless.close();
    assertThat(library.title(1)).isEqualTo("stateless");
    assertThat(othersAreHits()).isTrue();
    library.keep("book", () -> library.title(1));
    library.keep("author.books", () -> booksOf(1));
  }

  @Test
  void trigger() throws Exception {
    warmOthers();
    library.run(
        "create function touch() returns trigger language plpgsql as"
            + " 'begin update author set name = ''touched'' where id = new.author_id;"
            + " return new; end'");
    library.run("create trigger touch after update on book for each row execute function touch()");
    try {
      library.warm();
      warmOthers();
      library.write(session -> session.find(Book.class, 1L).price = 12);
      assertThat(library.<String>read(s -> s.find(Author.class, 1L).name)).isEqualTo("touched");
      assertThat(library.price(1)).isEqualTo(12);
      assertThat(library.isHit("publisher", () -> library.read(s -> s.find(Publisher.class, 1L))))
          .isTrue();
    } finally {
      library.run("drop trigger touch on book");
      library.run("drop function touch()");
    }
  }

  @Test
  void triggerThatAltersTheRow() throws Exception {
    library.run(
        "create function upcase() returns trigger language plpgsql as"
            + " 'begin new.title = upper(new.title); return new; end'");
    library.run(
        "create trigger upcase before update on book for each row execute function upcase()");
    try {
      library.warm();
      library.write(session -> session.find(Book.class, 1L).title = "quiet");
      assertThat(library.title(1)).isEqualTo("QUIET");
    } finally {
      library.run("drop trigger upcase on book");
      library.run("drop function upcase()");
    }
  }

  @Test
  void cascadeInTheDatabase() {
    warmOthers();
    library.read(session -> session.find(Review.class, 1L));
    library.write(session -> session.remove(session.find(Author.class, 1L)));
    assertThat(library.<Book>read(session -> session.find(Book.class, 1L))).isNull();
    assertThat(library.<Review>read(session -> session.find(Review.class, 1L))).isNull();
    assertThat(library.title(3)).isEqualTo("Solaris");
    assertThat(library.isHit("publisher", () -> library.read(s -> s.find(Publisher.class, 1L))))
        .isTrue();
  }

  @Test
  void entityOnAView() {
    library.keep("stock", () -> library.read(s -> s.find(Stock.class, 1L)));
    library.write(s -> s.persist(new Book(9, "new", s.getReference(Author.class, 1L))));
    assertThat(library.<Long>read(s -> s.find(Stock.class, 1L).books)).isEqualTo(3);
  }

  @Test
  void secondEntityOnATableAndAFormula() throws Exception {
    library.keep("rated", () -> library.read(s -> s.find(Rated.class, 1L)));
    library.write(session -> session.find(Book.class, 1L).title = "renamed");
    assertThat(library.<String>read(s -> s.find(Rated.class, 1L).title)).isEqualTo("renamed");
    library.run("insert into review values (7, 3, 1)");
    assertThat(library.<Integer>read(s -> s.find(Rated.class, 1L).stars)).isEqualTo(8);
    library.write(session -> session.find(Review.class, 7L).stars = 1);
    assertThat(library.<Integer>read(s -> s.find(Rated.class, 1L).stars)).isEqualTo(6);
  }

  @Test
  void aWriterThatOnlyTheHookTellsOf() {
    warmOthers();
    library.database.execute("update book set title = 'elsewhere' where id = 1");
    SecondLevelCache.of(library.factory).invalidation().table("book");
    assertThat(library.title(1)).isEqualTo("elsewhere");
    assertThat(othersAreHits()).isTrue();
    library.database.execute("update book set title = 'again' where id = 1");
    library.larder().invalidation().rows("public.book", "id", 1L);
    assertThat(library.title(1)).isEqualTo("again");
  }

  @Test
  void rollback() {
    try (Session session = library.factory.openSession()) {
      session.beginTransaction();
      session.find(Book.class, 1L).title = "undone";
      session.flush();
      assertThat(library.title(1)).isEqualTo("The Dispossessed");
      session.getTransaction().rollback();
    }
    assertThat(library.title(1)).isEqualTo("The Dispossessed");
    assertThat(library.bookIsHit(2)).isTrue();
    library.keep("book", () -> library.title(1));
  }

  @Test
  void optimisticLockFailure() {
    try (Session session = library.factory.openSession()) {
      session.beginTransaction();
      Book mine = session.find(Book.class, 1L);
      library.write(other -> other.find(Book.class, 1L).title = "theirs");
      mine.title = "mine";
      assertThatThrownBy(session.getTransaction()::commit)
          .isInstanceOfAny(OptimisticLockException.class, RuntimeException.class);
    }
    assertThat(library.title(1)).isEqualTo("theirs");
    assertThat(library.bookIsHit(2)).isTrue();
    library.keep("book", () -> library.title(1));
  }

  @Test
  void aLoadThatBeganBeforeTheWriteIsNotPutAfterIt() {
    library.factory.getCache().evictAllRegions();
    try (Session early = library.factory.openSession()) {
      early.beginTransaction();
      early.createNativeQuery("set transaction isolation level repeatable read").executeUpdate();
      early.createQuery("select count(*) from Genre", Long.class).getSingleResult();
      library.write(session -> session.find(Book.class, 1L).title = "later");
      assertThat(early.find(Book.class, 1L).title).isEqualTo("The Dispossessed");
      early.getTransaction().commit();
    }
    assertThat(library.title(1)).isEqualTo("later");
  }

  @Test
  void aTransactionDoesNotSeeWhatWasCommittedAfterItBegan() {
    try (Session early = library.factory.openSession()) {
      early.beginTransaction();
      early.createNativeQuery("set transaction isolation level repeatable read").executeUpdate();
      early.createQuery("select count(*) from Genre", Long.class).getSingleResult();
      library.write(session -> session.find(Book.class, 1L).title = "later");
      library.title(1);
      assertThat(early.find(Book.class, 1L).title).isEqualTo("The Dispossessed");
      early.getTransaction().commit();
    }
  }

  private Set<Long> booksOf(long author) {
    return library.read(
        session ->
            session.find(Author.class, author).books.stream()
                .map(book -> book.id)
                .collect(java.util.stream.Collectors.toSet()));
  }

  private void warmCollections() {
    library.keep("author.books", () -> booksOf(1));
    library.keep("author.books", () -> booksOf(2));
    library.keep("book.genres", () -> genresOf(1));
    library.keep("book.genres", () -> genresOf(3));
    library.keep("book.tags", () -> tagsOf(1));
    library.keep("book.tags", () -> tagsOf(2));
  }

  private int genresOf(long book) {
    return library.read(session -> session.find(Book.class, book).genres.size());
  }

  private int tagsOf(long book) {
    return library.read(session -> session.find(Book.class, book).tags.size());
  }

  @Test
  void collectionsOfAnOwner() {
    warmCollections();
    library.write(session -> session.find(Book.class, 1L).tags.add("moons"));
    assertThat(tagsOf(1)).isEqualTo(2);
    assertThat(library.isHit("book.tags", () -> tagsOf(2))).isTrue();
    library.write(
        session -> session.find(Book.class, 3L).genres.add(session.find(Genre.class, 2L)));
    assertThat(genresOf(3)).isEqualTo(2);
    assertThat(library.isHit("book.genres", () -> genresOf(1))).isTrue();
    assertThat(library.isHit("author.books", () -> booksOf(1))).isTrue();
  }

  @Test
  void collectionWhoseElementWasMovedWithoutTellingIt() {
    warmCollections();
    library.write(
        session -> session.find(Book.class, 2L).author = session.getReference(Author.class, 2L));
    assertThat(booksOf(1)).containsExactly(1L);
    assertThat(booksOf(2)).containsExactlyInAnyOrder(2L, 3L);
    library.write(s -> s.persist(new Book(9, "new", s.getReference(Author.class, 1L))));
    assertThat(booksOf(1)).containsExactlyInAnyOrder(1L, 9L);
    library.keep("author.books", () -> booksOf(2));
    library.write(session -> session.remove(session.find(Book.class, 9L)));
    assertThat(booksOf(1)).containsExactly(1L);
    assertThat(library.isHit("author.books", () -> booksOf(2))).isTrue();
  }

  @Test
  void collectionChangedPastHibernate() throws Exception {
    warmCollections();
    library.run("insert into book_tag values (1, 'walls')");
    assertThat(tagsOf(1)).isEqualTo(2);
    assertThat(library.isHit("book.genres", () -> genresOf(1))).isTrue();
    assertThat(library.isHit("author.books", () -> booksOf(1))).isTrue();
    library.run("update book set author_id = 1 where id = 3");
    assertThat(booksOf(1)).hasSize(3);
  }

  private Long idOf(String isbn) {
    return library.read(
        session -> {
          Book found = session.bySimpleNaturalId(Book.class).load(isbn);
          return found == null ? null : found.id;
        });
  }

  @Test
  void naturalIds() throws Exception {
    library.keep("book.isbn", () -> idOf("i1"));
    library.keep("book.isbn", () -> idOf("i2"));
    library.write(session -> session.find(Book.class, 1L).isbn = "j1");
    assertThat(idOf("j1")).isEqualTo(1);
    assertThat(idOf("i1")).isNull();
    assertThat(library.isHit("book.isbn", () -> idOf("i2"))).isTrue();
    library.run("update book set isbn = 'k2' where id = 2");
    library.run("update book set isbn = 'i2' where id = 3");
    assertThat(idOf("i2")).isEqualTo(3);
    library.write(session -> session.remove(session.find(Book.class, 3L)));
    library.write(s -> s.persist(withIsbn(new Book(8, "heir", null), "i2")));
    assertThat(idOf("i2")).isEqualTo(8);
  }

  private static Book withIsbn(Book book, String isbn) {
    book.isbn = isbn;
    return book;
  }

  private static final String DEAR = "select title from Book where price > 15 order by title";
  private static final String QUERIES = "default-query-results-region";

  @Test
  void queryResults() throws Exception {
    String publishers = "select name from Publisher order by id";
    library.keep(QUERIES, () -> library.titles(DEAR));
    library.keep(QUERIES, () -> library.titles(publishers));
    check(DEAR, publishers, session -> session.find(Book.class, 1L).price = 16, 3);
    check(
        DEAR,
        publishers,
        session -> inSession(session, "update book set price = 1 where id = 1"),
        2);
    check(
        DEAR,
        publishers,
        session ->
            session
                .createNativeMutationQuery("update book set price = 1 where id = 2")
                .executeUpdate(),
        1);
    library.run("update book set price = 100");
    assertThat(library.titles(DEAR)).hasSize(3);
    library.database.execute("delete from book where id = 3");
    library.larder().invalidation().table("book");
    assertThat(library.titles(DEAR)).hasSize(2);
    assertThat(library.isHit(QUERIES, () -> library.titles(publishers))).isTrue();
  }

  private void check(String query, String other, Consumer<Session> change, int rows) {
    library.write(change);
    assertThat(library.titles(query)).hasSize(rows);
    library.keep(QUERIES, () -> library.titles(query));
    assertThat(library.isHit(QUERIES, () -> library.titles(other))).isTrue();
  }

  @Test
  void queryResultsOfATransactionThatHasWritten() {
    library.titles(DEAR);
    try (Session session = library.factory.openSession()) {
      session.beginTransaction();
      inSession(session, "update book set price = 0");
      assertThat(session.createQuery(DEAR, String.class).setCacheable(true).getResultList())
          .isEmpty();
      assertThat(library.titles(DEAR)).hasSize(2);
      session.getTransaction().rollback();
    }
    assertThat(library.titles(DEAR)).hasSize(2);
  }

  @Test
  void nativeQueryResultsWithoutQuerySpaces() throws Exception {
    assertThat(titlesByView()).hasSize(2);
    library.keep(QUERIES, this::titlesByView);
    library.run("delete from book where author_id = 2");
    assertThat(titlesByView()).hasSize(1);
  }

  private List<Long> titlesByView() {
    return library.read(
        session ->
            session
                .createNativeQuery("select books from stock order by id", Long.class)
                .setCacheable(true)
                .getResultList());
  }

  @Test
  void queryThatCannotBeCachedIsNot() throws Exception {
    String clock = "select cast(clock_timestamp() as String)";
    String first = library.titles(clock).get(0);
    assertThat(library.titles(clock).get(0)).isNotEqualTo(first);
  }

  private List<String> cheapTitles(int most) {
    return library.read(
        session -> {
          session.enableFilter("cheap").setParameter("most", most);
          return session
              .createQuery("select title from Book order by title", String.class)
              .setCacheable(true)
              .getResultList();
        });
  }

  @Test
  void queryResultsWithAFilter() {
    assertThat(cheapTitles(10)).hasSize(1);
    assertThat(cheapTitles(20)).hasSize(2);
    assertThat(library.titles("select title from Book order by title")).hasSize(3);
    library.keep(QUERIES, () -> assertThat(cheapTitles(20)).hasSize(2));
    library.write(session -> session.find(Book.class, 3L).price = 5);
    assertThat(cheapTitles(10)).hasSize(2);
  }

  @Test
  void nonstrictAndReadOnly() {
    warmOthers();
    library.keep("publisher", () -> library.read(s -> s.find(Publisher.class, 2L)));
    library.write(session -> session.find(Publisher.class, 1L).name = "renamed");
    assertThat(library.isHit("publisher", () -> library.read(s -> s.find(Publisher.class, 2L))))
        .isTrue();
    assertThat(library.<String>read(s -> s.find(Publisher.class, 1L).name)).isEqualTo("renamed");
    library.keep("country", () -> library.read(s -> s.find(Country.class, 1L)));
    assertThatThrownBy(() -> library.write(s -> s.find(Country.class, 1L).name = "no"))
        .hasStackTraceContaining("READ_ONLY");
  }

  @Test
  void whatTheDatabaseRoundsIsReadAnew() {
    library.write(session -> session.find(Priced.class, 1L).amount = new BigDecimal("2.999"));
    assertThat(library.<BigDecimal>read(s -> s.find(Priced.class, 1L).amount))
        .isEqualTo(new BigDecimal("3.00"));
  }

  @Test
  void aSessionWithSettingsOfItsOwnSharesNothing() {
    library.write(
        session -> {
          inSession(session, "create schema if not exists other");
          inSession(session, "create table if not exists other.book as select * from book");
          inSession(session, "update other.book set title = 'other'");
        });
    library.warm();
    library.write(
        session -> {
          inSession(session, "set search_path to other");
          assertThat(session.find(Book.class, 1L).title).isEqualTo("other");
        });
    assertThat(library.title(1)).isEqualTo("The Dispossessed");
  }

  @Test
  void evictionByHibernatesOwnInterface() {
    library.factory.getCache().evict(Book.class, 1L);
    assertThat(library.factory.getCache().contains(Book.class, 1L)).isFalse();
    assertThat(library.factory.getCache().contains(Book.class, 2L)).isTrue();
    assertThat(library.bookIsHit(1)).isFalse();
    assertThat(library.bookIsHit(2)).isTrue();
    library.factory.getCache().evictEntityData(Book.class);
    assertThat(library.bookIsHit(2)).isFalse();
  }

  @Test
  void aJdbcAnswerIsForgottenByAnEntityUpdate() throws Exception {
    assertThat(jdbcTitle()).isEqualTo("The Dispossessed");
    library.write(session -> session.find(Book.class, 1L).title = "by Hibernate");
    assertThat(jdbcTitle()).isEqualTo("by Hibernate");
  }

  private String jdbcTitle() throws Exception {
    try (Connection connection = library.larder().getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select title from book where id = 1")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
