package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.ask.AnswerTable;
import dev.larder.jdbc.internal.result.PastCursor;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The results of the statement that an application holds: from memory, of the driver's statement or
 * of one on a replica, with their warnings, and what closes with them. Not thread-safe, but for
 * {@link #close}.
 */
abstract class StatementResults extends StatementContext implements SnapshotCursor.Listener {

  private ResultShape shape;
  private int fetchSize;
  private @Nullable BypassReason objection;
  private @Nullable ResultSet current;
  private boolean answeredFromMemory;

  StatementResults(
      ConnectionContext connection, ResultShape shape, Opener<? extends Statement> opener) {
    super(connection, opener);
    this.shape = shape;
  }

  StatementResults(ConnectionContext connection, Statement own) {
    super(connection, own);
    this.shape = ResultShape.PLAIN;
  }

  // What is asked of them.

  public final ResultShape shape() {
    return shape;
  }

  final void shape(ResultShape asked) {
    shape = asked;
  }

  final int fetchSize() {
    return fetchSize;
  }

  final void fetchSize(int rows) {
    fetchSize = rows;
  }

  public final @Nullable BypassReason objection() {
    return objection;
  }

  /** Nothing that this statement answers may be kept from now on. */
  final void object() {
    objection = BypassReason.STATEMENT_STATE;
  }

  /** Rows that are fetched by and by need their transaction. */
  public final boolean needsItsConnection() throws SQLException {
    return fetchSize != 0 && connection.session().transaction().isOpen();
  }

  // Answers.

  /** Opens an answer of Larder's own: of that the database and the session know nothing. */
  final ResultSet openedOwn(AnswerTable answer) {
    answeredFromMemory = true;
    Snapshot rows = answer.snapshot(shape.maxRows());
    // It listens as this does, but for what would run the query again: there is none.
    ResultSet cursor =
        new SnapshotCursor(
            rows, this, ResultSet.TYPE_FORWARD_ONLY, fetchSize, () -> cursorClosed());
    current = cursor;
    return cursor;
  }

  final ResultSet opened(QueryResult answer) throws SQLException {
    if (answer instanceof Snapshot snapshot) {
      answeredFromMemory = true;
      connection.answeredFromMemory();
      ResultSet cursor = new SnapshotCursor(snapshot, this, shape.type(), fetchSize, this);
      current = cursor;
      return cursor;
    }
    if (answer instanceof QueryResult.Past past) {
      answeredFromMemory = true;
      connection.answeredFromMemory();
      ResultSet cursor = new PastCursor(past, this, shape.type(), fetchSize, this);
      current = cursor;
      return cursor;
    }
    QueryResult.Live live = (QueryResult.Live) answer;
    if (live.elsewhere()) {
      // Its own statement has nothing to say of it.
      answeredFromMemory = true;
      databaseWork().elsewhereResult = live.resultSet();
      connection.lease().openWork().readsElsewhere(live.resultSet());
    }
    if (live.warnings() != null) {
      databaseWork().warnings = live.warnings();
    }
    return opened(live.resultSet());
  }

  final ResultSet opened(ResultSet own) throws SQLException {
    ResultSet result = new LiveResultSet(own, this, connection);
    current = result;
    leaveCompletionToTheDriver();
    return result;
  }

  /**
   * Lets the driver's statement close with the last of its results, once the application holds one
   * of them. From then on none is read ahead and closed before.
   */
  private void leaveCompletionToTheDriver() throws SQLException {
    Statement own = driverStatementIfOpen();
    StatementSettings set = settingsIfAny();
    if (set != null
        && set.closeOnCompletion
        && !set.completionIsDrivers
        && !answeredFromMemory
        && own != null) {
      own.closeOnCompletion();
      object();
      set.completionIsDrivers = true;
    }
  }

  /** The warnings that were told already, for whoever asks first. */
  final @Nullable SQLWarning takeWarnings(ResultSet of) {
    return of == current ? takeWarnings() : null;
  }

  private @Nullable SQLWarning takeWarnings() {
    DatabaseWork work = databaseWorkIfAny();
    return work == null ? null : work.takeWarnings();
  }

  @Override
  public void cursorClosed() {
    if (isClosedOnCompletion()) {
      try {
        close();
      } catch (SQLException e) {
        // The result is closed all the same, and closing it has nothing to report this with.
        forgetDriverStatement();
      }
    }
  }

  final void resultClosed(ResultSet result) throws SQLException {
    connection.endHeld(this);
    StatementSettings set = settingsIfAny();
    Statement own = set != null && set.completionIsDrivers ? driverStatementIfOpen() : null;
    if (own != null ? own.isClosed() : isClosedOnCompletion() && result == current) {
      close();
    }
  }

  final boolean isCurrent(ResultSet result) {
    return result == current;
  }

  /** Closes what the previous execution answered. */
  final void startAnew() throws SQLException {
    closeCurrentResult();
    answeredFromMemory = false;
    forgetWarnings();
  }

  @Override
  final void closeCurrentResult() throws SQLException {
    ResultSet last = current;
    if (last != null) {
      current = null;
      last.close();
    }
  }

  // As JDBC asks for them.

  @Override
  @SuppressWarnings("NullAway") // null stands for an update count, says JDBC
  public ResultSet getResultSet() throws SQLException {
    requireOpen();
    if (current == null && !answeredFromMemory && hasDriverStatement()) {
      // What was run as an update may have rows all the same.
      ResultSet own = delegate().getResultSet();
      return own == null ? null : opened(own);
    }
    return current;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return answeredFromMemory || !hasDriverStatement()
        ? noUpdateCount()
        : delegate().getUpdateCount();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return answeredFromMemory || !hasDriverStatement()
        ? noUpdateCount()
        : delegate().getLargeUpdateCount();
  }

  private int noUpdateCount() throws SQLException {
    requireOpen();
    return -1;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(Statement.CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int what) throws SQLException {
    requireOpen();
    ResultSet previous = current;
    if (answeredFromMemory || !hasDriverStatement()) {
      if (previous != null && what != Statement.KEEP_CURRENT_RESULT) {
        previous.close();
      }
      current = null;
      return false;
    }
    boolean rows = delegate().getMoreResults(what);
    current = null;
    if (rows) {
      opened(delegate().getResultSet());
    }
    return rows;
  }

  private boolean hasBatch() {
    DatabaseWork work = databaseWorkIfAny();
    return work != null && work.batch != null;
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    if (answeredFromMemory && !hasBatch() && sql().isEmpty()) {
      // The driver's statement would tell of what it ran before.
      delegate().executeQuery("select 1").close();
    }
    return new LiveResultSet(delegate().getGeneratedKeys(), this, connection);
  }

  @Override
  @SuppressWarnings("NullAway") // null stands for no warnings, says JDBC
  public SQLWarning getWarnings() throws SQLException {
    requireOpen();
    SQLWarning own = answeredFromMemory || !hasDriverStatement() ? null : delegate().getWarnings();
    return own == null ? takeWarnings() : own;
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    takeWarnings();
    if (hasDriverStatement()) {
      delegate().clearWarnings();
    }
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    // Kept here: the driver's statement would close with its result, which is read and closed
    // early.
    requireOpen();
    settings().closeOnCompletion = true;
    if (current != null) {
      leaveCompletionToTheDriver();
    }
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    requireOpen();
    return isClosedOnCompletion();
  }
}
