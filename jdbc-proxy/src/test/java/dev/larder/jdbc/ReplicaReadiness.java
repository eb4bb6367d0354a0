package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits until replicas are in, or out of, the rotation. */
final class ReplicaReadiness {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ReplicaReadiness() {}

  static void await(LarderDataSource larder, int serving) {
    awaitCondition(
        larder,
        statistics ->
            statistics.replicas().stream().filter(r -> r.condition().equals("serving")).count()
                == serving);
  }

  static void awaitCondition(LarderDataSource larder, Predicate<Statistics> condition) {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = larder.getConnection()) {
      // The replicas are watched once the primary has told what database this is.
      assertThat(connection.isValid(10)).isTrue();
      while (!condition.test(larder.statistics())) {
        assertThat(System.nanoTime()).as("%s", larder.statistics()).isLessThan(limit);
        Thread.sleep(5);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
