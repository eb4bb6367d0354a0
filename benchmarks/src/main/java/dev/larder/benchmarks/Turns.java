package dev.larder.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Works that are compared with each other take short turns in one JVM and by one thread, so that
 * whatever else the machine does falls on all. For what takes microseconds and more: the difference
 * that is asked for is smaller than what one minute differs from the next.
 *
 * @param warmUp how long each works before anything is measured
 * @param measured how long each works afterwards
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

  /** One work's turns. */
  private static final class Player {
    private final String name;
    private final Work work;
    private final List<Double> nanos = new ArrayList<>();
    private long operations;
    private long allocated;
    private long cpuNanos;

    Player(String name, Work work) {
      this.name = name;
      this.work = work;
    }

    void turn(boolean counts) throws SQLException {
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      long cpuBefore = THREADS.getCurrentThreadCpuTime();
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
        cpuNanos += THREADS.getCurrentThreadCpuTime() - cpuBefore;
        allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
      }
    }

    double median() {
      double[] sorted = nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  /**
   * With Larder and without.
   *
   * @param name with {@code %s} in the place of the side
   */
  List<Figure> compare(String name, Target target, Kind kind) throws SQLException {
    return compare(name, target, SIDES, kind);
  }

  /**
   * Several sides.
   *
   * @param name with {@code %s} in the place of the side
   */
  List<Figure> compare(String name, Target target, List<Side> sides, Kind kind)
      throws SQLException {
    List<Side.Opened> opened = new ArrayList<>();
    try {
      Map<String, Work> works = new LinkedHashMap<>();
      for (Side side : sides) {
        opened.add(side.open(target));
        works.put(String.format(name, side), kind.on(opened.get(opened.size() - 1)));
      }
      return compare(works);
    } finally {
      opened.forEach(Side.Opened::close);
    }
  }

  /**
   * The median of each work's turns in nanoseconds an operation, the processor time that an
   * operation takes of its thread, and what it allocates.
   */
  List<Figure> compare(Map<String, Work> works) throws SQLException {
    List<Player> players = new ArrayList<>();
    works.forEach((name, work) -> players.add(new Player(name, work)));
    play(players, warmUp, false);
    play(players, measured, true);
    List<Figure> figures = new ArrayList<>();
    for (Player player : players) {
      figures.add(new Figure(player.name, player.median(), "ns"));
      double cpu = player.cpuNanos / (double) player.operations;
      figures.add(new Figure(player.name + "/processor time", cpu, "ns"));
      double bytes = player.allocated / (double) player.operations;
      figures.add(new Figure(player.name + "/allocated", bytes, "B"));
    }
    return figures;
  }

  private static void play(List<Player> players, Duration each, boolean counts)
      throws SQLException {
    long rounds = Math.max(1, each.toNanos() / TURN_NANOS);
    for (long round = 0; round < rounds; round++) {
      for (Player player : players) {
        player.turn(counts);
      }
    }
  }
}
