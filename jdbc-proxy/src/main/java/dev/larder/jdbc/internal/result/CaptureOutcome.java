package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import java.sql.ResultSet;

/** The outcome of an attempt to capture a live result. */
public sealed interface CaptureOutcome {

  /**
   * The whole result is in memory; the live result is at its end and the caller closes it.
   *
   * @param snapshot every row, and the metadata
   * @param description for the capture of another result of the same text
   */
  record Complete(Snapshot snapshot, ResultDescription description) implements CaptureOutcome {}

  /**
   * The result passes the bounds, or failed half way. Nothing is stored.
   *
   * @param resultSet answers as the live result would have, from its first row on; closing it
   *     closes the live result
   */
  record TooLarge(ResultSet resultSet) implements CaptureOutcome {}

  /**
   * The result has something that cannot be reproduced. Nothing was consumed.
   *
   * @param reason why
   * @param detail what, for a log or {@code explain}
   * @param resultSet the live result
   */
  record Refused(BypassReason reason, String detail, ResultSet resultSet)
      implements CaptureOutcome {}

  /**
   * The result passes the bounds, or failed half way, and comes from a driver that can tell only
   * itself what a getter answers. What was read of it is lost; the query has to run again.
   *
   * @param reason why
   * @param detail what, for {@code explain}
   */
  record Spent(BypassReason reason, String detail) implements CaptureOutcome {}
}
