package dev.larder.jdbc.internal.audit;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Asks the database what was answered from memory. Used by one thread. */
final class Rerun {

  /*
   * Why the comparison is fair. The entry's stamp was not open when its query ran and is still current after the query ran again:
   * so no commit that Larder can see touched its tables from before the one until after the other, and both must answer alike. A
   * commit that comes between makes the comparison void. Every difference is looked at twice, because a row order or a plan may
   * waver.
   *
   * Where others may write, two answers may differ for that reason alone. Then the query is run twice more, back to back: if those
   * two agree, what was in memory was stale, within its bound; if even they differ, time after time, the query is to blame.
   */

  private static final int BACK_TO_BACK = 2;

  private final Hit hit;
  private final Connection connection;
  private final boolean seesEveryWrite;
  private final boolean ordered;

  private Rerun(Hit hit, Connection connection, boolean seesEveryWrite) {
    this.hit = hit;
    this.connection = connection;
    this.seesEveryWrite = seesEveryWrite;
    this.ordered = RowOrder.isAskedFor(hit.template());
  }

  /**
   * Judges a hit on a connection of the audit's own.
   *
   * @param seesEveryWrite whether no writer can be invisible to Larder
   */
  static Verdict judge(
      Hit hit, PhysicalConnection<PhysicalProfile> borrowed, boolean seesEveryWrite)
      throws SQLException {
    if (!hit.isProven()) {
      return new Verdict.Void("a table has changed since");
    }
    if (!borrowed.profile().baseline().equals(hit.key().fingerprint().baseline())) {
      return new Verdict.Void("the session began from another state");
    }
    return new Rerun(hit, borrowed.inAutoCommit(), seesEveryWrite).judge();
  }

  private Verdict judge() throws SQLException {
    Difference first = difference(hit.entry().snapshot());
    if (!hit.isProven()) {
      return new Verdict.Void("a table changed meanwhile");
    }
    if (first == null) {
      return new Verdict.Agrees();
    }
    Difference second = difference(hit.entry().snapshot());
    if (!hit.isProven() || second == null) {
      return new Verdict.Void("a table changed meanwhile, or the database wavers");
    }
    return seesEveryWrite || !agreesWithItself()
        ? new Verdict.Differs(second)
        : new Verdict.Stale();
  }

  private boolean agreesWithItself() throws SQLException {
    for (int i = 0; i < BACK_TO_BACK; i++) {
      Snapshot fresh = capture();
      if (fresh == null || difference(fresh) == null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Snapshot capture() throws SQLException {
    Snapshot kept = hit.entry().snapshot();
    try (Statement statement = open();
        ResultSet live = execute(statement)) {
      CaptureOutcome outcome =
          Capture.capture(live, kept.behavior(), Integer.MAX_VALUE - 1, Long.MAX_VALUE);
      return outcome instanceof CaptureOutcome.Complete complete ? complete.snapshot() : null;
    }
  }

  private @Nullable Difference difference(Snapshot kept) throws SQLException {
    try (Statement statement = open();
        ResultSet live = execute(statement);
        ResultSet cursor =
            new SnapshotCursor(kept, statement, ResultSet.TYPE_FORWARD_ONLY, 0, () -> {})) {
      Rows expected = Rows.of(cursor, kept.rows());
      return expected.differenceTo(Rows.of(live, kept.rows()), ordered);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      // What the server objects to in the query itself; a lost connection proves nothing.
      if (state.startsWith("42") || state.startsWith("22")) {
        return Difference.whole("the database refuses the query with SQLSTATE " + state);
      }
      throw e;
    }
  }

  private Statement open() throws SQLException {
    ResultShape shape = hit.key().shape();
    Statement statement = hit.key().parameters().isEmpty() ? plain(shape) : prepared(shape);
    try {
      if (shape.maxRows() > 0) {
        statement.setMaxRows((int) Math.min(Integer.MAX_VALUE, shape.maxRows()));
      }
      if (shape.maxFieldSize() > 0) {
        statement.setMaxFieldSize(shape.maxFieldSize());
      }
      if (statement instanceof PreparedStatement prepared) {
        hit.key().parameters().replay(prepared);
      }
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
    return statement;
  }

  private Statement plain(ResultShape shape) throws SQLException {
    return connection.createStatement(shape.type(), shape.concurrency());
  }

  private PreparedStatement prepared(ResultShape shape) throws SQLException {
    return connection.prepareStatement(hit.sql(), shape.type(), shape.concurrency());
  }

  private ResultSet execute(Statement statement) throws SQLException {
    return statement instanceof PreparedStatement prepared
        ? prepared.executeQuery()
        : statement.executeQuery(hit.sql());
  }
}
