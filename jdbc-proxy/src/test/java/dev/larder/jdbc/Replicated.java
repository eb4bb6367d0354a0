package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Cluster;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;

/** Larder above a cluster, and whether its replicas are in the rotation. Stateless. */
final class Replicated {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Replicated() {}

  /** All writes go through it. */
  static LarderDataSource.Builder larder(Cluster cluster, TestDatabase database) {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.WRITERS, "this-jvm")
        .setting(Setting.REPLICAS, cluster.replicaUrls(database));
  }

  /** How many reads replicas have answered. */
  static long reads(LarderDataSource larder) {
    return larder.statistics().replicas().stream().mapToLong(Statistics.Replica::reads).sum();
  }

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
