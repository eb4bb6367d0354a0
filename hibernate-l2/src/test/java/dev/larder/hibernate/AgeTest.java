package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where others may write unseen, what they wrote is seen after the time that was allowed. */
class AgeTest {

  @Test
  void anotherWriterIsSeenWithinTheBound() throws Exception {
    try (Library library =
        Library.in(Databases.h2(), Model.SCHEMA, Model.ROWS)
            .larder("larder.writers", "anyone")
            .larder("larder.max-staleness", "1s")
            .overLarder()) {
      library.keep("book", () -> library.title(1));
      long written = System.nanoTime();
      library.database.execute("update book set title = 'elsewhere' where id = 1");
      while (!library.title(1).equals("elsewhere")) {
        assertThat(System.nanoTime() - written).isLessThan(TimeUnit.SECONDS.toNanos(30));
        Thread.onSpinWait();
      }
    }
  }
}
