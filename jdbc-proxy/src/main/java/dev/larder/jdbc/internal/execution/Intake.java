package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.Answer;
import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.settings.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes what a node answers into memory, where it fits and can be kept. Thread-safe. */
final class Intake {

  private final KnownDatabase database;
  private final Settings settings;
  private final Counters counters;

  Intake(KnownDatabase database, Settings settings, Counters counters) {
    this.database = database;
    this.settings = settings;
    this.counters = counters;
  }

  /**
   * A snapshot of the whole answer, which leaves {@code live} to be closed by the caller; or what
   * answers as {@code live} would have, and closes it.
   *
   * @throws SQLException if the driver fails before the first row was read
   */
  Answer take(KnownText text, Plan plan, ResultSet live) throws SQLException {
    if (live.getWarnings() != null || live.getStatement().getWarnings() != null) {
      counters.bypassed(BypassReason.WARNINGS);
      return new Answer.Live(live);
    }
    CaptureOutcome outcome =
        Capture.capture(
            live,
            database.answers(),
            text.outline(plan),
            settings.maxResultRows(),
            settings.maxResultBytes());
    if (outcome instanceof CaptureOutcome.Complete complete) {
      text.outlined(plan, complete.outline());
      return complete.snapshot();
    }
    if (outcome instanceof CaptureOutcome.TooLarge tooLarge) {
      counters.bypassed(BypassReason.RESULT_TOO_LARGE);
      return new Answer.Live(tooLarge.resultSet());
    }
    CaptureOutcome.Refused refused = (CaptureOutcome.Refused) outcome;
    counters.bypassed(refused.reason());
    text.learn(plan, refused.reason(), refused.detail());
    return new Answer.Live(refused.resultSet());
  }
}
