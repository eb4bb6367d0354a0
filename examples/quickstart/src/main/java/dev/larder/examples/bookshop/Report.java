package dev.larder.examples.bookshop;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table at the end: the same requests without Larder and with it. For one thread. */
final class Report {
  private static final String RULE = "  " + "-".repeat(70);

  private final PrintStream out;

  /** What is known of one run. */
  record Run(Workload.Result result, Pool.Counts counts, TruthCheck.Findings findings) {}

  Report(PrintStream out) {
    this.out = out;
  }

  void print(String database, Comparison.Outcome outcome) {
    Run plain = outcome.plain();
    Run larder = outcome.larder();
    Workload.Result before = plain.result();
    Workload.Result after = larder.result();
    out.println();
    out.printf(
        Locale.ROOT,
        "  The same %,d requests (95 %% reads, 5 %% writes) on %s%n",
        after.requests(),
        database);
    out.println();
    line("", "HikariCP", "Larder", "");
    out.println(RULE);
    line(
        "requests per second",
        count(Math.round(before.perSecond())),
        count(Math.round(after.perSecond())),
        times(after.perSecond() / before.perSecond()));
    latency("latency, p50", before, after, 0.50);
    latency("latency, p99", before, after, 0.99);
    line("hit ratio (reads answered from memory)", percent(before), percent(after), "");
    line("  foretold with larder.serve=off", "", percent(outcome.forecast().result()), "");
    line(
        "statements that reached the database",
        count(plain.counts().statements()),
        count(larder.counts().statements()),
        "");
    line(
        "times a connection was borrowed",
        count(plain.counts().borrowed()),
        count(larder.counts().borrowed()),
        "");
    line(
        "answers compared with the database",
        count(plain.findings().compared()),
        count(larder.findings().compared()),
        "");
    line("wrong answers", count(plain.findings().wrong()), count(larder.findings().wrong()), "");
    if (before.failures() + after.failures() > 0) {
      line("failed requests", count(before.failures()), count(after.failures()), "");
    }
    out.println(RULE);
    explainTrouble("HikariCP", plain);
    explainTrouble("Larder, larder.serve=off", outcome.forecast());
    explainTrouble("Larder", larder);
    closing(larder);
  }

  private void closing(Run larder) {
    Workload.Result result = larder.result();
    out.println();
    out.printf(
        Locale.ROOT,
        "  Larder answered %,d of %,d reads from memory, while orders, reviews, prices, stock%n"
            + "  (with its trigger) and closed accounts (with their cascades) changed underneath;%n"
            + "  %s answers compared with the database were wrong.%n",
        result.hits(),
        result.reads(),
        larder.findings().wrong() == 0
            ? "none of the %,d".formatted(larder.findings().compared())
            : "%,d of the %,d".formatted(larder.findings().wrong(), larder.findings().compared()));
    out.println("  How to read the table, and its options: examples/quickstart/README.md.");
    out.println("  How Larder knows what to forget: docs/architecture.md.");
    out.println();
  }

  private void explainTrouble(String name, Run run) {
    @Nullable String wrong = run.findings().firstWrong();
    if (wrong != null) {
      out.println("  The first wrong answer of " + name + ": " + wrong);
    }
    if (run.result().firstFailure() != null) {
      out.println("  The first failure of " + name + ": " + run.result().firstFailure());
    }
  }

  private void latency(String label, Workload.Result before, Workload.Result after, double share) {
    Duration was = before.latency().percentile(share);
    Duration is = after.latency().percentile(share);
    line(label, millis(was), millis(is), times((double) was.toNanos() / is.toNanos()));
  }

  private void line(String label, String plain, String larder, String note) {
    String line = "  %-38s %12s %12s  %6s".formatted(label, plain, larder, note);
    out.println(line.stripTrailing());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(Workload.Result result) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * result.hitRatio());
  }

  private static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 1 ? "%.3f ms" : "%.1f ms", millis);
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, factor < 10 ? "%.1fx" : "%.0fx", factor);
  }
}
