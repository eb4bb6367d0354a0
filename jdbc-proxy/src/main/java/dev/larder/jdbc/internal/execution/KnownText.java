package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.Question;
import dev.larder.jdbc.internal.store.ResultShape;
import org.jspecify.annotations.Nullable;

/** A text that was met before, with what is known of it. Thread-safe. */
public final class KnownText {

  /** The plan of a text holds for the definitions and the search path it was made under. */
  record Planned(Definitions definitions, SearchPath path, Plan plan) {}

  private final String sql;
  private final Analysis analysis;
  private final boolean unfinished;
  private final long madeAtNanos = System.nanoTime();

  /** The latest plan: most applications have one search path, and definitions seldom change. */
  volatile @Nullable Planned planned;

  /** The latest question: most sessions are alike, and most statements ask for the same shape. */
  private volatile @Nullable Question question;

  KnownText(String sql, Analysis analysis) {
    this.sql = sql;
    this.analysis = analysis;
    this.unfinished = analysis.statements().stream().anyMatch(Facts::isUnfinished);
  }

  /** The text as it was given. */
  public String sql() {
    return sql;
  }

  public Analysis analysis() {
    return analysis;
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

  /** What the text asks in a session, for a shape: one object while those stay as they were. */
  Question question(Fingerprint session, ResultShape shape) {
    Question latest = question;
    if (latest == null || !latest.isBy(session, shape)) {
      latest = new Question(session, analysis.template(), analysis.literals(), shape);
      question = latest;
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
