package dev.larder.jdbc.history;

import dev.larder.testkit.Replica;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Stops and lets go the replay of replicas until it is closed; they replay then. */
final class ReplayAtRandom implements AutoCloseable {

  private final List<? extends Replica> replicas;
  private final Random random;
  private final Thread thread;
  private volatile boolean over;

  ReplayAtRandom(List<? extends Replica> replicas, long seed) {
    this.replicas = replicas;
    this.random = new Random(seed);
    this.thread = new Thread(this::run, "replay");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!over) {
      Replica replica = replicas.get(random.nextInt(replicas.size()));
      replica.pauseReplay();
      LockSupport.parkNanos(random.nextInt(60_000_000));
      replica.resumeReplay();
      LockSupport.parkNanos(random.nextInt(60_000_000));
    }
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
  }
}
