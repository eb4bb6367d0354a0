package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Hints;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A template that was met before, with the facts of its texts and their plans. Thread-safe.
 *
 * <p>What a text asks for in a hint, and whether one of its literals may stand for the current
 * time, are no part of its template: texts that differ in that have plans of their own.
 */
final class KnownTemplate {

  private static final int MOST_DOUBLINGS = 12;

  /** Hints with a value that is never the same are not worth being remembered. */
  private static final int MOST_PLANS = 8;

  private record Variant(Hints hints, boolean currentTimeLiteral, SharedPlan plan) {

    boolean isOf(Analysis analysis) {
      return currentTimeLiteral == analysis.currentTimeLiteral() && hints.equals(analysis.hints());
    }
  }

  private final String template;
  private final List<Facts> facts;
  private final boolean unfinished;
  private final int tries;
  private final long madeAtNanos = System.nanoTime();
  private final List<Variant> variants = new CopyOnWriteArrayList<>();

  /**
   * @param tries how often the facts were asked for
   */
  KnownTemplate(String template, List<Facts> facts, int tries) {
    this.template = template;
    this.facts = facts;
    this.unfinished = facts.stream().anyMatch(Facts::isUnfinished);
    this.tries = tries;
  }

  /** The same, asked for once more from now on. */
  KnownTemplate again() {
    return new KnownTemplate(template, facts, tries + 1);
  }

  /** The same with facts that were found by now. */
  KnownTemplate with(List<Facts> found) {
    return new KnownTemplate(template, found, tries);
  }

  String template() {
    return template;
  }

  List<Facts> facts() {
    return facts;
  }

  /**
   * Whether the parser ran out of time, long enough ago: the wait is doubled with every try in
   * vain, as some texts cost it forever.
   */
  boolean isWorthAnotherTry() {
    return unfinished
        && System.nanoTime() - madeAtNanos
            > CachedStatement.ANOTHER_TRY_NANOS << Math.min(tries - 1, MOST_DOUBLINGS);
  }

  /** Adds its queries to those that are known; nothing where it is none. */
  void addTo(Map<SharedPlan, KnownQuery> known) {
    if (isQuery(facts)) {
      for (Variant variant : variants) {
        known.put(variant.plan(), KnownQuery.of(template, false, variant.plan()));
      }
    }
  }

  static boolean isQuery(List<Facts> facts) {
    return facts.size() == 1 && facts.get(0).kind() == Facts.Kind.QUERY;
  }

  /** The plan that a text of this template shares with others. */
  SharedPlan planOf(Analysis analysis) {
    for (Variant variant : variants) {
      if (variant.isOf(analysis)) {
        return variant.plan();
      }
    }
    SharedPlan plan = new SharedPlan(template);
    if (variants.size() < MOST_PLANS) {
      variants.add(new Variant(analysis.hints(), analysis.currentTimeLiteral(), plan));
    }
    return plan;
  }
}
