package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where others may write unseen, what they wrote is seen after the time that was allowed. */
class AgeTest {

  @Test
  void anotherWriterIsSeenWithinTheBound() throws Exception {
    try (TestDatabase database = Databases.h2()) {
      database.execute(Model.SCHEMA);
      database.execute(Model.ROWS);
      try (Library library = Library.overLarder(database, "anyone", Map.of())) {
        library.keep("book", () -> library.title(1));
        long written = System.nanoTime();
        database.execute("update book set title = 'elsewhere' where id = 1");
        while (!library.title(1).equals("elsewhere")) {
          assertThat(System.nanoTime() - written).isLessThan(TimeUnit.SECONDS.toNanos(30));
          Thread.onSpinWait();
        }
      }
    }
  }
}
