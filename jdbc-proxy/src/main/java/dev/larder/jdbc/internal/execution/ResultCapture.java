package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.ResultWarnings;
import dev.larder.jdbc.internal.result.RowsApart;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.jdbc.internal.settings.MemorySettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a node answers into memory, where it fits and can be kept. Thread-safe. */
public final class ResultCapture {

  private static final Logger log = LoggerFactory.getLogger(ResultCapture.class);

  private final MemorySettings settings;
  private final Counters counters;

  /** How the driver answers, as far as it is what it says it is. */
  private volatile DriverBehavior answers;

  public ResultCapture(DatabaseContext database, MemorySettings settings, Counters counters) {
    this.settings = settings;
    this.counters = counters;
    this.answers = database.answers();
  }

  /**
   * A snapshot of the whole answer, which leaves {@code live} to be closed by the caller; or what
   * answers as {@code live} would have, and closes it; or null where {@code live} is to be closed
   * and the query to be run again, and not to be taken in.
   *
   * @param large whether also an answer is taken in that has many rows
   * @param asker is told why an answer is not kept
   * @throws SQLException if the driver fails before the first row was read
   */
  @Nullable QueryResult take(
      CachedStatement text,
      StatementPlan plan,
      ResultSet live,
      boolean large,
      LogicalConnection asker)
      throws SQLException {
    ResultWarnings warnings = ResultWarnings.by(live, answers);
    if (warnings.areThere()) {
      notKept(BypassReason.WARNINGS, asker);
      return new QueryResult.Live(live, false, warnings.taken());
    }
    // What has begun to be taken in goes on as the driver's only where that is proven.
    boolean whole = large || !answers.isProven();
    CaptureOutcome outcome;
    try {
      outcome =
          Capture.capture(
              live,
              answers,
              text.outline(plan),
              whole
                  ? settings.maxResultRows()
                  : Math.min(TemplateAdmission.LARGE_ROWS, settings.maxResultRows()),
              settings.maxResultBytes());
    } catch (LinkageError e) {
      driverIsAnother(e);
      return null;
    } catch (RuntimeException | SQLFeatureNotSupportedException e) {
      // It would fail the next time too.
      text.learn(plan, BypassReason.FAILURE, e.getClass().getSimpleName());
      throw e;
    }
    if (outcome instanceof CaptureOutcome.Complete complete) {
      text.outlined(plan, complete.description());
      return complete.snapshot();
    }
    if (outcome instanceof CaptureOutcome.TooLarge tooLarge) {
      notKept(whole ? BypassReason.RESULT_TOO_LARGE : BypassReason.NOT_WORTH_IT, asker);
      return new QueryResult.Live(tooLarge.resultSet());
    }
    if (outcome instanceof CaptureOutcome.Spent spent) {
      notKept(spent.reason(), asker);
      text.learn(plan, spent.reason(), spent.detail());
      return null;
    }
    CaptureOutcome.Refused refused = (CaptureOutcome.Refused) outcome;
    notKept(refused.reason(), asker);
    text.learn(plan, refused.reason(), refused.detail());
    return new QueryResult.Live(refused.resultSet());
  }

  /**
   * Takes in a result whose rows are answers of their own, but for the last column.
   *
   * @param expected how such an answer describes itself
   * @param maxBytes how many bytes they may hold
   * @return null where they cannot be kept
   */
  @Nullable RowsApart takeApart(ResultSet live, SnapshotMetaData expected, long maxBytes)
      throws SQLException {
    return ResultWarnings.by(live, answers).areThere()
        ? null
        : RowsApart.capture(
            live, answers, expected, new RowsApart.Bounds(settings.maxResultRows(), maxBytes));
  }

  private void notKept(BypassReason reason, LogicalConnection asker) {
    counters.bypassed(reason);
    asker.became(StatementFate.DATABASE, reason);
  }

  /** The driver lacks something that its release should have; it is not asked for that again. */
  private void driverIsAnother(LinkageError e) {
    counters.failures.increment();
    if (answers != Drivers.STANDARD) {
      answers = Drivers.STANDARD;
      log.warn("The driver is not what its release says; plain types are cached from now on", e);
    }
  }
}
