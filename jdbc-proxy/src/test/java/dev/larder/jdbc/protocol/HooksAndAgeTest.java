package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.NAME;
import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Origin;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What an application says of writes past Larder, and how old an answer may be without its word.
 */
final class HooksAndAgeTest {

  private Shelf shelf;

  @BeforeEach
  void twoDataSourcesOverOneDatabase(TestDatabase database) {
    shelf = new Shelf(database);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @EachDatabase
  void hooksForgetWhatTheyName(TestDatabase database) throws SQLException {
    Invalidation hooks = shelf.writers.invalidation();
    shelf.write("update author set name = 'a1'");
    String tagged = TITLE + " /* larder(tag=catalog) */";
    shelf.keep(TITLE, NAME, tagged);
    database.execute("update book set title = 'v2'");
    assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
    hooks.tag("catalog");
    assertThat(shelf.assertFromDatabase(() -> shelf.read(tagged))).isEqualTo("v2");
    hooks.table("book");
    assertThat(shelf.assertFromDatabase(() -> shelf.read(TITLE))).isEqualTo("v2");
    assertThat(shelf.assertFromMemory(() -> shelf.read(NAME))).isEqualTo("a1");
    database.execute("update book set title = 'v3'");
    hooks.rows("book", "id", 1);
    assertThat(shelf.assertFromDatabase(() -> shelf.read(TITLE))).isEqualTo("v3");
    database.execute("update author set name = 'a2'");
    hooks.everything();
    assertThat(shelf.assertFromDatabase(() -> shelf.read(NAME))).isEqualTo("a2");
  }

  @EachDatabase
  void listenersHearOfEveryChange(TestDatabase database) throws SQLException {
    List<Change> heard = new CopyOnWriteArrayList<>();
    shelf.readers.invalidation().onChange(heard::add);
    shelf.read(TITLE);
    shelf.write("update book set title = 'v2'");
    assertThat(heard)
        .anySatisfy(
            change -> {
              assertThat(change.origin()).isEqualTo(Origin.COMMIT);
              assertThat(change.changes().toString().toLowerCase()).contains("book");
            });
    heard.clear();
    shelf.writers.invalidation().table("author");
    assertThat(heard).anySatisfy(c -> assertThat(c.origin()).isEqualTo(Origin.HOOK));
  }

  @EachDatabase
  void hintsInTheText(TestDatabase database) throws SQLException {
    String bypass = TITLE + " /* larder(bypass) */";
    shelf.read(bypass);
    assertThat(shelf.assertBypassed(BypassReason.HINT, () -> shelf.read(bypass))).isEqualTo("v1");
    String brief = TITLE + " /* larder(ttl=50ms) */";
    shelf.read(brief);
    database.execute("update book set title = 'v2'");
    Shelf.until("its time has passed", () -> shelf.read(brief).equals("v2"));
    shelf.write("update book set title = 'v3'");
    assertThat(shelf.read(brief)).isEqualTo("v3");
  }

  @EachDatabase
  void aWriteThatNobodyToldOfIsSeenWithinTheBound(TestDatabase database) throws SQLException {
    String url = database.url();
    try (LarderDataSource larder =
            shelf.over(url, "larder.writers", "anyone", "larder.max-staleness", "300ms");
        LarderDataSource never =
            shelf.over(url, "larder.writers", "anyone", "larder.max-staleness", "0s")) {
      assertThat(read(larder)).isEqualTo("v1");
      assertThat(read(never)).isEqualTo("v1");
      database.execute("update book set title = 'v2'");
      assertThat(read(never)).isEqualTo("v2");
      long written = System.nanoTime();
      while (read(larder).equals("v1")) {
        // An answer that began within the bound may be old, one that began after it may not.
        long asked = System.nanoTime();
        if (asked - written > 300_000_000L) {
          assertThat(read(larder)).isEqualTo("v2");
        }
      }
      assertThat(read(larder)).isEqualTo("v2");
    }
  }

  private static String read(LarderDataSource larder) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return one(c, TITLE);
    }
  }
}
