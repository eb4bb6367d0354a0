package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/**
 * Readers against writers of every kind. Prices only grow, so a reader that sees less than what was
 * committed before it began has read something stale.
 */
class ConcurrentReadersTest {

  private static final int BOOKS = 4;
  private static final int WRITES = 60;

  private final AtomicIntegerArray committed = new AtomicIntegerArray(BOOKS);

  @Test
  void nobodyReadsLessThanWasCommittedBefore() throws Exception {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("replay with -Dlarder.test.seed=" + seed);
    try (Library library = Library.in(Databases.postgres(), Model.SCHEMA).overLarder()) {
      for (int id = 0; id < BOOKS; id++) {
        library.run("insert into book values (" + id + ", 'i" + id + "', 't', 0, 0, null)");
      }
      run(library, seed);
      assertThat(library.hits("book")).as("the cache was in use").isPositive();
    }
  }

  private void run(Library library, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        Random random = new Random(seed + writer);
        int own = writer;
        writers.add(threads.submit(() -> write(library, random, own)));
      }
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 4; reader++) {
        Random random = new Random(seed + 100 + reader);
        readers.add(
            threads.submit(
                () -> {
                  while (writers.stream().anyMatch(each -> !each.isDone())) {
                    read(library, random.nextInt(BOOKS), random.nextInt(3));
                  }
                }));
      }
      for (Future<?> each : writers) {
        each.get(120, TimeUnit.SECONDS);
      }
      for (Future<?> each : readers) {
        each.get(120, TimeUnit.SECONDS);
      }
      for (int id = 0; id < BOOKS; id++) {
        read(library, id, 0);
        read(library, id, 2);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void read(Library library, int id, int way) {
    int atLeast = committed.get(id);
    int found =
        switch (way) {
          case 0 -> library.price(id);
          case 1 -> library.read(s -> s.bySimpleNaturalId(Book.class).load("i" + id).price);
          default ->
              library.read(
                  session ->
                      session
                          .createQuery("select price from Book where id = :id", Integer.class)
                          .setParameter("id", (long) id)
                          .setCacheable(true)
                          .getSingleResult());
        };
    assertThat(found).as("book %s, way %s", id, way).isGreaterThanOrEqualTo(atLeast);
  }

  /** Each writer has books of its own. */
  private void write(Library library, Random random, int own) {
    for (int i = 1; i <= WRITES; i++) {
      int id = own + 2 * random.nextInt(BOOKS / 2);
      int price = committed.get(id) + 1;
      boolean commits = random.nextInt(5) > 0;
      int way = random.nextInt(3);
      try (Session session = library.factory.openSession()) {
        session.beginTransaction();
        change(session, id, price, way);
        if (commits) {
          session.getTransaction().commit();
          committed.set(id, price);
        } else {
          session.flush();
          session.getTransaction().rollback();
        }
      }
    }
  }

  private static void change(Session session, int id, int price, int way) {
    switch (way) {
      case 0 -> session.find(Book.class, (long) id).price = price;
      case 1 ->
          session.doWork(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("update book set price = " + price + " where id = " + id);
                }
              });
      default ->
          session
              .createMutationQuery("update Book set price = :price where id = :id")
              .setParameter("price", price)
              .setParameter("id", (long) id)
              .executeUpdate();
    }
  }
}
