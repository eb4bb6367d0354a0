package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.testkit.Databases;
import jakarta.persistence.LockModeType;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Symptom: after a listener had vetoed an entity action, or thrown, the next statement of the same
 * thread that looked like the action's was taken for it, and the rows it wrote stayed in memory.
 */
class ActionWithoutStatementTest {

  private Library library;

  @BeforeEach
  void open() {
    library = Library.in(Databases.h2(), Model.SCHEMA, Model.ROWS).overLarder();
    EventListenerRegistry listeners =
        library
            .factory
            .unwrap(SessionFactoryImplementor.class)
            .getEventEngine()
            .getListenerRegistry();
    listeners.appendListeners(EventType.PRE_UPDATE, new Refusal());
    listeners.appendListeners(EventType.PRE_INSERT, new Refusal());
    library.warm();
  }

  @AfterEach
  void close() throws Exception {
    library.close();
  }

  /** Listens after the cache's own listeners do. */
  private static final class Refusal implements PreUpdateEventListener, PreInsertEventListener {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
      return refuses(event.getEntity());
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
      return refuses(event.getEntity());
    }

    private static boolean refuses(Object entity) {
      String title = entity instanceof Book book ? book.title : "";
      if (title.equals("thrown")) {
        throw new IllegalStateException("refused by throwing");
      }
      return title.equals("vetoed");
    }
  }

  private static void renameBehind(Session session, long id) {
    session
        .createNativeMutationQuery("update book set title = 'behind' where id = ?")
        .setParameter(1, id)
        .executeUpdate();
  }

  @Test
  void aVetoedUpdate() {
    library.write(
        session -> {
          session.find(Book.class, 3L).title = "vetoed";
          session.flush();
          renameBehind(session, 1);
        });
    assertThat(library.title(1)).isEqualTo("behind");
  }

  @Test
  void aVetoedInsert() {
    library.keep("author.books", () -> assertThat(books()).isEqualTo(2));
    library.write(
        session -> {
          session.persist(new Book(9, "vetoed", session.getReference(Author.class, 2L)));
          session.flush();
          session
              .createNativeMutationQuery("insert into book values (8, 'i8', 'behind', 1, 0, 1)")
              .executeUpdate();
        });
    assertThat(books()).isEqualTo(3);
  }

  private int books() {
    return library.read(session -> session.find(Author.class, 1L).books.size());
  }

  @Test
  void anActionThatFailedInAnotherSession() {
    try (Session failing = library.factory.openSession()) {
      failing.beginTransaction();
      failing.find(Book.class, 3L).title = "thrown";
      assertThatThrownBy(failing::flush).hasStackTraceContaining("refused by throwing");
      library.write(session -> renameBehind(session, 1));
      failing.getTransaction().rollback();
    }
    assertThat(library.title(1)).isEqualTo("behind");
  }

  @Test
  void aVersionThatIsIncrementedAfterTheVeto() {
    library.write(
        session ->
            session.find(Book.class, 3L, LockModeType.OPTIMISTIC_FORCE_INCREMENT).title = "vetoed");
    assertThat(library.<Integer>read(session -> session.find(Book.class, 3L).version)).isOne();
  }
}
