package dev.larder.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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
    Map<String, Map<Side, Figure>> pairs = new LinkedHashMap<>();
    List<Figure> others = new ArrayList<>();
    for (Figure figure : figures.all()) {
      Side side = figure.side();
      if (side == null) {
        others.add(figure);
      } else {
        pairs
            .computeIfAbsent(figure.nameWithoutSide(), name -> new EnumMap<>(Side.class))
            .put(side, figure);
      }
    }
    printPairs(out, pairs);
    printOthers(out, others);
    printVerdicts(out);
  }

  private static void printPairs(PrintStream out, Map<String, Map<Side, Figure>> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    out.printf("%n%-58s %-13s", "measured on several sides", "unit");
    for (Side side : Side.values()) {
      out.printf(" %12s", side.title());
    }
    out.printf(" %14s%n", "Hikari/Larder");
    pairs.forEach(
        (name, bySide) -> {
          Figure any = bySide.values().iterator().next();
          out.printf("%-58s %-13s", name, any.unit());
          for (Side side : Side.values()) {
            Figure figure = bySide.get(side);
            out.printf(" %12s", figure == null ? "" : number(figure.value()));
          }
          Figure plain = bySide.get(Side.HIKARI);
          Figure larder = bySide.get(Side.LARDER);
          out.printf(" %14s%n", plain == null || larder == null ? "" : ratio(plain, larder));
        });
  }

  private static String ratio(Figure plain, Figure larder) {
    return larder.value() == 0 ? "" : number(plain.value() / larder.value());
  }

  private static void printOthers(PrintStream out, List<Figure> others) {
    if (others.isEmpty()) {
      return;
    }
    out.printf("%n%-58s %-13s %12s%n", "measured on one side", "unit", "value");
    for (Figure figure : others) {
      out.printf("%-58s %-13s %12s%n", figure.name(), figure.unit(), number(figure.value()));
    }
  }

  private void printVerdicts(PrintStream out) {
    if (verdicts.isEmpty()) {
      return;
    }
    out.printf("%n%-66s %10s  %-18s %s%n", "budget", "measured", "bound", "met");
    for (Budget.Verdict verdict : verdicts) {
      Budget budget = verdict.budget();
      out.printf(
          "%-66s %10s  %-18s %s%n",
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
