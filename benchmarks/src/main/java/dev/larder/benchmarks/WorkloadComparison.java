package dev.larder.benchmarks;

import dev.larder.benchmarks.workload.Client;
import dev.larder.benchmarks.workload.PublishedWorkload;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Statistics;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A public workload by HikariCP alone and by Larder with its defaults, in turns in one JVM: four
 * clients and four connections each, READ COMMITTED, each side on a database of its own with the
 * same rows. Immutable; used by one thread.
 *
 * <p>Quotients are medians over pairs of turns, one right after the other: whatever else the
 * machine does falls on both. A run whose rows or answers are wrong at the end fails.
 *
 * <p>Run one with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=workloads/tpcc}.
 *
 * @param turn how long a side works before the other does
 * @param warmUps how many turns each side has at least before anything counts
 * @param turns how many turns of each side count
 */
record WorkloadComparison(Duration turn, int warmUps, int turns) {
  private static final int FAULTS_SHOWN = 5;
  private static final int MOST_WARM_UPS = 3;
  private static final double STEADY = 1.05;

  static WorkloadComparison of(Length length) {
    return switch (length) {
      case SMOKE -> new WorkloadComparison(Duration.ofMillis(50), 1, 1);
      case SHORT -> new WorkloadComparison(Duration.ofMillis(2_500), 5, 6);
      case LONG -> new WorkloadComparison(Duration.ofSeconds(3), 7, 20);
    };
  }

  /** What both did, one right after the other. */
  private record Pair(WorkloadSide.Turn plain, WorkloadSide.Turn larder) {
    double quotient(ToDoubleFunction<WorkloadSide.Turn> figure) {
      return figure.applyAsDouble(larder) / figure.applyAsDouble(plain);
    }
  }

  /** Compares, and prints what both sides' throughput was in each turn, the warm-up's included. */
  List<Figure> measure(Supplier<PublishedWorkload> maker, PrintStream out)
      throws SQLException, InterruptedException {
    PublishedWorkload first = maker.get();
    String name = "workloads/" + first.name() + "/";
    try (WorkloadSide plain = new WorkloadSide(Side.HIKARI, first);
        WorkloadSide larder = new WorkloadSide(Side.LARDER_MEASURED, maker.get())) {
      List<Pair> warmUp = warmUp(plain, larder);
      print(out, name + "warm-up", warmUp);
      Statistics statistics = larder.statistics();
      long queries = larder.sum(Client::queries);
      List<Pair> pairs = play(turns, plain, larder);
      print(out, name + "measured", pairs);
      List<Figure> figures = new ArrayList<>(figures(name, warmUp, pairs));
      queries = larder.sum(Client::queries) - queries;
      figures.addAll(reads(name, statistics, larder.statistics(), queries));
      figures.addAll(clients(name + Side.HIKARI, plain));
      figures.addAll(clients(name + Side.LARDER_MEASURED, larder));
      requireRight(name + Side.HIKARI, plain);
      requireRight(name + Side.LARDER_MEASURED, larder);
      return figures;
    }
  }

  /* Until neither side's throughput climbs any more, but not for ever: a machine may be unsteady. */
  private List<Pair> warmUp(WorkloadSide plain, WorkloadSide larder)
      throws SQLException, InterruptedException {
    List<Pair> pairs = play(warmUps, plain, larder);
    while (pairs.size() < MOST_WARM_UPS * warmUps
        && (climbs(pairs, pair -> pair.plain.perSecond())
            || climbs(pairs, pair -> pair.larder.perSecond()))) {
      pairs.addAll(play(1, plain, larder));
    }
    return pairs;
  }

  /** Whether the last two turns were faster than the two before them. */
  private static boolean climbs(List<Pair> pairs, ToDoubleFunction<Pair> throughput) {
    int size = pairs.size();
    return size >= 4
        && median(pairs.subList(size - 2, size), throughput)
            > STEADY * median(pairs.subList(size - 4, size - 2), throughput);
  }

  /* Who begins changes from pair to pair, so that neither always has the tables larger. */
  private List<Pair> play(int count, WorkloadSide plain, WorkloadSide larder)
      throws SQLException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 2 == 0) {
        WorkloadSide.Turn begun = plain.play(turn);
        pairs.add(new Pair(begun, larder.play(turn)));
      } else {
        WorkloadSide.Turn begun = larder.play(turn);
        pairs.add(new Pair(plain.play(turn), begun));
      }
    }
    return pairs;
  }

  private static void print(PrintStream out, String name, List<Pair> pairs) {
    out.printf("%n  %s, transactions a second, HikariCP and Larder:", name);
    pairs.forEach(
        pair -> out.printf(" %,.0f %,.0f;", pair.plain.perSecond(), pair.larder.perSecond()));
  }

  private static List<Figure> figures(String name, List<Pair> warmUp, List<Pair> pairs) {
    List<Figure> figures = new ArrayList<>();
    String plain = name + Side.HIKARI;
    String larder = name + Side.LARDER_MEASURED;
    Pair warm = warmUp.get(warmUp.size() - 1);
    figures.add(new Figure(plain + "/last of the warm-up", warm.plain.perSecond(), "1/s"));
    figures.add(new Figure(larder + "/last of the warm-up", warm.larder.perSecond(), "1/s"));
    Map<String, ToDoubleFunction<WorkloadSide.Turn>> kinds = new LinkedHashMap<>();
    kinds.put("transactions per second", WorkloadSide.Turn::perSecond);
    kinds.put("p99", WorkloadSide.Turn::p99);
    kinds.put("cpu per transaction", WorkloadSide.Turn::cpu);
    kinds.forEach(
        (kind, figure) -> {
          String unit = kind.startsWith("transactions") ? "1/s" : "us";
          double plains = median(pairs, pair -> figure.applyAsDouble(pair.plain));
          double larders = median(pairs, pair -> figure.applyAsDouble(pair.larder));
          figures.add(new Figure(plain + "/" + kind, plains, unit));
          figures.add(new Figure(larder + "/" + kind, larders, unit));
          double quotient = median(pairs, pair -> pair.quotient(figure));
          figures.add(new Figure(name + kind, quotient, "of HikariCP's"));
        });
    return figures;
  }

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** How many of the reads were answered from memory, and why others were not. */
  private static List<Figure> reads(
      String name, Statistics before, Statistics after, long queries) {
    List<Figure> figures = new ArrayList<>();
    double asked = Math.max(1, queries);
    long hits = after.hits() + after.joinedFlights() - before.hits() - before.joinedFlights();
    figures.add(new Figure(name + "hit ratio", hits / asked, "of reads"));
    long misses = after.misses() - before.misses();
    figures.add(new Figure(name + "miss ratio", misses / asked, "of reads"));
    for (Map.Entry<BypassReason, Long> reason : after.bypasses().entrySet()) {
      long count = reason.getValue() - before.bypasses().getOrDefault(reason.getKey(), 0L);
      if (count > 0) {
        figures.add(new Figure(name + "bypass/" + reason.getKey(), count / asked, "of reads"));
      }
    }
    return figures;
  }

  private static List<Figure> clients(String name, WorkloadSide side) {
    return List.of(
        new Figure(name + "/retried", side.sum(Client::retried), "transactions"),
        new Figure(name + "/rolled back", side.sum(Client::rolledBack), "transactions"));
  }

  private static void requireRight(String name, WorkloadSide side) throws SQLException {
    List<String> faults = side.faults();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          name
              + " ended with "
              + faults.size()
              + " faults: "
              + String.join("\n", faults.subList(0, Math.min(FAULTS_SHOWN, faults.size()))));
    }
  }
}
