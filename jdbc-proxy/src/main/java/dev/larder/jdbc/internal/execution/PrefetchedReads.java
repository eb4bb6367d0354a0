package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.bind.PlainParameters;
import dev.larder.jdbc.internal.bind.SingleParameter;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.execution.QueryLoads.Wanted;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.prefetch.Asked;
import dev.larder.jdbc.internal.prefetch.Batch;
import dev.larder.jdbc.internal.prefetch.Guess;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.ResultShape;
import dev.larder.jdbc.internal.trail.Step;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The look-ups that are loaded before they are asked for, many by one statement. Thread-safe. */
public final class PrefetchedReads {

  final Prefetcher prefetcher;
  final QueryLoads loads;
  final StatementRunner runner;
  final ResultCapture capture;

  public PrefetchedReads(
      Prefetcher prefetcher, QueryLoads loads, StatementRunner runner, ResultCapture capture) {
    this.prefetcher = prefetcher;
    this.loads = loads;
    this.runner = runner;
    this.capture = capture;
  }

  /** A query was answered: what it shows may be what is looked up next. */
  void answered(
      LogicalConnection connection,
      CachedStatement text,
      @Nullable Step asked,
      QueryResult answer) {
    if (answer instanceof Snapshot rows) {
      if (rows.rows() > 1) {
        connection.trail().answered(text.analysis().template(), rows);
      }
      if (asked != null) {
        prefetcher.answered(asked, rows, connection.trail());
      }
    }
  }

  /** The answer to a query that was run because it was likely to be asked for. */
  void keep(Guess guess, CacheKey key, Entry entry) {
    loads.counters.prefetches.increment();
    prefetcher.waiting().put(key, entry, guess);
    prefetcher.answered(guess, entry.snapshot());
  }

  /**
   * Memory did not hold the answer to a query, which is run from here on.
   *
   * @return to be given with its answer; null where nothing is to be learnt of it
   */
  @Nullable Step asks(
      CacheableRead plan, LogicalConnection connection, QueryRequest query, Wanted wanted)
      throws SQLException {
    Fingerprint session = wanted.key().fingerprint();
    if (!isPlain(session, query.shape())
        || wanted.serve().use() != Decision.Use.FULL
        || hasWritten(connection)) {
      return null;
    }
    lookedUp(plan, connection, query, wanted);
    PlainParameters parameters = PlainParameters.of(wanted.values());
    // Without parameters nobody knows whether ? was an operator or prepared away.
    boolean ambiguous = wanted.values().isEmpty() && query.text().sql().indexOf('?') >= 0;
    return parameters == null || ambiguous
        ? null
        : prefetcher.asks(
            new Asked(query.text(), session, query.shape(), parameters), connection.trail());
  }

  private void lookedUp(
      CacheableRead plan, LogicalConnection connection, QueryRequest query, Wanted wanted) {
    String column = plan.rows().onlyColumn();
    Fingerprint session = wanted.key().fingerprint();
    if (column == null || !plan.rows().showsOnlyRow()) {
      return;
    }
    SingleParameter parameter = SingleParameter.of(wanted.values());
    Object value =
        parameter == null
            ? null
            : plan.rows()
                .onlyValue(new Execution(query.text().analysis().literals(), wanted.values()));
    if (parameter != null && value != null) {
      prefetcher.lookedUp(
          new Batch.LookUp(
              query.text(),
              new Batch.Asker(session, query.shape(), column),
              parameter,
              value,
              plan.rows()::comparable),
          connection.trail());
    }
  }

  private static boolean isPlain(Fingerprint session, ResultShape shape) {
    return session.isPlain()
        && session.readsPlainly()
        && shape.maxRows() == 0
        && shape.maxFieldSize() == 0;
  }

  private static boolean hasWritten(LogicalConnection connection) throws SQLException {
    Session known = connection.plainFingerprint() == null ? connection.session() : null;
    return known != null && known.transaction().hasWritten();
  }

  /** Loads look-ups that nobody has made yet, in a session that has set nothing. */
  void load(
      Batch batch,
      TemplateAdmission admission,
      StatementPlanning planning,
      LogicalConnection connection)
      throws SQLException {
    Fingerprint plain = connection.plainFingerprint();
    if (plain == null || !plain.equals(batch.like().asker().session()) || admission.isPassive()) {
      return;
    }
    BatchLoad.Plans plans = plans(batch, planning, connection);
    ResultDescription outline = plans == null ? null : batch.like().text().outline(plans.own());
    if (plans == null || outline == null) {
      return;
    }
    connection.physical();
    Session session = connection.session();
    if (session.bypass() == null && session.fingerprint().equals(plain)) {
      new BatchLoad(this, batch, plans, admission, connection).load(outline.metaData());
    }
  }

  private static BatchLoad.@Nullable Plans plans(
      Batch batch, StatementPlanning planning, LogicalConnection connection) throws SQLException {
    CachedStatement text = batch.like().text();
    CachedStatement whole = planning.know(batch.sql());
    if (planning.plan(whole, connection) instanceof CacheableRead plan
        && planning.plan(text, connection) instanceof CacheableRead own
        && own.rows().showsOnlyRow()
        && isServed(plan, batch)
        && isServed(own, batch)) {
      if (PinnedReads.isWhole(whole, plan, text, own)) {
        return new BatchLoad.Plans(whole, plan, own);
      }
      batch.refuse();
    }
    return null;
  }

  private static boolean isServed(CacheableRead plan, Batch batch) {
    return Eligibility.decide(plan, batch.like().asker().shape()) instanceof Decision.Serve serve
        && serve.use() == Decision.Use.FULL;
  }

  /** Lets go of what was learnt of templates. */
  void forget() {
    prefetcher.forget();
  }
}
