package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The capture of a live result into memory, within bounds. Thread-safe. */
public final class Capture {

  /**
   * What a statement was seen to say that nobody had limited: the longest packet, by a driver that
   * does not say 0. One statement more for each answer would cost a miss some percent.
   */
  private static volatile int unset;

  private Capture() {}

  /** Captures the result of a text of which nothing is known. */
  public static CaptureOutcome capture(
      ResultSet live, DriverBehavior behavior, int maxRows, long maxBytes) throws SQLException {
    return capture(live, behavior, null, maxRows, maxBytes);
  }

  /**
   * Captures a live result that stands before its first row.
   *
   * @param live what the driver answered; not to be used by anyone else meanwhile
   * @param behavior how its driver answers
   * @param last what was known of an earlier result of the same text, or null
   * @param maxRows the most rows to hold
   * @param maxBytes the most bytes to hold
   * @throws SQLException only where the driver fails before the first row was read; a later failure
   *     is thrown by the outcome's result, at the row where the driver failed
   */
  public static CaptureOutcome capture(
      ResultSet live,
      DriverBehavior behavior,
      @Nullable ResultDescription last,
      int maxRows,
      long maxBytes)
      throws SQLException {
    Statement statement = live.getStatement();
    if (statement != null && limitsFields(statement)) {
      return new CaptureOutcome.Refused(
          BypassReason.STATEMENT_STATE, "the statement limits the size of fields", live);
    }
    CapturePlan plan = behavior.plan(live, live.getMetaData(), last);
    if (plan instanceof CapturePlan.Unreadable unreadable) {
      return new CaptureOutcome.Refused(BypassReason.COLUMN_TYPE, unreadable.typeName(), live);
    }
    return new Filling(live, behavior, (CapturePlan.Readable) plan).fill(maxRows, maxBytes);
  }

  /** Whether it limits them beyond what every statement of its driver does. */
  private static boolean limitsFields(Statement statement) throws SQLException {
    int limit = statement.getMaxFieldSize();
    if (limit == 0 || limit == unset) {
      return false;
    }
    try (Statement fresh = statement.getConnection().createStatement()) {
      int found = fresh.getMaxFieldSize();
      unset = found;
      return found != limit;
    }
  }

  /** One capture under way. */
  private static final class Filling {
    private final ResultSet live;
    private final ResultSet values;
    private final DriverBehavior behavior;
    private final ColumnReader[] readers;
    private final ResultDescription description;
    private int rows;

    Filling(ResultSet live, DriverBehavior behavior, CapturePlan.Readable plan) {
      this.live = live;
      this.values = plan.values();
      this.behavior = behavior;
      this.readers = plan.readers();
      this.description = plan.description();
    }

    CaptureOutcome fill(int maxRows, long maxBytes) throws SQLException {
      long bytes = 0;
      while (true) {
        try {
          if (!live.next()) {
            break;
          }
        } catch (SQLException e) {
          if (rows == 0) {
            throw e;
          }
          return behavior.isProven()
              ? new CaptureOutcome.TooLarge(
                  new ReplayedResult(replay(), live, ReplayedResult.Then.FAIL, e))
              : new CaptureOutcome.Spent(BypassReason.COLUMN_TYPE, "a row that cannot be read");
        }
        if (rows >= maxRows || bytes > maxBytes) {
          return tooLarge("");
        }
        try {
          for (int i = 0; i < readers.length; i++) {
            bytes += readers[i].read(values, i + 1);
          }
        } catch (SQLException | RuntimeException e) {
          // The application gets this value from the driver itself, whatever it says of it.
          return tooLarge("a value that cannot be reproduced");
        }
        rows++;
      }
      Snapshot snapshot = snapshot();
      return snapshot.bytes() > maxBytes ? tooLargeAtEnd(snapshot) : complete(snapshot);
    }

    private CaptureOutcome complete(Snapshot snapshot) {
      return new CaptureOutcome.Complete(snapshot, description);
    }

    private Snapshot snapshot() {
      Column[] columns = new Column[readers.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = readers[i].finish();
      }
      return new Snapshot(behavior, columns, description.metaData(), rows);
    }

    private SnapshotCursor replay() throws SQLException {
      return cursor(snapshot());
    }

    private SnapshotCursor cursor(Snapshot snapshot) throws SQLException {
      return new SnapshotCursor(
          snapshot, live.getStatement(), live.getType(), live.getFetchSize(), () -> {});
    }

    /** The live result stands on the row after the captured ones. */
    private CaptureOutcome tooLarge(String fault) throws SQLException {
      if (live.getType() != ResultSet.TYPE_FORWARD_ONLY) {
        live.beforeFirst();
        return new CaptureOutcome.TooLarge(live);
      }
      if (!behavior.isProven()) {
        return fault.isEmpty()
            ? new CaptureOutcome.Spent(BypassReason.RESULT_TOO_LARGE, "")
            : new CaptureOutcome.Spent(BypassReason.COLUMN_TYPE, fault);
      }
      return new CaptureOutcome.TooLarge(
          new ReplayedResult(replay(), live, ReplayedResult.Then.THIS_ROW, null));
    }

    /** The live result stands behind its last row, which was captured. */
    private CaptureOutcome tooLargeAtEnd(Snapshot snapshot) throws SQLException {
      if (live.getType() != ResultSet.TYPE_FORWARD_ONLY) {
        live.beforeFirst();
        return new CaptureOutcome.TooLarge(live);
      }
      if (!behavior.isProven()) {
        return new CaptureOutcome.Spent(BypassReason.RESULT_TOO_LARGE, "");
      }
      return new CaptureOutcome.TooLarge(
          new ReplayedResult(cursor(snapshot), live, ReplayedResult.Then.END, null));
    }
  }
}
