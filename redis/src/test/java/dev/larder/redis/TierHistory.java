package dev.larder.redis;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A random history over several nodes: counters that any of them counts up, and reads of these,
 * while somebody spoils what Redis keeps. Used by one thread.
 *
 * <p>A read on a node shows at least what that node has counted itself, and what all had counted
 * when they had heard each other last, and never more than any has begun to count; and when all
 * have heard each other again, exactly what they have counted.
 */
final class TierHistory implements AutoCloseable {

  private static final int COUNTERS = 4;
  private static final int UNDONE = 1_000;
  private static final String COUNT = "select shelf from book where id = ?";

  private final TierNodes all;
  private final long seed;
  private final RedisClient client;
  private final RedisCommands<byte[], byte[]> redis;
  private final Map<Integer, List<byte[]>> oldValues = new HashMap<>();
  private final ConcurrentLinkedQueue<String> anomalies = new ConcurrentLinkedQueue<>();

  /** What each counter can show at most. */
  private final AtomicLongArray most = new AtomicLongArray(COUNTERS);

  private long reads;

  TierHistory(TierNodes all, RedisServer server, long seed) {
    this.all = all;
    this.seed = seed;
    this.client = RedisClient.create("redis://" + server.host() + ":" + server.port());
    this.redis = client.connect(ByteArrayCodec.INSTANCE).sync();
  }

  static void shelve(TierNodes all) {
    for (int id = 10; id < 10 + COUNTERS; id++) {
      all.database.execute("insert into book values (" + id + ", 'c', 0)");
    }
  }

  /** Runs rounds, each of which ends when all have heard each other; the first anomaly ends it. */
  List<String> run(int rounds, int operations) throws Exception {
    Random random = new Random(seed);
    long[] base = truth();
    for (int id = 0; id < COUNTERS; id++) {
      most.set(id, base[id]);
    }
    for (int round = 0; round < rounds && anomalies.isEmpty(); round++) {
      List<Thread> threads = new ArrayList<>();
      for (int n = 0; n < all.nodes.size(); n++) {
        Node node = all.nodes.get(n);
        long own = random.nextLong();
        Counting counting = new Counting(node, base, new Random(own), operations);
        Thread thread = new Thread(counting, "node " + n);
        threads.add(thread);
        thread.start();
      }
      spoil(random, operations / 4);
      for (Thread thread : threads) {
        thread.join();
      }
      all.settle();
      base = truth();
      for (Node node : all.nodes) {
        settled(node, base, "settled in round " + round + ", with what memory holds");
        node.forget();
        settled(node, base, "settled in round " + round);
      }
    }
    return List.copyOf(anomalies);
  }

  private void settled(Node node, long[] truth, String when) throws SQLException {
    for (int id = 0; id < COUNTERS; id++) {
      check(node.read(COUNT, 10 + id), truth[id], truth[id], when);
    }
  }

  long reads() {
    return reads;
  }

  private synchronized void check(String answer, long least, long highest, String when) {
    reads++;
    long count = Long.parseLong(answer);
    if (count < least || count > highest) {
      anomalies.add(
          "seed " + seed + ", " + when + ": " + count + " is not within " + least + ".." + highest);
    }
  }

  private long[] truth() throws SQLException {
    long[] truth = new long[COUNTERS];
    try (Connection connection = all.database.dataSource().getConnection()) {
      for (int id = 0; id < COUNTERS; id++) {
        truth[id] = Long.parseLong(TierNodes.read(connection, COUNT, 10 + id));
      }
    }
    return truth;
  }

  /** Loses values, exchanges them, and puts back such as were there before. */
  private void spoil(Random random, int times) {
    for (int i = 0; i < times; i++) {
      List<byte[]> keys = redis.keys("larder:tier:*");
      if (keys.isEmpty()) {
        continue;
      }
      byte[] key = keys.get(random.nextInt(keys.size()));
      List<byte[]> old =
          oldValues.computeIfAbsent(java.util.Arrays.hashCode(key), k -> new ArrayList<>());
      byte[] value = redis.get(key);
      if (value != null && old.size() < 200) {
        old.add(value);
      }
      int what = random.nextInt(20);
      if (what == 0) {
        redis.del(key);
      } else if (what == 1 && value != null) {
        redis.set(keys.get(random.nextInt(keys.size())), value);
      } else if (what < 15 && !old.isEmpty()) {
        redis.set(key, old.get(random.nextInt(old.size())));
      }
    }
  }

  /** What one node does in a round. */
  private final class Counting implements Runnable {
    private final Node node;
    private final AtomicLongArray least;
    private final Random random;
    private final int operations;

    Counting(Node node, long[] base, Random random, int operations) {
      this.node = node;
      this.least = new AtomicLongArray(base);
      this.random = random;
      this.operations = operations;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; i < operations; i++) {
          step();
        }
      } catch (SQLException | RuntimeException e) {
        anomalies.add("seed " + seed + ": " + e);
      }
    }

    private void step() throws SQLException {
      int id = random.nextInt(COUNTERS);
      int what = random.nextInt(10);
      if (what == 0) {
        most.incrementAndGet(id);
        node.write("update book set shelf = shelf + 1 where id = " + (10 + id));
        least.incrementAndGet(id);
      } else if (what == 1) {
        rolledBack(id);
      } else {
        if (what < 6) {
          node.forget();
        }
        String answer = node.read(COUNT, 10 + id);
        check(answer, least.get(id), most.get(id), "while counting");
      }
    }

    private void rolledBack(int id) throws SQLException {
      try (Connection connection = node.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate(
            "update book set shelf = shelf + " + UNDONE + " where id = " + (10 + id));
        // What it sees itself must not reach anybody else.
        String answer = TierNodes.read(connection, COUNT, 10 + id);
        check(answer, least.get(id) + UNDONE, most.get(id) + UNDONE, "before a rollback");
        connection.rollback();
      }
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
