package dev.larder.redis;

import dev.larder.redis.TierNodes.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load over several nodes that read few rows often, by Zipf's law, and write one of a hundred
 * times. Used by one thread.
 *
 * <p>It comes at a rate, as requests do: who answers from memory is not asked more often for that.
 */
final class TierLoad {

  private static final int FIRST = 10;
  private static final int THREADS = 4;
  private static final int WRITES_ONE_OF = 100;

  private final TierNodes all;
  private final double[] upTo;
  private final long apartNanos;
  private final long seed;

  /** 1 where somebody has read the row since it was written last. */
  private final AtomicIntegerArray wasRead;

  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();

  /**
   * @param keys how many rows there are
   * @param perSecond what is asked of each node
   */
  TierLoad(TierNodes all, int keys, int perSecond, long seed) {
    this.all = all;
    this.upTo = new double[keys];
    this.wasRead = new AtomicIntegerArray(keys);
    this.seed = seed;
    this.apartNanos = Duration.ofSeconds(1).toNanos() * THREADS / perSecond;
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  static void shelve(TierNodes all, int keys) {
    for (int key = 0; key < keys; key++) {
      all.database.execute("insert into book values (" + (FIRST + key) + ", 'v', 1)");
    }
  }

  /** Each node reads every row once. */
  TierLoad warm() throws SQLException {
    for (int key = 0; key < upTo.length; key++) {
      for (Node node : all.nodes) {
        node.title(FIRST + key);
      }
      wasRead.set(key, 1);
    }
    return this;
  }

  /** Asks these nodes for that long, and waits for the end. */
  void run(Collection<Node> nodes, Duration time) throws Exception {
    Random random = new Random(seed);
    List<Thread> threads = new ArrayList<>();
    long until = System.nanoTime() + time.toNanos();
    for (Node node : nodes) {
      for (int i = 0; i < THREADS; i++) {
        Random own = new Random(random.nextLong());
        Thread thread = new Thread(() -> ask(node, own, until), "asks");
        thread.start();
        threads.add(thread);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.element();
    }
  }

  /** How many answers were asked for again after they had died. */
  long diedAndWereAskedFor() {
    return answers.get();
  }

  long reads() {
    return reads.get();
  }

  long writes() {
    return writes.get();
  }

  private void ask(Node node, Random random, long until) {
    try {
      long next = System.nanoTime() + (long) (random.nextDouble() * apartNanos);
      while (System.nanoTime() - until < 0) {
        long now = System.nanoTime();
        if (now - next < 0) {
          LockSupport.parkNanos(next - now);
          continue;
        }
        // Who is late does not hurry afterwards.
        next = Math.max(next + apartNanos, now);
        int key = key(random);
        if (random.nextInt(WRITES_ONE_OF) == 0) {
          node.write("update book set title = 'v" + now + "' where id = " + (FIRST + key));
          wasRead.set(key, 0);
          writes.incrementAndGet();
        } else {
          node.title(FIRST + key);
          reads.incrementAndGet();
          if (wasRead.getAndSet(key, 1) == 0) {
            answers.incrementAndGet();
          }
        }
      }
    } catch (SQLException | RuntimeException e) {
      failures.add(e);
    }
  }

  private int key(Random random) {
    double at = random.nextDouble() * upTo[upTo.length - 1];
    int key = 0;
    while (upTo[key] < at) {
      key++;
    }
    return key;
  }
}
