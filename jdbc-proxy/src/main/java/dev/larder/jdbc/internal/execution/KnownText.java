package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.ResultShape;
import dev.larder.jdbc.internal.store.StatementKey;
import org.jspecify.annotations.Nullable;

/** A text that was met before, with what is known of it. Thread-safe. */
public final class KnownText {

  /**
   * The plan of a text holds for the definitions and the search path it was made under. It knows
   * which definitions those were and not what they say, or each text would keep a catalogue.
   */
  record Planned(Definitions.Edition definitions, SearchPath path, Plan plan) {}

  /** A session that has set more than this is not worth being remembered by every text. */
  private static final long HEAVIEST_SESSION = 1_024;

  private final String sql;
  private final Analysis analysis;
  private final boolean unfinished;
  private final boolean asksOfStatementBefore;
  private final boolean asksNothingElse;
  private final long madeAtNanos = System.nanoTime();

  /** The latest plan: most applications have one search path, and definitions seldom change. */
  volatile @Nullable Planned planned;

  /**
   * The statement's part of its latest keys: most sessions are alike, and most statements ask for
   * the same shape.
   */
  private volatile @Nullable StatementKey statementKey;

  private record Outlined(Plan plan, ResultDescription outline) {}

  /** What its latest answer looked like, under the plan that it was read by. */
  private volatile @Nullable Outlined outlined;

  KnownText(String sql, Analysis analysis) {
    this.sql = sql;
    this.analysis = analysis;
    this.unfinished = analysis.statements().stream().anyMatch(Facts::isUnfinished);
    this.asksOfStatementBefore = Diagnostics.asks(sql);
    this.asksNothingElse =
        asksOfStatementBefore && analysis.statements().stream().allMatch(KnownText::isOfNoData);
  }

  /** The text as it was given. */
  public String sql() {
    return sql;
  }

  public Analysis analysis() {
    return analysis;
  }

  private static boolean isOfNoData(Facts facts) {
    return switch (facts.kind()) {
      case QUERY -> facts.reads().isEmpty() && facts.writes().isEmpty();
      case HARMLESS, SESSION -> true;
      case WRITE, DEFINITION, TRANSACTION, UNKNOWN -> false;
    };
  }

  /** Whether it may ask the server of the statement that ran before it in its session. */
  public boolean asksOfStatementBefore() {
    return asksOfStatementBefore;
  }

  /** Whether it may ask of that, and neither reads nor writes a table. */
  boolean asksOnlyOfStatementBefore() {
    return asksNothingElse;
  }

  /** What is known of its answers under a plan, or null. */
  @Nullable ResultDescription outline(Plan plan) {
    Outlined latest = outlined;
    return latest != null && latest.plan() == plan ? latest.outline() : null;
  }

  void outlined(Plan plan, ResultDescription outline) {
    Outlined latest = outlined;
    if (latest == null || latest.plan() != plan || latest.outline() != outline) {
      outlined = new Outlined(plan, outline);
    }
  }

  /** Running it showed what no text tells: its answer cannot be kept. */
  void learn(Plan used, BypassReason reason, String detail) {
    Planned latest = planned;
    if (latest != null && latest.plan() == used) {
      Plan plan = Plan.uncacheable(reason, detail, used.readsTables(), used.effects());
      planned = new Planned(latest.definitions(), latest.path(), plan);
    }
  }

  /** Whether its analysis ran out of time, and long enough ago to be worth another try. */
  boolean isWorthAnotherTry() {
    return unfinished && System.nanoTime() - madeAtNanos > Texts.ANOTHER_TRY_NANOS;
  }

  /**
   * The statement's part of its keys in a session, for a shape: one object while those stay as they
   * were.
   */
  StatementKey statementKey(Fingerprint session, ResultShape shape) {
    StatementKey latest = statementKey;
    if (latest == null || !latest.isBy(session, shape)) {
      latest = new StatementKey(session, analysis.template(), analysis.literals(), shape);
      if (session.weight() <= HEAVIEST_SESSION) {
        statementKey = latest;
      }
    }
    return latest;
  }

  /**
   * Whether its latest plan keeps answers. No promise: the plan may no longer hold, and none may
   * have been made.
   */
  public boolean wasCacheable() {
    Planned latest = planned;
    return latest != null && latest.plan().footprint() != null;
  }
}
