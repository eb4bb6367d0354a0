package dev.larder.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same work with and without Larder, in short turns in one JVM and by one thread, so that
 * whatever else the machine does falls on both. For what takes tens of microseconds and more: the
 * difference that is asked for is smaller than what one minute differs from the next.
 *
 * @param warmUp how long each side works before anything is measured
 * @param measured how long both sides work afterwards
 */
record Turns(Duration warmUp, Duration measured) {

  private static final long TURN_NANOS = Duration.ofMillis(40).toNanos();
  private static final List<Side> SIDES = List.of(Side.HIKARI, Side.LARDER);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Something that is done again and again. */
  @FunctionalInterface
  interface Work {
    void once() throws SQLException;
  }

  /** Makes the work on one side. */
  @FunctionalInterface
  interface Kind {
    Work on(Side.Opened opened);
  }

  /** One side's turns. */
  private static final class Player {
    private final Work work;
    private final List<Double> nanos = new ArrayList<>();
    private long operations;
    private long allocated;

    Player(Work work) {
      this.work = work;
    }

    void turn(boolean counts) throws SQLException {
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      long done = 0;
      long now = begun;
      while (now - begun < TURN_NANOS) {
        work.once();
        done++;
        now = System.nanoTime();
      }
      if (counts) {
        nanos.add((now - begun) / (double) done);
        operations += done;
        allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
      }
    }

    double median() {
      double[] sorted = nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  /**
   * The median of each side's turns in nanoseconds an operation, and what an operation allocates.
   *
   * @param name with {@code %s} in the place of the side
   */
  List<Figure> measure(String name, Target target, Kind kind) throws SQLException {
    Side.Opened[] opened = new Side.Opened[SIDES.size()];
    try {
      Player[] players = new Player[SIDES.size()];
      for (int i = 0; i < players.length; i++) {
        opened[i] = SIDES.get(i).open(target);
        players[i] = new Player(kind.on(opened[i]));
      }
      play(players, warmUp.multipliedBy(players.length), false);
      play(players, measured, true);
      List<Figure> figures = new ArrayList<>();
      for (int i = 0; i < players.length; i++) {
        String full = String.format(name, SIDES.get(i));
        Player player = players[i];
        figures.add(new Figure(full, player.median(), "ns"));
        double bytes = player.allocated / (double) player.operations;
        figures.add(new Figure(full + "/allocated", bytes, "B"));
      }
      return figures;
    } finally {
      Arrays.stream(opened).filter(side -> side != null).forEach(Side.Opened::close);
    }
  }

  private static void play(Player[] players, Duration time, boolean counts) throws SQLException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      for (Player player : players) {
        player.turn(counts);
      }
    }
  }
}
