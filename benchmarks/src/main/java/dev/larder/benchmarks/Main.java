package dev.larder.benchmarks;

import dev.larder.benchmarks.workload.PublishedWorkloads;
import dev.larder.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all benchmarks, or those whose names match, prints one table and writes it as JSON.
 *
 * <p>{@code mvn -Pbench -pl benchmarks -am}
 */
public final class Main {
  private static final String EVERYTHING = ".*";
  private static final int[] THREADS = {1, 2, 4, 8, 16};
  private static final int[] PRICES_PER_SECOND = {0, 100, 1_000};

  /** Something to measure. */
  private interface Case {
    List<Figure> measure() throws Exception;
  }

  private final Length length;
  private final Pattern only;
  private final Path folder;
  private final Target postgres;
  private final JmhRuns jmh;

  private Main(Length length, Pattern only, Path folder) throws Exception {
    this.length = length;
    this.only = only;
    this.folder = folder;
    this.postgres = Target.of(Product.POSTGRESQL);
    Path logs = Files.createDirectories(folder.resolve("target/jmh"));
    this.jmh = new JmhRuns(length, logs, postgres);
  }

  public static void main(String[] arguments) throws Exception {
    new Main(
            Length.named(System.getProperty("larder.benchmarks.length", "short")),
            Pattern.compile(System.getProperty("larder.benchmarks.only", EVERYTHING)),
            Path.of(System.getProperty("larder.benchmarks.folder", "benchmarks")))
        .run();
    // A peer's threads would keep the JVM alive.
    System.exit(0);
  }

  private void run() throws Exception {
    Map<String, Object> circumstances = circumstances();
    Figures figures = new Figures();
    boolean everything = true;
    Map<String, Case> cases = cases();
    // As long as all others together: they run where they are named.
    if (!only.pattern().equals(EVERYTHING)) {
      cases.putAll(publishedWorkloads());
    }
    for (Map.Entry<String, Case> each : cases.entrySet()) {
      if (!only.matcher(each.getKey()).matches()) {
        everything = false;
        continue;
      }
      System.out.print(each.getKey() + " ... ");
      System.out.flush();
      long begun = System.nanoTime();
      figures.add(each.getValue().measure());
      System.out.println(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s");
    }
    Report report = new Report(figures);
    report.print(System.out);
    // The file that is quoted holds whole runs that were long enough to mean something.
    boolean quotable = everything && length != Length.SMOKE;
    Path file = folder.resolve(quotable ? "results/latest.json" : "target/benchmarks.json");
    report.write(file, circumstances);
    System.out.printf("%nWritten to %s%n", folder.relativize(file));
  }

  private Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("map-look-up", () -> jmh.run("map-look-up", MapLookUpBenchmark.class));
    cases.put("floor", () -> jmh.runWarm("floor", FloorBenchmark.class));
    cases.put("lifecycle", () -> jmh.runWarm("lifecycle", LifecycleBenchmark.class));
    cases.put("steps", () -> jmh.runWarm("steps", StepsBenchmark.class));
    cases.put("median", this::median);
    cases.put("text", () -> jmh.run("text", TextBenchmark.class));
    cases.put("threads", this::threads);
    cases.put("miss", this::misses);
    cases.put("never-twice", this::neverTwice);
    cases.put("passed-on", this::passedOn);
    cases.put("tenant", this::tenants);
    cases.put("write", this::writes);
    cases.put("second-level", this::secondLevel);
    cases.put("misses-elsewhere", this::missesElsewhere);
    cases.put("second-level-truth", () -> SecondLevelTruth.measure(postgres));
    cases.put("first-sight", () -> jmh.run("first-sight", FirstSightBenchmark.class));
    cases.put("growth", this::growth);
    cases.put("stampede", () -> new Stampede(64, 10).measure(postgres));
    cases.put("asking", () -> new Asking(10_000, 40).measure());
    cases.put("memory", this::memory);
    cases.put("eviction", this::eviction);
    cases.put("workload", this::workload);
    cases.put("under-writes", this::underWrites);
    cases.put("hot-page", () -> new HotPage(length.workload).measure(postgres));
    cases.put("chain", () -> new Chain(200).measure(postgres));
    cases.put("row-by-row", () -> new RowByRow(100).measure(postgres));
    cases.put("elsewhere", this::elsewhere);
    cases.put(
        "pool",
        () ->
            new PoolSweep(80, length.pool, length.poolTurns)
                .measure(postgres, folder.resolve("target/pool-size.svg")));
    return cases;
  }

  private Map<String, Case> publishedWorkloads() {
    WorkloadComparison comparison = WorkloadComparison.of(length);
    HitRatios hitRatios = HitRatios.of(length);
    Map<String, Case> cases = new LinkedHashMap<>();
    PublishedWorkloads.byName()
        .forEach(
            (name, maker) -> {
              cases.put("workloads/" + name, () -> comparison.measure(maker, System.out));
              cases.put("hit-ratio/" + name, () -> hitRatios.measure(maker, System.out));
            });
    return cases;
  }

  private List<Figure> misses() throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int rows : new int[] {1, 1_000}) {
      String name = "miss/neverAskedTwice/%s/" + rows;
      figures.addAll(turns().compare(name, postgres, opened -> new Misses(opened, rows)));
    }
    return figures;
  }

  private List<Figure> missesElsewhere() throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (Product product : List.of(Product.MARIADB, Product.MYSQL)) {
      Target target = Target.of(product);
      for (int rows : new int[] {1, 100}) {
        String name = "misses-elsewhere/" + product + "/%s/" + rows;
        figures.addAll(turns().compare(name, target, opened -> new Misses(opened, rows)));
      }
    }
    return figures;
  }

  private List<Figure> neverTwice() throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int rows : new int[] {1, 1_000}) {
      figures.addAll(
          turns()
              .compare(
                  "never-twice/%s/" + rows,
                  postgres,
                  List.of(Side.HIKARI, Side.LARDER_MEASURED),
                  opened -> new NeverTwice(opened, rows)));
    }
    return figures;
  }

  private List<Figure> passedOn() throws Exception {
    return turns()
        .compare(
            "passed-on/transaction/%s",
            postgres, List.of(Side.HIKARI, Side.LARDER_MEASURED), PassedTransaction::new);
  }

  private List<Figure> tenants() throws Exception {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        turns()
            .compare(
                "tenant/neverAskedTwice/%s",
                postgres,
                List.of(Side.HIKARI, Side.LARDER, Side.LARDER_MEASURED),
                opened -> new TenantRequests(opened, false)));
    figures.addAll(
        turns()
            .compare("tenant/askedAgain/%s", postgres, opened -> new TenantRequests(opened, true)));
    return figures;
  }

  private List<Figure> writes() throws Exception {
    List<Figure> figures = new ArrayList<>();
    Turns turns = turns();
    figures.addAll(
        turns.compare(
            "write/autoCommit/%s",
            postgres, opened -> new Writes(opened.dataSource())::autoCommit));
    figures.addAll(
        turns.compare(
            "write/transactionOfTwo/%s",
            postgres, opened -> new Writes(opened.dataSource())::transactionOfTwo));
    figures.addAll(
        turns.compare(
            "write/transactionOfMany/%s",
            postgres, opened -> new Writes(opened.dataSource())::transactionOfMany));
    figures.addAll(
        turns.compare(
            "write/batchOfMany/%s",
            postgres, opened -> new Writes(opened.dataSource())::batchOfMany));
    return figures;
  }

  private Turns turns() {
    Duration each = length.workload.dividedBy(3);
    return new Turns(each, each);
  }

  private List<Figure> secondLevel() throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(jmh.run("second-level", SecondLevelBenchmark.Hits.class));
    figures.addAll(jmh.run("second-level", SecondLevelBenchmark.HotRegion.class, o -> o));
    return figures;
  }

  private List<Figure> median() throws RunnerException {
    return jmh.run(
        "median",
        LifecycleBenchmark.class,
        options ->
            jmh.warm(options)
                .mode(Mode.SampleTime)
                .param("product", "POSTGRESQL")
                .param("side", JmhRuns.names(Side.HIKARI, Side.LARDER))
                .param("rows", "1"));
  }

  private List<Figure> threads() throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    for (int threads : THREADS) {
      Side[] sides =
          threads == 1 || threads == Machine.cores()
              ? new Side[] {Side.HIKARI, Side.LARDER}
              : new Side[] {Side.LARDER};
      figures.addAll(
          jmh.run(
              "threads/" + threads,
              LifecycleBenchmark.class,
              options ->
                  jmh.warm(options)
                      .mode(Mode.Throughput)
                      .timeUnit(TimeUnit.SECONDS)
                      .threads(threads)
                      .param("product", "POSTGRESQL")
                      .param("side", JmhRuns.names(sides))
                      .param("rows", "1")));
    }
    return figures;
  }

  private List<Figure> growth() throws Exception {
    List<Integer> entries =
        length == Length.SMOKE ? List.of(10, 1_000) : List.of(10, 10_000, 1_000_000);
    return new Growth(entries, turns()).measure();
  }

  private List<Figure> memory() throws Exception {
    List<Figure> figures = new ArrayList<>();
    int answers = length == Length.SMOKE ? 1_000 : 20_000;
    figures.addAll(new Memory(1, answers).measure(postgres));
    figures.addAll(new Memory(100, answers / 20).measure(postgres));
    figures.addAll(new Memory(1_000, answers / 200).measure(postgres));
    return figures;
  }

  private List<Figure> eviction() throws Exception {
    int questions = length == Length.SMOKE ? 1_000 : 20_000;
    return new Eviction(questions, questions * 2).measure(postgres);
  }

  private List<Figure> workload() throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int perMille : new int[] {1, 10}) {
      figures.addAll(pair(new Workload(10, perMille, 0, length.workload)));
    }
    figures.addAll(pair(new Workload(1_000, 10, 0, length.workload)));
    return figures;
  }

  private List<Figure> pair(Workload workload) throws Exception {
    String writes = workload.writesPerMille() / 10.0 + " % writes";
    String name = "workload/" + workload.users() + " users, " + writes.replace(".0 ", " ") + "/";
    List<Figure> figures = new ArrayList<>();
    for (Side side : List.of(Side.HIKARI, Side.LARDER)) {
      figures.addAll(figures(name + side, workload.run(postgres, side)));
    }
    return figures;
  }

  /* Half as long as the others: six runs. */
  private List<Figure> underWrites() throws Exception {
    List<Figure> figures = new ArrayList<>();
    Duration time = length.workload.dividedBy(2);
    for (int prices : PRICES_PER_SECOND) {
      for (Side side : List.of(Side.HIKARI, Side.LARDER)) {
        String name = "under-writes/at most " + prices + " commits per second/" + side;
        Workload.Outcome outcome = new Workload(4, 0, prices, time).run(postgres, side);
        figures.addAll(figures(name, outcome));
        double commits = outcome.prices() / (outcome.elapsed().toNanos() / 1e9);
        figures.add(new Figure(name + "/commits per second", commits, "1/s"));
      }
    }
    return figures;
  }

  private List<Figure> elsewhere() throws Exception {
    CommitsElsewhere commits = new CommitsElsewhere(length == Length.SMOKE ? 200 : 2_000);
    List<Figure> figures = new ArrayList<>(commits.measure(postgres));
    for (Product product : List.of(Product.MARIADB, Product.MYSQL)) {
      figures.addAll(commits.measureBinlog(Target.logging(product)));
    }
    return figures;
  }

  private static List<Figure> figures(String name, Workload.Outcome outcome) {
    return List.of(
        new Figure(name + "/requests per second", outcome.perSecond(), "1/s"),
        new Figure(name + "/mean", outcome.meanMicros(), "us"),
        new Figure(name + "/p50", outcome.percentileMicros(50), "us"),
        new Figure(name + "/p95", outcome.percentileMicros(95), "us"),
        new Figure(name + "/p99", outcome.percentileMicros(99), "us"),
        new Figure(name + "/relieved", outcome.relieved(), "of statements"));
  }

  private Map<String, Object> circumstances() throws IOException {
    Map<String, Object> circumstances = new LinkedHashMap<>();
    circumstances.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    circumstances.put(
        "command",
        "mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.length="
            + length.name().toLowerCase(Locale.ROOT));
    circumstances.put("machine", Machine.describe());
    circumstances.put(
        "versions",
        Arrays.stream(System.getProperty("larder.benchmarks.versions", "").split(",", -1))
            .map(String::strip)
            .filter(version -> !version.isEmpty())
            .toList());
    return circumstances;
  }
}
