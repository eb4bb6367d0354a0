package dev.larder.examples.replicas;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The same work by a router that takes the replicas in turn, and by Larder. Stateless. */
final class Comparison {

  /**
   * One line of the table.
   *
   * @param byReplicas how many reads replicas answered
   */
  record Line(String who, Shop.Day day, long byReplicas, long fromMemory) {}

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private Comparison() {}

  static List<Line> run(Cluster cluster, int deliveries) throws SQLException {
    cluster.fill();
    Line inTurn = inTurn(cluster, deliveries);
    cluster.letGo();
    cluster.fill();
    Line larder = larder(cluster, deliveries);
    cluster.letGo();
    return List.of(inTurn, larder);
  }

  private static Line inTurn(Cluster cluster, int deliveries) throws SQLException {
    List<HikariDataSource> pools = cluster.pools();
    try {
      AtomicInteger turn = new AtomicInteger();
      Shop shop = new Shop(pools.get(0), () -> pools.get(1 + turn.getAndIncrement() % 2));
      cluster.holdBackOne();
      Shop.Day day = shop.work(deliveries);
      return new Line("replicas in turn", day, day.reads(), 0);
    } finally {
      pools.forEach(HikariDataSource::close);
    }
  }

  private static Line larder(Cluster cluster, int deliveries) throws SQLException {
    try (LarderDataSource larder = cluster.larder()) {
      awaitReplicas(larder);
      cluster.holdBackOne();
      Shop.Day day = new Shop(larder, () -> larder).work(deliveries);
      Statistics statistics = larder.statistics();
      long byReplicas = statistics.replicas().stream().mapToLong(Statistics.Replica::reads).sum();
      return new Line("Larder", day, byReplicas, statistics.hits());
    }
  }

  /** Without this the primary would answer the first reads: right as well. */
  private static void awaitReplicas(LarderDataSource larder) throws SQLException {
    long limit = System.nanoTime() + PATIENCE_NANOS;
    try (Connection connection = larder.getConnection()) {
      connection.isValid(10);
    }
    while (!larder.statistics().replicas().stream().allMatch(r -> r.condition().equals("serving"))
        && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
  }
}
