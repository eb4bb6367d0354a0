package dev.larder.jdbc.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Symptom: {@code larder.cache.max-bytes} did not bound the heap: sessions' settings were not
 * weighed, each change of definitions left a whole catalogue with the plans made from it, names
 * given to the hooks were kept for ever, and after {@code close()} much of it was still held.
 */
class RetentionTest {

  private static final String HEAP = "128m";

  @Test
  void whateverGrowsStaysWithinItsBoundAndIsFreedByClose() throws Exception {
    hoard(1, Duration.ofMinutes(4));
  }

  @Test
  @Tag("long")
  void itDoesSoHoweverLongItGoesOn() throws Exception {
    hoard(10, Duration.ofMinutes(30));
  }

  private static void hoard(int times, Duration most) throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      ChildJvm.Outcome outcome =
          ChildJvm.run(
              Hoarder.class,
              HEAP,
              most,
              database.url(),
              database.username(),
              database.password(),
              String.valueOf(times));
      assertThat(outcome.allHeld()).as(outcome.failures()).isTrue();
    }
  }
}
