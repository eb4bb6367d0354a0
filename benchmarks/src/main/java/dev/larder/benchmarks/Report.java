package dev.larder.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is printed and written when everything was measured. */
final class Report {
  private final Figures figures;
  private final List<Budget.Verdict> verdicts;

  Report(Figures figures) {
    this.figures = figures;
    this.verdicts = Budget.judge(figures);
  }

  void print(PrintStream out) {
    out.printf(Locale.ROOT, "%n%-72s %14s%n", "figure", "value");
    for (Figure figure : figures.all()) {
      String error =
          Double.isNaN(figure.error()) ? "" : " +- " + number(figure.error());
      out.printf(
          Locale.ROOT,
          "%-72s %14s %s%s%n",
          figure.name(),
          number(figure.value()),
          figure.unit(),
          error);
    }
    if (!verdicts.isEmpty()) {
      out.printf(Locale.ROOT, "%n%-64s %10s  %-16s %s%n", "budget", "measured", "bound", "met");
    }
    for (Budget.Verdict verdict : verdicts) {
      Budget budget = verdict.budget();
      out.printf(
          Locale.ROOT,
          "%-64s %10s  %-16s %s%n",
          budget.name(),
          number(verdict.measured()),
          budget.direction().words + " " + number(budget.bound()),
          verdict.met() ? "yes" : "NO");
    }
  }

  void write(Path file, Map<String, Object> circumstances) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>(circumstances);
    json.put("budgets", verdicts.stream().map(Budget.Verdict::asJson).toList());
    json.put("figures", figures.all().stream().map(Figure::asJson).toList());
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, Json.of(json));
  }

  private static String number(double value) {
    String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
