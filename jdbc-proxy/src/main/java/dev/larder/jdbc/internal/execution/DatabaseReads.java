package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.LoadMeasurement;
import dev.larder.jdbc.internal.analysis.CurrentTime;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.SnapshotFixing;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.observe.QueryFigures;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reads that the primary answers, kept or not. Thread-safe. */
public final class DatabaseReads {

  /**
   * How an answer is captured.
   *
   * @param large whether also one that is large; else its first rows only, and nothing is kept
   * @param measurement is told when the database has answered; null for none
   */
  record Capturing(boolean large, @Nullable LoadMeasurement measurement) {}

  private static final Logger log = LoggerFactory.getLogger(DatabaseReads.class);

  private final StatementRunner runner;
  private final ResultCapture capture;
  private final boolean currentTimeInTexts;
  private final Counters counters;

  /**
   * @param currentTimeInTexts whether the product reads a text like "today" as the time of the
   *     query, out of a parameter too
   */
  public DatabaseReads(
      StatementRunner runner,
      ResultCapture capture,
      boolean currentTimeInTexts,
      Counters counters) {
    this.runner = runner;
    this.capture = capture;
    this.currentTimeInTexts = currentTimeInTexts;
    this.counters = counters;
  }

  /** Runs a query whose answer is neither looked up nor kept. */
  QueryResult bypass(
      BypassReason reason, StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    counters.bypassed(reason);
    connection.became(StatementFate.DATABASE, reason);
    return live(plan, connection, query);
  }

  /** Whether one of the parameters may stand for the time of the query. */
  boolean mayStandForNow(BoundValues values) {
    return currentTimeInTexts && values.anyText(CurrentTime::mayStandFor);
  }

  /** Counts a query that is run without asking for rows first. */
  void countBypass(CachedStatement text, StatementPlan plan) {
    if (plan instanceof UncacheableStatement statement
        && statement.reason() != BypassReason.NOT_A_QUERY) {
      counters.bypassed(statement.reason());
      text.figures().ran();
    }
  }

  /**
   * Runs a query again whose answer came from memory, because something was asked of its result
   * that only the driver's own can answer. The text is not cached any more.
   *
   * @param what was asked of it
   */
  ResultSet askAgain(
      StatementPlan plan, LogicalConnection connection, QueryRequest query, String what)
      throws SQLException {
    counters.bypassed(BypassReason.DRIVER_RESULT);
    connection.became(StatementFate.DATABASE, BypassReason.DRIVER_RESULT);
    query.text().learn(plan, BypassReason.DRIVER_RESULT, what);
    return execute(plan, connection, query);
  }

  /** Runs a query and takes its answer into memory, where it fits and can be kept. */
  QueryResult captured(
      StatementPlan plan, LogicalConnection connection, QueryRequest query, Capturing how)
      throws SQLException {
    ResultSet live = execute(plan, connection, query);
    LoadMeasurement measurement = how.measurement();
    if (measurement != null) {
      measurement.answered();
    }
    @Nullable QueryResult answer;
    try {
      answer = capture.take(query.text(), plan, live, how.large(), connection);
    } catch (SQLException | RuntimeException | LinkageError e) {
      // A value that the driver cannot give as we ask for it, a driver of a version that answers
      // otherwise, or a fault of ours: either way the query itself is fine, and reads the same a
      // second time.
      counters.failures.increment();
      // Not the driver's message: it may quote a value.
      log.warn(
          "Capturing an answer failed ({}); the query runs again, uncached",
          e.getClass().getName());
      closeFailed(live);
      return live(plan, connection, query);
    }
    if (answer == null) {
      live.close();
      return live(plan, connection, query);
    }
    if (answer instanceof Snapshot snapshot) {
      live.close();
      if (snapshot.rows() > 0 && plan.snapshotFixing() == SnapshotFixing.BY_A_ROW) {
        connection.session().readRows();
      }
    }
    return answer;
  }

  /** What failed to be read may fail to be closed, in any way. */
  private static void closeFailed(ResultSet live) {
    try {
      live.close();
    } catch (SQLException | RuntimeException e) {
      log.debug("A result that could not be read could not be closed either");
    }
  }

  private QueryResult live(StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    return new QueryResult.Live(execute(plan, connection, query));
  }

  private ResultSet execute(StatementPlan plan, LogicalConnection connection, QueryRequest query)
      throws SQLException {
    QueryFigures figures = query.text().figures();
    figures.ran();
    if (!figures.measures()) {
      return runner.query(connection, plan, query);
    }
    // How long it waits for a connection is the pool's.
    connection.session();
    connection.physical();
    long began = System.nanoTime();
    ResultSet answer = runner.query(connection, plan, query);
    long nanos = System.nanoTime() - began;
    figures.took(nanos);
    counters.measuredQueries.increment();
    counters.measuredNanos.add(nanos);
    return answer;
  }
}
