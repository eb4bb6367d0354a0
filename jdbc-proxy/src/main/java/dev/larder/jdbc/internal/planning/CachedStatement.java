package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.AdmissionPolicy;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Hints;
import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.ask.QuestionReader;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.observe.QueryFigures;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.ResultShape;
import dev.larder.jdbc.internal.store.StatementKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A text that was met before, with what is known of it. Thread-safe. */
public final class CachedStatement {

  /**
   * The plan of a text holds for the definitions and the search path it was made under. It knows
   * which definitions those were and not what they say, or each text would keep a catalogue.
   */
  record Planned(CatalogueVersion.Edition definitions, SearchPath path, StatementPlan plan) {

    boolean holdsFor(SearchPath other) {
      return definitions.hold() && (path == other || path.equals(other));
    }
  }

  /** A session that has set more than this is not worth being remembered by every text. */
  private static final long HEAVIEST_SESSION = 1_024;

  /** Doubled with every try of a template that is in vain: some texts cost the parser forever. */
  static final long ANOTHER_TRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String sql;
  private final Analysis analysis;
  private final SharedPlan shared;
  private final boolean unfinished;
  private final long madeAtNanos = System.nanoTime();

  /**
   * The statement's part of its latest keys: most sessions are alike, and most statements ask for
   * the same shape.
   */
  private volatile @Nullable StatementKey statementKey;

  private record Outlined(StatementPlan plan, ResultDescription outline) {}

  /** What its latest answer looked like, under the plan that it was read by. */
  private volatile @Nullable Outlined outlined;

  /** What it asks Larder; null for nearly every text, which is for the database. */
  private final @Nullable Question question;

  /** Null until it was asked: few products tell of that, and looking for it takes microseconds. */
  private @Nullable Boolean asksOfStatementBefore;

  /**
   * @param shared what it shares with the other texts of its template
   */
  CachedStatement(String sql, Analysis analysis, SharedPlan shared) {
    this(sql, analysis, shared, null);
  }

  private CachedStatement(
      String sql, Analysis analysis, SharedPlan shared, @Nullable Question question) {
    this.sql = sql;
    this.analysis = analysis;
    this.shared = shared;
    this.question = question;
    boolean notYet = false;
    for (Facts facts : analysis.statements()) {
      notYet |= facts.isUnfinished();
    }
    this.unfinished = notYet;
  }

  /** A text that asks Larder; null where it is for the database. */
  public static @Nullable CachedStatement asking(String sql) {
    Question question = QuestionReader.read(sql);
    if (question == null) {
      return null;
    }
    // What is explained may have parameters, which a caller may set.
    int parameters = (int) sql.chars().filter(c -> c == '?').count();
    Analysis nothing =
        new Analysis("", List.of(), parameters, List.of(), Hints.NONE, false, Analysis.Reuse.NONE);
    return new CachedStatement(sql, nothing, new SharedPlan(""), question);
  }

  /** What it asks Larder itself; null where it is for the database. */
  public @Nullable Question question() {
    return question;
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
      case WRITE, CALL, DEFINITION, TRANSACTION, UNKNOWN -> false;
    };
  }

  /** Whether it may ask the server of the statement that ran before it in its session. */
  public boolean asksOfStatementBefore() {
    Boolean asks = asksOfStatementBefore;
    if (asks == null) {
      asks = Diagnostics.asks(sql);
      asksOfStatementBefore = asks;
    }
    return asks;
  }

  /** Whether it may ask of that, and neither reads nor writes a table. */
  boolean asksOnlyOfStatementBefore() {
    return asksOfStatementBefore()
        && analysis.statements().stream().allMatch(CachedStatement::isOfNoData);
  }

  @Nullable Planned planned() {
    return shared.latest();
  }

  /** The plan that it was executed by last, by whomever; null for none. */
  public @Nullable StatementPlan latestPlan() {
    Planned latest = planned();
    return latest == null ? null : latest.plan();
  }

  /** Adds its template to the queries that are known; nothing where it is none. */
  void addTo(Map<SharedPlan, KnownQuery> known) {
    if (KnownTemplate.isQuery(analysis.statements()) && !known.containsKey(shared)) {
      known.put(shared, KnownQuery.of(analysis.template(), analysis.mayShowLiterals(), shared));
    }
  }

  void planned(Planned latest) {
    shared.latest(latest);
  }

  /** What is known of its answers under a plan, or null. */
  public @Nullable ResultDescription outline(StatementPlan plan) {
    Outlined latest = outlined;
    return latest != null && latest.plan() == plan ? latest.outline() : null;
  }

  public void outlined(StatementPlan plan, ResultDescription outline) {
    Outlined latest = outlined;
    if (latest == null || latest.plan() != plan || latest.outline() != outline) {
      outlined = new Outlined(plan, outline);
    }
  }

  /** Running it showed what no text tells: its answer cannot be kept. */
  public void learn(StatementPlan used, BypassReason reason, String detail) {
    Planned latest = planned();
    if (latest != null && latest.plan() == used) {
      StatementPlan plan = used.withoutKeeping(reason, detail);
      planned(new Planned(latest.definitions(), latest.path(), plan));
    }
  }

  /** Whether its analysis ran out of time, and long enough ago to be worth another try. */
  boolean isWorthAnotherTry() {
    return unfinished && System.nanoTime() - madeAtNanos > ANOTHER_TRY_NANOS;
  }

  /**
   * The statement's part of its keys in a session, for a shape: one object while those stay as they
   * were.
   */
  public StatementKey statementKey(Fingerprint session, ResultShape shape) {
    StatementKey latest = statementKey;
    if (latest == null || !latest.isBy(session, shape)) {
      latest = new StatementKey(session, analysis.template(), analysis.literals(), shape);
      if (session.weight() <= HEAVIEST_SESSION) {
        statementKey = latest;
      }
    }
    return latest;
  }

  /** Whether answers to its template are worth keeping: one object for all texts of it. */
  public TemplateAdmission admission(AdmissionPolicy policy) {
    return shared.admission(policy);
  }

  /** What the database did for its template. */
  public QueryFigures figures() {
    return shared.figures();
  }

  /** Whether it will reach the driver anyway, as far as is known without asking anything. */
  public boolean isPassive() {
    return shared.isPassive();
  }

  /**
   * Whether its latest plan keeps answers. No promise: the plan may no longer hold, and none may
   * have been made.
   */
  public boolean wasCacheable() {
    Planned latest = planned();
    return latest != null && latest.plan() instanceof CacheableRead;
  }
}
