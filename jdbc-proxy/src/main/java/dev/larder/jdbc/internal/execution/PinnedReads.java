package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.QueryLoads.Wanted;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.pin.Contents;
import dev.larder.jdbc.internal.pin.LookUp;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.pin.TableReader.Reading;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.result.RowsApart;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsRead;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The look-ups that tables answer which are in memory as a whole. Thread-safe. */
public final class PinnedReads {

  /*
   * Why an answer from a whole table is right. The text shows columns of the row that has a value
   * in one column and asks nothing else, so it shows what the same text without its condition shows
   * of that row. No two rows have the same value there, or nothing is answered: so there is no
   * order to be told. Which values are equal is known of the column (ColumnKind), in both
   * directions. The rows were read like any answer, by a plan and a stamp of its own, in a session
   * that sees what this one sees; and the answer is served while that stamp holds.
   */

  /** What a row takes in the map, beside its answer. */
  private static final long ROW = HeapSize.HASH_NODE + 64;

  private final PinnedTables tables;
  private final StatementRunner runner;
  private final ResultCapture capture;
  private final DatabaseReads primary;

  public PinnedReads(
      PinnedTables tables, StatementRunner runner, ResultCapture capture, DatabaseReads primary) {
    this.tables = tables;
    this.runner = runner;
    this.capture = capture;
    this.primary = primary;
  }

  /** The answer to a query, if it looks something up that is here. */
  @Nullable Entry find(CacheableRead plan, QueryRequest query, Wanted wanted) {
    if (!tables.arePinned(plan.footprint().footprint().scopes())) {
      return null;
    }
    CachedStatement text = query.text();
    Fingerprint session = wanted.key().fingerprint();
    String column = plan.rows().onlyColumn();
    ResultShape shape = query.shape();
    if (column == null) {
      tables.notProven(text);
      return null;
    }
    if (shape.maxRows() > 0
        || shape.maxFieldSize() > 0
        || !session.isPlain()
        || !session.readsPlainly()
        || primary.mayStandForNow(wanted.values())
        || plan.mayFollowDate(wanted.values())) {
      return null;
    }
    Execution execution = new Execution(text.analysis().literals(), wanted.values());
    Object value = plan.rows().onlyValue(execution);
    boolean isPrepared = !wanted.values().isEmpty();
    if (value == null) {
      return null;
    }
    Entry entry =
        tables.answer(
            new PinnedTables.Asker(text, session, shape, isPrepared, wanted.maxAge()),
            column,
            value);
    return entry == null ? null : ofItsRow(entry, plan, wanted, execution);
  }

  /**
   * The same with a stamp of what this answer alone follows from. It was taken when the answer was
   * there: the table's stamp, which is current after that, says that nothing had changed until
   * then.
   */
  private static Entry ofItsRow(
      Entry entry, CacheableRead plan, Wanted wanted, Execution execution) {
    Stamp own = plan.footprint(wanted.serve().footprint(), execution).stamp();
    return own.wasOpen() || !entry.stamp().isCurrent()
        ? entry
        : new Entry(entry.snapshot(), own, entry.readAtNanos());
  }

  /** Reads the rows for a look-up. */
  Reading read(
      LookUp lookUp, long maxBytes, StatementPlanning planning, LogicalConnection connection)
      throws SQLException {
    Fingerprint plain = connection.plainFingerprint();
    if (plain == null) {
      return Reading.later();
    }
    if (!plain.equals(lookUp.session())) {
      return Reading.refused("its sessions are not what a session of this data source begins as");
    }
    CachedStatement whole = planning.know(lookUp.wholeTable());
    StatementPlan planned = planning.plan(whole, connection);
    StatementPlan own = planning.plan(lookUp.text(), connection);
    ResultDescription outline = lookUp.text().outline(own);
    if (!(planned instanceof CacheableRead plan) || !(own instanceof CacheableRead ownPlan)) {
      return Reading.refused("the table as a whole cannot be cached");
    }
    if (outline == null
        || !(Eligibility.decide(plan, lookUp.shape()) instanceof Decision.Serve serve)
        || serve.use() != Decision.Use.FULL) {
      return Reading.later();
    }
    if (!isWhole(whole, plan, lookUp.text(), ownPlan)) {
      return Reading.refused("it may show more than columns of one table");
    }
    Stamp stamp = plan.footprint().stamp();
    if (stamp.wasOpen()) {
      return Reading.later();
    }
    CacheKey key = new CacheKey(whole.statementKey(plain, lookUp.shape()), BoundValues.NONE);
    try (RepeatedQuery query = new RepeatedQuery(whole, key, connection, lookUp.isPrepared())) {
      connection.physical();
      long readAt = connection.session().transaction().readsAsOfNanos();
      RowsApart rows;
      try (ResultSet live = runner.query(connection, plan, query)) {
        rows = capture.takeApart(live, outline.metaData(), maxBytes);
      }
      if (rows == null) {
        return Reading.refused("there are too many rows, or some cannot be reproduced");
      }
      return stamp.isCurrent() && plan.holds()
          ? contents(rows, ownPlan.rows(), stamp, readAt)
          : Reading.later();
    }
  }

  /** Whether both are of one table, show its columns and are alike but for the condition. */
  static boolean isWhole(
      CachedStatement whole, CacheableRead plan, CachedStatement text, CacheableRead own) {
    return plan.footprint().footprint().scopes().equals(own.footprint().footprint().scopes())
        && showsOneTable(whole)
        && showsOneTable(text);
  }

  private static boolean showsOneTable(CachedStatement text) {
    return text.analysis().statements().size() == 1
        && text.analysis().statements().get(0).rows().shown() != null
        && text.analysis().statements().get(0).rows().mentions().size() == 1;
  }

  private static Reading contents(RowsApart rows, RowsRead kind, Stamp stamp, long readAt) {
    Map<Object, Snapshot> found = new HashMap<>();
    long bytes = 0;
    for (RowsApart.Row row : rows.rows()) {
      Object last = row.last();
      if (last == null) {
        // No value equals NULL.
        continue;
      }
      Object value = kind.comparable(last);
      if (value == null || found.put(value, row.answer()) != null) {
        return Reading.refused("several rows may have the same value");
      }
      bytes += row.answer().bytes() + ROW;
    }
    return new Reading(
        new Contents(Map.copyOf(found), rows.none(), stamp, readAt, new Contents.Weight(bytes)),
        null);
  }
}
