package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The verdicts of one or more subjects as a table. Safe for use by several threads. */
public final class Report {

  private record Column(String subject, Product product) {}

  private final Map<String, String> sentences = new LinkedHashMap<>();
  private final Map<String, Map<Column, Verdict>> verdicts = new LinkedHashMap<>();
  private final Set<String> subjects = new LinkedHashSet<>();
  private final Set<Product> products = new TreeSet<>();

  public synchronized void add(Subject subject, Probe probe, Product product, Verdict verdict) {
    sentences.put(probe.name(), probe.sentence());
    subjects.add(subject.name());
    products.add(product);
    verdicts
        .computeIfAbsent(probe.name(), name -> new LinkedHashMap<>())
        .put(new Column(subject.name(), product), verdict);
  }

  /** How many verdicts are of a kind, over all subjects and products. */
  public synchronized long count(Class<? extends Verdict> kind) {
    return verdicts.values().stream()
        .flatMap(row -> row.values().stream())
        .filter(kind::isInstance)
        .count();
  }

  /** How many verdicts of one subject are of a kind. */
  private long count(String subject, Class<? extends Verdict> kind) {
    return verdicts.values().stream()
        .flatMap(row -> row.entrySet().stream())
        .filter(e -> e.getKey().subject().equals(subject) && kind.isInstance(e.getValue()))
        .count();
  }

  /** For people at a terminal: the table, then every verdict that says more than one word. */
  public synchronized String asText() {
    List<Column> columns = columns();
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-36s", ""));
    for (Column column : columns) {
      text.append(String.format(" %-12s", shortened(column.subject(), 12)));
    }
    text.append(String.format("%n%-36s", "probe"));
    columns.forEach(column -> text.append(String.format(" %-12s", column.product())));
    text.append(System.lineSeparator());
    List<String> details = new ArrayList<>();
    verdicts.forEach(
        (probe, row) -> {
          text.append(String.format("%-36s", shortened(probe, 36)));
          for (Column column : columns) {
            Verdict verdict = row.get(column);
            text.append(String.format(" %-12s", word(verdict)));
            if (verdict != null && !(verdict instanceof Verdict.Passed) && !isByDesign(verdict)) {
              details.add(
                  probe + ", " + column.subject() + ", " + column.product() + ": " + verdict);
            }
          }
          text.append(System.lineSeparator());
        });
    details.forEach(line -> text.append(line).append(System.lineSeparator()));
    return text.toString();
  }

  /** For a document: a summary, the table, and one sentence per probe. */
  public synchronized String asMarkdown() {
    List<Column> columns = columns();
    StringBuilder text = new StringBuilder("| subject | pass | WRONG | no hit | error | n/a |\n");
    text.append("| --- |").append(" ---: |".repeat(5)).append('\n');
    for (String subject : subjects) {
      text.append("| ").append(subject);
      text.append(" | ").append(count(subject, Verdict.Passed.class));
      text.append(" | ").append(count(subject, Verdict.Failed.class));
      text.append(" | ").append(count(subject, Verdict.NotCached.class));
      text.append(" | ").append(count(subject, Verdict.Broken.class));
      text.append(" | ").append(count(subject, Verdict.NotApplicable.class)).append(" |\n");
    }
    text.append("\n| probe |");
    columns.forEach(
        c -> text.append(' ').append(c.subject()).append("<br>").append(c.product()).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(columns.size())).append('\n');
    verdicts.forEach(
        (probe, row) -> {
          text.append("| ").append(probe).append(" |");
          columns.forEach(column -> text.append(' ').append(word(row.get(column))).append(" |"));
          text.append('\n');
        });
    text.append("\n| probe | what must hold |\n| --- | --- |\n");
    sentences.forEach(
        (probe, sentence) ->
            text.append("| ").append(probe).append(" | ").append(sentence).append(" |\n"));
    return text.toString();
  }

  /** Whether the probe has no meaning on that product, rather than for that subject. */
  private static boolean isByDesign(Verdict verdict) {
    return verdict instanceof Verdict.NotApplicable notApplicable
        && notApplicable.reason().startsWith("not a feature");
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (String subject : subjects) {
      for (Product product : products) {
        boolean any =
            verdicts.values().stream()
                .anyMatch(row -> row.containsKey(new Column(subject, product)));
        if (any) {
          columns.add(new Column(subject, product));
        }
      }
    }
    return columns;
  }

  private static String word(@Nullable Verdict verdict) {
    if (verdict instanceof Verdict.Passed) {
      return "pass";
    }
    if (verdict instanceof Verdict.Failed) {
      return "WRONG";
    }
    if (verdict instanceof Verdict.NotCached) {
      return "no hit";
    }
    return verdict instanceof Verdict.Broken ? "error" : "-";
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "~";
  }
}
