package dev.larder.benchmarks;

import dev.larder.benchmarks.workload.PublishedWorkloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a ratio may be at most, or must be at least. Immutable and thread-safe.
 *
 * @param measured finds the ratio among the figures, where they were measured
 */
record Budget(
    String name, Direction direction, double bound, Function<Figures, OptionalDouble> measured) {

  /** Which side of the bound is good. */
  enum Direction {
    AT_LEAST("at least"),
    AT_MOST("at most");

    final String words;

    Direction(String words) {
      this.words = words;
    }
  }

  private static final String HIT = "lifecycle/prepared/POSTGRESQL/LARDER/1";
  private static final String WORK = "workload/10 users, 1 % writes/";

  /** A budget and what became of it. */
  record Verdict(Budget budget, double measured) {
    boolean met() {
      return budget.direction == Direction.AT_LEAST
          ? measured >= budget.bound
          : measured <= budget.bound;
    }

    Map<String, Object> asJson() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("budget", budget.name);
      fields.put("measured", measured);
      fields.put(budget.direction == Direction.AT_LEAST ? "atLeast" : "atMost", budget.bound);
      fields.put("met", met());
      return fields;
    }
  }

  /** The verdicts on all budgets whose figures were measured. */
  static List<Verdict> judge(Figures figures) {
    return all().stream()
        .filter(budget -> budget.measured.apply(figures).isPresent())
        .map(budget -> new Verdict(budget, budget.measured.apply(figures).orElseThrow()))
        .toList();
  }

  private static List<Budget> all() {
    List<Budget> all = new ArrayList<>(ofEveryRun());
    for (String workload : PublishedWorkloads.byName().keySet()) {
      all.add(published(workload, "transactions per second", Direction.AT_LEAST, 0.98));
      all.add(published(workload, "p99", Direction.AT_MOST, 1.05));
    }
    return all;
  }

  private static List<Budget> ofEveryRun() {
    int cores = Machine.cores();
    String busy = "threads/" + cores + "/prepared/POSTGRESQL/";
    return List.of(
        atLeast(
            "hit: times as fast as HikariCP + pgjdbc, one thread, median",
            200,
            "median/prepared/POSTGRESQL/HIKARI/1/p50",
            "median/prepared/POSTGRESQL/LARDER/1/p50"),
        atLeast(
            "hit: times the throughput of HikariCP + pgjdbc, every core busy",
            100,
            busy + "LARDER/1",
            busy + "HIKARI/1"),
        atMost("hit: in look-ups of Caffeine", 8, HIT, "map-look-up/getIfPresent/1000"),
        atLeast(
            "hit: times the throughput of one thread, every core busy",
            0.8 * cores,
            busy + "LARDER/1",
            "threads/1/prepared/POSTGRESQL/LARDER/1"),
        miss(1, 1.10),
        miss(1_000, 1.25),
        neverTwice(1),
        neverTwice(1_000),
        atMost(
            "transaction that is passed on, by the defaults: times HikariCP + pgjdbc",
            1.02,
            "passed-on/transaction/LARDER_MEASURED",
            "passed-on/transaction/HIKARI"),
        atMost(
            "transaction that is passed on, by the defaults: processor time, times HikariCP's",
            1.05,
            "passed-on/transaction/LARDER_MEASURED/processor time",
            "passed-on/transaction/HIKARI/processor time"),
        atMost(
            "request of a tenant that misses, by the defaults: times HikariCP + pgjdbc",
            1.10,
            "tenant/neverAskedTwice/LARDER_MEASURED",
            "tenant/neverAskedTwice/HIKARI"),
        write("autoCommit"),
        write("transactionOfTwo"),
        write("transactionOfMany"),
        write("batchOfMany"),
        growth("hit", 2.0),
        growth("miss", 1.5),
        growth("invalidation", 1.5),
        new Budget(
            "memory: bytes held per byte of data, 100 rows",
            Direction.AT_MOST,
            1.5,
            figures -> figures.value("memory/100 rows/held per data")),
        new Budget(
            "memory: bytes held per byte of data, 1,000 rows",
            Direction.AT_MOST,
            1.5,
            figures -> figures.value("memory/1000 rows/held per data")),
        new Budget(
            "stampede: executions for 64 callers at once",
            Direction.AT_MOST,
            1,
            figures -> figures.value("stampede/LARDER/executions")),
        new Budget(
            "asking: ms for SHOW LARDER QUERIES of 10,000 templates",
            Direction.AT_MOST,
            50,
            figures -> figures.value("asking/queries/10000/median")),
        expected("requests a second", Direction.AT_LEAST, 100_000, "requests per second"),
        expected("p50, us", Direction.AT_MOST, 1_000, "p50"),
        expected("p95, us", Direction.AT_MOST, 5_000, "p95"),
        expected("p99, us", Direction.AT_MOST, 10_000, "p99"),
        expected("share of statements spared", Direction.AT_LEAST, 0.80, "relieved"),
        atLeast(
            "workload: times as fast as HikariCP alone, mean of a request",
            10,
            WORK + "HIKARI/mean",
            WORK + "LARDER/mean"));
  }

  private static Budget published(String workload, String what, Direction direction, double bound) {
    return new Budget(
        workload + ": " + what + ", times HikariCP + pgjdbc",
        direction,
        bound,
        figures -> figures.value("workloads/" + workload + "/" + what));
  }

  private static Budget neverTwice(int rows) {
    return atMost(
        "never asked twice, by the defaults: times HikariCP + pgjdbc, rows: " + rows,
        1.02,
        "never-twice/LARDER_MEASURED/" + rows,
        "never-twice/HIKARI/" + rows);
  }

  private static Budget miss(int rows, double bound) {
    String miss = "miss/neverAskedTwice/";
    return atMost(
        "miss: times HikariCP + pgjdbc, rows: " + rows,
        bound,
        miss + "LARDER/" + rows,
        miss + "HIKARI/" + rows);
  }

  private static Budget write(String method) {
    return atMost(
        "write: times HikariCP + pgjdbc, " + method,
        1.03,
        "write/" + method + "/LARDER",
        "write/" + method + "/HIKARI");
  }

  private static Budget growth(String method, double bound) {
    return atMost(
        method + ": with 1,000,000 entries, in times of 10",
        bound,
        "growth/" + method + "/1000000",
        "growth/" + method + "/10");
  }

  private static Budget expected(String what, Direction direction, double bound, String figure) {
    return new Budget(
        "workload: " + what, direction, bound, figures -> figures.value(WORK + "LARDER/" + figure));
  }

  private static Budget atLeast(String name, double bound, String dividend, String divisor) {
    return new Budget(name, Direction.AT_LEAST, bound, figures -> figures.ratio(dividend, divisor));
  }

  private static Budget atMost(String name, double bound, String dividend, String divisor) {
    return new Budget(name, Direction.AT_MOST, bound, figures -> figures.ratio(dividend, divisor));
  }
}
