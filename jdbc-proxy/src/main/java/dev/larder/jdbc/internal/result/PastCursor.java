package dev.larder.jdbc.internal.result;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows that are older than they should be, which the result says as a warning. For one thread. */
public final class PastCursor extends SnapshotCursor {

  private @Nullable SQLWarning warning;

  /**
   * A cursor before the first row.
   *
   * @param owner the statement that it is a result of
   * @param listener is told once, at the first close
   */
  public PastCursor(
      QueryResult.Past answer, Statement owner, int type, int fetchSize, Listener listener) {
    super(answer.snapshot(), owner, type, fetchSize, listener);
    this.warning = answer.warning();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    SQLWarning own = super.getWarnings();
    return own == null ? warning : own;
  }

  @Override
  public void clearWarnings() throws SQLException {
    super.clearWarnings();
    warning = null;
  }
}
