package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.hibernate.Model.Publisher;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Writers that are not in this JVM, of which a source or another node tells. */
class WriterElsewhereTest {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String QUERIES = "default-query-results-region";
  private static final String TITLES = "select title from Book where id < 3 order by id";

  private static Library.Setup in(TestDatabase database) {
    return Library.in(database, Model.SCHEMA, Model.ROWS).larder("larder.writers", "anyone");
  }

  private static Library.Setup withLogicalReplication(TestDatabase database) {
    return in(database).larder("larder.invalidation.postgres", "logical");
  }

  private static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long until " + what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static void untilCovered(Library library) {
    until(
        "the source covers",
        () ->
            library.larder().invalidation().sources().get(0).state()
                == SourceReport.State.COVERING);
  }

  private static void keepAll(Library library) {
    library.warm();
    library.keep(QUERIES, () -> library.titles(TITLES));
    library.keep("publisher", () -> library.read(s -> s.find(Publisher.class, 1L)));
    library.keep("author", () -> library.read(s -> s.find(Author.class, 1L)));
  }

  private static boolean othersAreHits(Library library) {
    return library.isHit("publisher", () -> library.read(s -> s.find(Publisher.class, 1L)))
        && library.isHit("author", () -> library.read(s -> s.find(Author.class, 1L)));
  }

  @Test
  void logicalReplicationTellsOfTheWriter() throws Exception {
    try (Library library =
        withLogicalReplication(Databases.postgres())
            .larder("larder.max-staleness", "1h")
            .overLarder()) {
      untilCovered(library);
      keepAll(library);
      library.database.execute("update book set title = 'elsewhere' where id = 1");
      until("the entity is read anew", () -> library.title(1).equals("elsewhere"));
      assertThat(library.titles(TITLES)).containsExactly("elsewhere", "The Lathe of Heaven");
      assertThat(othersAreHits(library)).isTrue();
      assertThat(library.bookIsHit(2)).as("another row").isTrue();
      library.write(session -> session.find(Book.class, 1L).title = "here");
      assertThat(library.title(1)).isEqualTo("here");
      library.database.execute("update book set title = 'after it' where id = 3");
      until(
          "what came after the entity action has come", () -> library.title(3).equals("after it"));
      assertThat(library.bookIsHit(2)).as("a neighbour of the entity action").isTrue();
    }
  }

  /** While the source is live, entries live on; when it is not, no longer than without one. */
  @Test
  void theAgeBoundIsLiftedWhileTheSourceLives() throws Exception {
    TestDatabase database = Databases.postgres();
    try (Relay relay = Relay.to(database);
        Library library =
            withLogicalReplication(database)
                .larder(
                    "larder.invalidation.postgres.url",
                    database.urlThrough(relay)
                        + "?user="
                        + database.username()
                        + "&password="
                        + database.password())
                .larder("larder.max-staleness", "1s")
                .overLarder()) {
      untilCovered(library);
      until(
          "an entry outlives the bound",
          () -> isKeptFor(library, TimeUnit.MILLISECONDS.toNanos(1500)));
      relay.close();
      database.execute("update book set title = 'unseen' where id = 1");
      until("the bound is back", () -> library.title(1).equals("unseen"));
      assertThat(isKeptFor(library, TimeUnit.MILLISECONDS.toNanos(1500)))
          .as("without the source")
          .isFalse();
    }
  }

  /** Whether reads are hits for so long, without a single load. */
  private static boolean isKeptFor(Library library, long nanos) {
    library.keep("book", () -> library.title(1));
    long began = System.nanoTime();
    while (System.nanoTime() - began < nanos) {
      if (!library.bookIsHit(1)) {
        return false;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return true;
  }

  /** Another node has a ledger of its own and forwards what it is told. */
  @Test
  void anotherNodeForwardsItsChanges() throws Exception {
    try (Library library =
        in(Databases.postgres()).larder("larder.max-staleness", "1h").overLarder()) {
      keepAll(library);
      Ledger node = Ledger.unshared(new DatabaseIdentity("test", "another node"));
      node.onChange(
          change -> change.changes().scopes().forEach(scope -> forward(scope, library.larder())));
      OpenCommit commit = node.begin(ChangeSet.ofTables(List.of(new TableName("public", "book"))));
      library.database.execute("update book set title = 'on the node' where id = 1");
      commit.end();
      assertThat(library.title(1)).isEqualTo("on the node");
      assertThat(library.titles(TITLES)).containsExactly("on the node", "The Lathe of Heaven");
      assertThat(othersAreHits(library)).isTrue();
    }
  }

  private static void forward(Scope scope, LarderDataSource to) {
    if (scope instanceof Scope.Table table) {
      to.invalidation().table(table.table().toString());
    }
  }
}
