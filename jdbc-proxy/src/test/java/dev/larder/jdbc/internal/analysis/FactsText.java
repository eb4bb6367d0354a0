package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Facts as one line of text, for tables of expectations. */
final class FactsText {

  private FactsText() {}

  static String of(Facts facts) {
    List<String> parts = new ArrayList<>();
    parts.add(facts.kind().name());
    list(parts, "reads", facts.reads().stream().map(Object::toString).sorted().toList());
    list(parts, "with", facts.commonTables().stream().sorted().toList());
    list(
        parts,
        "writes",
        facts.writes().stream().map(w -> w.verb() + " " + w.table()).sorted().toList());
    list(parts, "calls", facts.functions().stream().map(Object::toString).sorted().toList());
    list(
        parts,
        "but",
        facts.obstacles().stream().map(o -> o.reason().name()).distinct().sorted().toList());
    list(parts, "session", facts.session().stream().map(FactsText::effect).toList());
    if (!facts.transaction().equals(TransactionEffect.NONE)) {
      parts.add("tx=" + facts.transaction().toString().replace(", isSafe=false", ""));
    }
    if (facts.mayCommit()) {
      parts.add("commits");
    }
    return String.join(" ", parts);
  }

  private static void list(List<String> parts, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + "=" + String.join(", ", values));
    }
  }

  private static String effect(SessionEffect effect) {
    if (effect instanceof SessionEffect.Set set) {
      return (set.local() ? "local " : "")
          + (set.obscures() ? "obscured " : "")
          + set.name()
          + set.value().stream()
              .map(v -> v.literal() == null ? "?" + v.parameter() : "'" + v.literal() + "'")
              .collect(Collectors.joining(", ", "(", ")"));
    }
    if (effect instanceof SessionEffect.Unknown) {
      return "unknown";
    }
    if (effect instanceof SessionEffect.Neutral neutral) {
      return "neutral " + neutral.name();
    }
    if (effect instanceof SessionEffect.LeavesResidue) {
      return "residue";
    }
    return effect.toString();
  }
}
