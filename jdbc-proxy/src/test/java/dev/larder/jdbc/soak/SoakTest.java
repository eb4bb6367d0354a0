package dev.larder.jdbc.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.retention.ChildJvm;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Half an hour of everything at once at {@code -Xmx256m}: no answer is wrong, nothing grows, and
 * {@code close()} leaves nothing. {@code -Dlarder.test.soak.minutes=N} says how long, {@code
 * -Dlarder.test.seed=N} replays what each thread decides; how they interleave is up to the machine.
 */
@Tag("long")
class SoakTest {

  private static final String HEAP = "256m";
  private static final int USUAL_MINUTES = 30;
  private static final Duration BEYOND = Duration.ofMinutes(8);

  @Test
  void staysRightAndAsSmallAsItWas() throws Exception {
    Duration length =
        Duration.ofMinutes(Integer.getInteger("larder.test.soak.minutes", USUAL_MINUTES));
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("soak: -Dlarder.test.seed=" + seed);
    try (PostgresServer server = Databases.postgresServer();
        TestDatabase database = server.fresh()) {
      ChildJvm.Outcome outcome =
          ChildJvm.run(
              Soak.class,
              HEAP,
              length.plus(BEYOND),
              database.url(),
              database.username(),
              database.password(),
              String.valueOf(length.toSeconds()),
              String.valueOf(seed));
      assertThat(outcome.allHeld()).as(outcome.failures()).isTrue();
    }
  }
}
