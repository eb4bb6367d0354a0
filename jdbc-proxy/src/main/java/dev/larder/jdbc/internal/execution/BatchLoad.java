package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.SingleParameter;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.prefetch.Batch;
import dev.larder.jdbc.internal.prefetch.WaitingAnswers;
import dev.larder.jdbc.internal.result.RowsApart;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.InFlightLoads.Load;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many look-ups of one template, loaded by one statement. Used once, by one thread. */
final class BatchLoad {

  /*
   * Why an answer out of a statement for many is right. The text shows columns of the only row that
   * has a value in one column and asks nothing else; the statement shows the same of the rows that
   * have one of many values there, and that value. Which values are equal is known of the column
   * (ColumnKind), in both directions, and no two rows are shown for one. So each row is the answer
   * to who asks for its value, and who asks for a value without a row gets none. The stamp of each
   * is that of its own look-up, taken before the statement was sent, and asked when the answer is
   * there, as in a QueryLoad, which has the rest: who asks meanwhile waits as for any load.
   */

  /**
   * What it is loaded by.
   *
   * @param whole the statement for all
   * @param own the plan of the look-up
   */
  record Plans(CachedStatement whole, CacheableRead plan, CacheableRead own) {

    boolean hold() {
      return plan.holds() && own.holds();
    }
  }

  /** One of the look-ups. */
  private record Loading(CacheKey key, Execution execution, Stamp stamp, Load load) {}

  private final PrefetchedReads shared;
  private final Batch batch;
  private final Batch.LookUp like;
  private final Plans plans;
  private final TemplateAdmission admission;
  private final LogicalConnection connection;

  /** Those that are loaded, by the value that each looks up. */
  private final Map<Object, Loading> under = new LinkedHashMap<>();

  /**
   * @param connection has a physical one
   */
  BatchLoad(
      PrefetchedReads shared,
      Batch batch,
      Plans plans,
      TemplateAdmission admission,
      LogicalConnection connection) {
    this.shared = shared;
    this.batch = batch;
    this.like = batch.like();
    this.plans = plans;
    this.admission = admission;
    this.connection = connection;
  }

  /**
   * Loads them.
   *
   * @param expected how an answer describes itself
   */
  void load(SnapshotMetaData expected) throws SQLException {
    WaitingAnswers waiting = shared.prefetcher.waiting();
    try {
      long readAt = connection.session().transaction().readsAsOfNanos();
      batch.values().forEach(value -> begin(value, readAt));
      // One alone is no more than what its asker will send.
      if (under.size() > 1) {
        RowsApart rows = rows(expected);
        if (rows == null || !keep(rows, readAt)) {
          batch.refuse();
        }
      }
    } finally {
      under.values().forEach(each -> each.load().complete(null));
      waiting.complete(batch);
    }
    for (Loading each : under.values()) {
      if (each.load().isJoined()) {
        // Who waited for it has asked for it.
        shared.loads.store.find(each.key(), admission.loadCost(), Long.MAX_VALUE);
      }
    }
  }

  /** Begins one, unless memory holds it or somebody else is at it. */
  private void begin(Object value, long readAt) {
    BoundValues values = like.parameter().with(List.of(set(value)));
    CacheKey key =
        new CacheKey(
            like.text().statementKey(like.asker().session(), like.asker().shape()), values);
    if (shared.loads.store.findPast(key, admission.loadCost()) != null
        || shared.prefetcher.waiting().has(key)
        || shared.loads.primary().mayStandForNow(values)
        || plans.own().mayFollowDate(values)) {
      return;
    }
    Execution execution = new Execution(like.text().analysis().literals(), values);
    Stamp stamp = plans.own().footprint(plans.own().footprint(), execution).stamp();
    if (stamp.wasOpen()) {
      return;
    }
    Object me = new Object();
    Load load = shared.loads.inFlight.join(key, stamp, readAt, me);
    if (load.isLedBy(me)) {
      under.put(value, new Loading(key, execution, stamp, load));
      load.connected();
    }
  }

  private Object set(Object value) {
    Object set = like.parameter().as(value);
    if (set == null) {
      throw new IllegalArgumentException("a value of another type is to be looked up");
    }
    return set;
  }

  /** The rows of all; null where they cannot be taken apart. */
  private @Nullable RowsApart rows(SnapshotMetaData expected) throws SQLException {
    List<Object> all = new ArrayList<>(batch.places());
    under.keySet().forEach(value -> all.add(set(value)));
    while (all.size() < batch.places()) {
      all.add(all.get(all.size() - 1));
    }
    SingleParameter parameter = like.parameter();
    CacheKey key =
        new CacheKey(
            plans.whole().statementKey(like.asker().session(), like.asker().shape()),
            parameter.with(all));
    shared.loads.counters.prefetches.increment();
    try (RepeatedQuery query = new RepeatedQuery(plans.whole(), key, connection);
        ResultSet live = shared.runner.query(connection, plans.plan(), query)) {
      return shared.capture.takeApart(live, expected, shared.prefetcher.waiting().maxBytes());
    }
  }

  /** Whether each row is the answer to one of the look-ups: it is kept then. */
  private boolean keep(RowsApart rows, long readAt) {
    Map<Object, Snapshot> found = new HashMap<>();
    for (RowsApart.Row row : rows.rows()) {
      Object last = row.last();
      Object value = last == null ? null : plans.own().rows().comparable(last);
      if (value == null || !under.containsKey(value) || found.put(value, row.answer()) != null) {
        return false;
      }
    }
    under.forEach((value, each) -> keep(each, found.getOrDefault(value, rows.none()), readAt));
    return true;
  }

  private void keep(Loading each, Snapshot answer, long readAt) {
    TrackedFootprint shown =
        plans.own().footprint(each.stamp().footprint(), each.execution(), answer);
    Stamp second = shown == null ? each.stamp() : shown.stamp();
    if (each.stamp().isCurrent() && plans.hold()) {
      Stamp kept = second.wasOpen() ? each.stamp() : second;
      shared.prefetcher.waiting().put(each.key(), new Entry(answer, kept, readAt), batch);
      each.load().complete(answer);
    }
  }
}
