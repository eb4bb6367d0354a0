package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/**
 * Symptom: an answer of JDBC's cache that was old already began a second life in the second-level
 * cache, so that what a writer elsewhere had written was not seen within the bound.
 */
class AgesDoNotAddUpTest {

  private static final long BOUND = TimeUnit.MILLISECONDS.toNanos(2000);

  private static final Map<String, Function<Session, Object>> READS = new LinkedHashMap<>();

  static {
    READS.put("HQL", s -> hql(s, "select title from Book where id = 1"));
    READS.put(
        "HQL that begins with WITH",
        s ->
            hql(
                s,
                "with one as (select b.title as title from Book b where b.id = 1)"
                    + " select o.title from one o"));
    READS.put(
        "HQL that begins with a parenthesis",
        s ->
            hql(
                s,
                "(select title from Book where id = 1) union all"
                    + " (select title from Book where id = 1 and id = 2)"));
    READS.put("SQL", s -> sql(s, "select title from book where id = 1"));
    READS.put("SQL that begins with a blank", s -> sql(s, " select title from book where id = 1"));
    READS.put(
        "SQL that begins with WITH",
        s -> sql(s, "with b as (select title from book where id = 1) select title from b"));
    READS.put("an entity", s -> s.find(Book.class, 1L).title);
    READS.put(
        "an entity by SQL",
        s ->
            s.createNativeQuery("select * from book where id = 1", Book.class)
                .getSingleResult()
                .title);
    READS.put(
        "a collection",
        s -> {
          Author author = s.find(Author.class, 1L);
          return author.books.size() == 2 ? "old" : "new";
        });
    READS.put(
        "a collection of values",
        s -> {
          Book book = s.find(Book.class, 2L);
          return book.tags.contains("dreams") ? "old" : "new";
        });
  }

  private static Object hql(Session session, String text) {
    return session
        .createQuery(text, String.class)
        .setCacheable(session.isDefaultReadOnly())
        .getSingleResult();
  }

  private static Object sql(Session session, String text) {
    return session
        .createNativeQuery(text, String.class)
        .setCacheable(session.isDefaultReadOnly())
        .getSingleResult();
  }

  private static Object read(Library library, Function<Session, Object> read, boolean cached) {
    return library.read(
        session -> {
          session.setDefaultReadOnly(cached);
          if (!cached) {
            session.setCacheMode(org.hibernate.CacheMode.IGNORE);
          }
          return read.apply(session);
        });
  }

  @Test
  void whatAWriterElsewhereWroteIsSeenWithinTheBound() throws Exception {
    try (Library library =
        Library.in(Databases.h2(), Model.SCHEMA, Model.ROWS)
            .larder("larder.writers", "anyone")
            .larder("larder.max-staleness", "2s")
            .overLarder()) {
      Map<String, Object> old = new LinkedHashMap<>();
      READS.forEach((name, read) -> read(library, read, false));
      READS.forEach((name, read) -> old.put(name, read(library, read, false)));
      library.database.execute(
          "update book set title = 'elsewhere' where id = 1",
          "update book_tag set tag = 'new'",
          "insert into book values (9, 'i9', 'nine', 1, 0, 1)");
      long written = System.nanoTime();
      // JDBC's answers are as old as they may be when they are kept a second time.
      waitUntil(written + BOUND * 8 / 10);
      READS.forEach((name, read) -> read(library, read, true));
      List<String> late = new ArrayList<>();
      Map<String, Function<Session, Object>> left = new LinkedHashMap<>(READS);
      while (!left.isEmpty()) {
        long began = System.nanoTime();
        for (String name : List.copyOf(left.keySet())) {
          if (!read(library, READS.get(name), true).equals(old.get(name))) {
            left.remove(name);
          } else if (began - written > BOUND) {
            late.add(name);
            left.remove(name);
          }
        }
      }
      assertThat(late).isEmpty();
    }
  }

  private static void waitUntil(long nanos) {
    while (System.nanoTime() - nanos < 0) {
      LockSupport.parkNanos(nanos - System.nanoTime());
    }
  }
}
