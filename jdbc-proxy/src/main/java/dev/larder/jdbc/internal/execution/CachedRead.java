package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.AdmissionPolicy;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.audit.Audit;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.eligibility.Decision.Serve;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.execution.QueryLoads.Wanted;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.settings.Serving;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.trail.Step;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The way of a query: an answer from memory, or a {@link QueryLoad}. Thread-safe. */
public final class CachedRead {

  /*
   * `lookUp` holds a hit's way and nothing else, so that it stays below the size up to which HotSpot
   * inlines a method (FreqInlineSize, 325 bytes of code).
   *
   * Why an answer from memory is right for a snapshot transaction: the entry is current when it is
   * found, and only after that the cells are seen to be unmoved since the transaction's position.
   * So the entry's version is not younger than the snapshot. Asked in the other order, a commit and
   * another caller's load may come in between.
   */

  private final AnswerStore store;
  private final QueryLoads loads;
  private final AnswerAge age;
  private final AdmissionPolicy admissions;
  private final @Nullable Audit audit;
  private final Serving serving;
  private final @Nullable PinnedReads pins;
  private final @Nullable PrefetchedReads next;
  private final Counters counters;

  /**
   * @param admissions which answers are worth keeping, and how much
   * @param next loads what is about to be asked for; null where nothing does
   * @param audit runs some of the queries again that memory has answered; null for none
   * @param serving whether memory answers at all, or is only asked what it would
   */
  public CachedRead(
      QueryLoads loads,
      AdmissionPolicy admissions,
      @Nullable PrefetchedReads next,
      @Nullable Audit audit,
      Serving serving) {
    this.loads = loads;
    this.next = next;
    this.admissions = admissions;
    this.audit = audit;
    this.serving = serving;
    this.store = loads.store;
    this.pins = loads.pins;
    this.age = loads.age;
    this.counters = loads.counters;
  }

  /** Answers a query that has no effects beyond its answer. */
  QueryResult read(StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    return plan instanceof CacheableRead read
        ? lookUp(read, connection, query)
        : bypass(((UncacheableStatement) plan).reason(), plan, connection, query);
  }

  private QueryResult lookUp(CacheableRead plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    Fingerprint plain = connection.plannedFor();
    Session session = plain == null ? connection.session() : null;
    Decision decision =
        session == null ? Eligibility.decide(plan, query.shape()) : decide(plan, session, query);
    BoundValues values =
        decision instanceof Serve && query.objection() == null ? query.values() : null;
    CachedStatement text = query.text();
    if (values == null || hasStopped(text.analysis().template())) {
      return refused(decision, plan, connection, query);
    }
    Serve serve = (Serve) decision;
    TemplateAdmission admission = text.admission(admissions);
    if (admission.isPassive()) {
      return pass(plan, serve, values, connection, query);
    }
    Fingerprint fingerprint = plain == null ? connection.fingerprint() : plain;
    CacheKey key = new CacheKey(text.statementKey(fingerprint, query.shape()), values);
    long maxAge = age.maxNanos(text.analysis(), serve.footprint());
    if (serve.use() != Decision.Use.STORE_ONLY) {
      Entry entry = store.find(key, admission.loadCost(), maxAge);
      if (entry != null && answers(entry, serve.footprint(), session)) {
        return found(plan, connection, query, key, entry);
      }
    }
    return notServed(plan, connection, query, new Wanted(serve, key, values, maxAge, admission));
  }

  private Decision decide(CacheableRead plan, Session session, QueryRequest query) {
    Decision decision = Eligibility.decide(plan, session, query.shape(), age.everyWriterIsSeen());
    return Eligibility.isByTables(decision)
        ? decideByRows(decision, plan, session, query)
        : decision;
  }

  private Decision decideByRows(
      Decision refused, CacheableRead plan, Session session, QueryRequest query) {
    boolean isProven = age.everyWriterIsSeen() || !session.transaction().needsProof();
    boolean pays = isProven && !query.text().admission(admissions).isPassive();
    BoundValues values = pays && query.objection() == null ? query.values() : null;
    return values == null
        ? refused
        : Eligibility.decideByRows(
            refused, plan, session, new Execution(query.text().analysis().literals(), values));
  }

  /** Memory holds the answer, which is right now. */
  private QueryResult found(
      CacheableRead plan,
      LogicalConnection connection,
      QueryRequest query,
      CacheKey key,
      Entry entry)
      throws SQLException {
    CachedStatement text = query.text();
    text.admission(admissions).hit(entry.snapshot().rows());
    if (audit != null) {
      audit.served(text.sql(), text.analysis().template(), key, entry);
    }
    if (serving == Serving.SHADOW) {
      return bypass(BypassReason.NOT_SERVED, plan, connection, query);
    }
    counters.hits.increment();
    age.tell(connection, entry.readAtNanos());
    if (next != null) {
      next.answered(connection, text, null, entry.snapshot());
    }
    return entry.snapshot();
  }

  /** A query that memory may not answer, for a reason that is looked for once more. */
  private QueryResult refused(
      Decision decision, CacheableRead plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    BypassReason objection = query.objection();
    BypassReason reason;
    if (decision instanceof Decision.Bypass bypass) {
      reason = bypass.reason();
    } else if (objection != null) {
      reason = objection;
    } else {
      reason = query.values() == null ? BypassReason.PARAMETER : BypassReason.AUDIT;
    }
    return bypass(reason, plan, connection, query);
  }

  /** A query that memory might have answered, and does not. */
  private QueryResult notServed(
      CacheableRead plan, LogicalConnection connection, QueryRequest query, Wanted wanted)
      throws SQLException {
    boolean isAsked = wanted.serve().use() != Decision.Use.STORE_ONLY;
    if (isAsked && pins != null) {
      Session session = connection.plainFingerprint() == null ? connection.session() : null;
      Entry entry = pins.find(plan, query, wanted);
      if (entry != null && answers(entry, wanted.serve().footprint(), session)) {
        store.put(wanted.key().frozen(), entry, wanted.admission().loadCost());
        return found(plan, connection, query, wanted.key(), entry);
      }
    }
    BypassReason notAsked = isAsked ? null : wanted.serve().reason();
    connection.became(StatementFate.LOADED, notAsked);
    if (notAsked == null) {
      counters.misses.increment();
    } else {
      counters.bypassed(notAsked);
    }
    if (isAsked) {
      wanted.admission().missed(wanted.key().hashCode(), wanted.maxAge());
    }
    if (!isAsked || next == null) {
      return loads.load(plan, connection, query, wanted);
    }
    Step asked = next.asks(plan, connection, query, wanted);
    QueryResult answer = loads.load(plan, connection, query, wanted);
    next.answered(connection, query.text(), asked, answer);
    return answer;
  }

  /**
   * Loads an answer that nobody has asked for yet, in a session that has set nothing.
   *
   * @param kept keeps it
   * @return whether it is one that this session could be asked for
   */
  boolean loadAhead(
      CacheableRead plan,
      LogicalConnection connection,
      RepeatedQuery query,
      BiConsumer<CacheKey, Entry> kept)
      throws SQLException {
    Fingerprint plain = connection.plainFingerprint();
    CachedStatement text = query.text();
    TemplateAdmission admission = text.admission(admissions);
    Decision decision = Eligibility.decide(plan, query.shape());
    if (plain == null
        || !plain.equals(query.key().fingerprint())
        || admission.isPassive()
        || hasStopped(text.analysis().template())
        || !(decision instanceof Serve serve)
        || serve.use() != Decision.Use.FULL) {
      return false;
    }
    long maxAge = age.maxNanos(text.analysis(), serve.footprint());
    loads.loadAhead(
        plan,
        connection,
        query,
        new Wanted(serve, query.key(), query.values(), maxAge, admission),
        kept);
    return true;
  }

  /**
   * Passes a query on to the driver; of some it is noted that they were asked. Most never need more
   * of their key than its hash.
   */
  private QueryResult pass(
      CacheableRead plan,
      Serve serve,
      BoundValues values,
      LogicalConnection connection,
      QueryRequest query)
      throws SQLException {
    BypassReason reason = serve.reason() == null ? BypassReason.NOT_WORTH_IT : serve.reason();
    if (serve.use() != Decision.Use.FULL) {
      return bypass(reason, plan, connection, query);
    }
    CachedStatement text = query.text();
    TemplateAdmission admission = text.admission(admissions);
    int hash = CacheKey.hash(text.statementKey(connection.fingerprint(), query.shape()), values);
    if (!admission.samples(hash)) {
      return bypass(reason, plan, connection, query);
    }
    Execution execution = new Execution(text.analysis().literals(), values);
    Stamp stamp = plan.footprint(serve.footprint(), execution).stamp();
    admission.passed(hash, stamp, age.maxNanos(text.analysis(), serve.footprint()));
    long began = System.nanoTime();
    QueryResult answer = bypass(reason, plan, connection, query);
    admission.passedIn(System.nanoTime() - began);
    return answer;
  }

  private QueryResult bypass(
      BypassReason reason, StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    return loads.primary().bypass(reason, plan, connection, query);
  }

  @Nullable PinnedReads pins() {
    return pins;
  }

  /** Whether memory holds the answer for a key, however old it is. */
  boolean isInMemory(CachedStatement text, CacheKey key) {
    return store.findPast(key, text.admission(admissions).loadCost()) != null;
  }

  @Nullable HotAnswers hot() {
    return loads.hot;
  }

  @Nullable PrefetchedReads next() {
    return next;
  }

  AnswerAge age() {
    return age;
  }

  TemplateAdmission admission(CachedStatement text) {
    return text.admission(admissions);
  }

  /** Lets go of what was learnt of templates. */
  void forget() {
    admissions.forget();
    if (next != null) {
      next.forget();
    }
    if (audit != null) {
      audit.forget();
    }
  }

  /** Whether an audit has found an answer of this template to differ. */
  boolean hasStopped(String template) {
    return audit != null && audit.hasStopped(template);
  }

  /**
   * Whether an entry that was just found current is an answer to this session. A snapshot is asked
   * after its position here, whatever was decided before: the entry may be younger than the
   * decision, and only now is it known to be of a version that has not changed since the position.
   */
  static boolean answers(Entry entry, TrackedFootprint wanted, @Nullable Session session) {
    return covers(entry.stamp(), wanted)
        && (session == null || !session.transaction().mayPredate(wanted));
  }

  /**
   * Whether a stamp speaks for all that a query depends on. Texts that differ in their hints share
   * a key, and an answer stored without a tag would outlive it.
   */
  static boolean covers(Stamp stamp, TrackedFootprint wanted) {
    TrackedFootprint stamped = stamp.footprint();
    return stamped == wanted
        || stamped.footprint().scopes().containsAll(wanted.footprint().scopes());
  }
}
