package dev.larder.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH's benchmarks in JVMs of their own and takes out their figures. For one thread. */
final class JmhRuns {
  private static final List<String> COLUMNS =
      List.of(
          "product", "side", "cache", "rows", "entries"); // in which parameters appear in a name

  private final Length length;
  private final Path logs;
  private final Target postgres;

  /**
   * @param logs the folder for JMH's own words
   */
  JmhRuns(Length length, Path logs, Target postgres) {
    this.length = length;
    this.logs = logs;
    this.postgres = postgres;
  }

  /** Runs every method of a class with all its parameters, measuring allocation too. */
  List<Figure> run(String name, Class<?> benchmark) throws RunnerException {
    return run(name, benchmark, options -> options.addProfiler(GCProfiler.class));
  }

  /** The same, {@linkplain #warm warm}. */
  List<Figure> runWarm(String name, Class<?> benchmark) throws RunnerException {
    return run(name, benchmark, options -> warm(options).addProfiler(GCProfiler.class));
  }

  /**
   * For what takes less than a microsecond, which compilers go on improving for longer: twice the
   * warm-up.
   */
  ChainedOptionsBuilder warm(ChainedOptionsBuilder options) {
    return options.warmupTime(TimeValue.milliseconds(2 * length.rounds.iteration().toMillis()));
  }

  List<Figure> run(String name, Class<?> benchmark, UnaryOperator<ChainedOptionsBuilder> narrowing)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace('$', '.').replace(".", "\\.") + "\\.")
            .forks(length.rounds.forks())
            .warmupIterations(length.rounds.warmUps())
            .measurementIterations(length.rounds.measurements())
            .warmupTime(TimeValue.milliseconds(length.rounds.iteration().toMillis()))
            .measurementTime(TimeValue.milliseconds(length.rounds.iteration().toMillis()))
            .shouldFailOnError(true)
            .output(logs.resolve(name.replace('/', '-') + ".txt").toString())
            .jvmArgsAppend(postgres.asJvmArguments().toArray(String[]::new));
    return figures(name, new Runner(narrowing.apply(options).build()).run());
  }

  private static List<Figure> figures(String name, Collection<RunResult> runs) {
    List<Figure> figures = new ArrayList<>();
    for (RunResult run : runs) {
      BenchmarkResult result = run.getAggregatedResult();
      String full = name + "/" + particulars(run.getParams());
      Result<?> primary = result.getPrimaryResult();
      if (run.getParams().getMode() == Mode.SampleTime) {
        figures.add(median(full, primary));
      } else {
        String unit = primary.getScoreUnit();
        figures.add(
            new Figure(
                full,
                primary.getScore(),
                unit.equals("ns/op") ? "ns" : unit,
                primary.getScoreError()));
      }
      figures.addAll(allocation(full, result.getSecondaryResults()));
    }
    return figures;
  }

  private static Figure median(String name, Result<?> result) {
    return new Figure(name + "/p50", result.getStatistics().getPercentile(50), "ns");
  }

  @SuppressWarnings("rawtypes") // JMH's own signature
  private static List<Figure> allocation(String name, Map<String, Result> secondary) {
    return secondary.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
        .map(entry -> new Figure(name + "/allocated", entry.getValue().getScore(), "B"))
        .toList();
  }

  private static String particulars(BenchmarkParams parameters) {
    List<String> words = new ArrayList<>();
    words.add(parameters.getBenchmark().replaceAll(".*\\.", ""));
    for (String column : COLUMNS) {
      if (parameters.getParamsKeys().contains(column)) {
        words.add(parameters.getParam(column));
      }
    }
    return String.join("/", words);
  }

  /** Names values of an enum as JMH's parameters. */
  static String[] names(Enum<?>... values) {
    return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
  }
}
