package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.delegate.StatementDelegate;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.DriverCall;
import dev.larder.jdbc.internal.execution.QueryRequest;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.execution.TouchedRows;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.store.ResultShape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The statement an application holds: opens the driver's when something must reach the database. As
 * thread-safe as the driver's: one thread at a time, but for {@link #cancel} and {@link #close}.
 */
class LarderStatement extends StatementDelegate implements SnapshotCursor.Listener {

  /** Opens the driver's statement. */
  @FunctionalInterface
  interface Opener<S extends Statement> {
    S open(Connection connection, String sql) throws SQLException;
  }

  /** A call on the driver's statement. */
  @FunctionalInterface
  interface StatementCall {
    void run(Statement statement) throws SQLException;
  }

  /** Lets a close be seen by others without the full fence that a volatile write costs. */
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED = MethodHandles.lookup().findVarHandle(LarderStatement.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A wait so short leaves the driver's own time limit as good as exact. */
  private static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final LarderConnection connection;
  private final Opener<? extends Statement> opener;
  private ResultShape shape;
  private volatile @Nullable Statement physical;
  private volatile boolean closed;

  private int fetchSize;
  private @Nullable BypassReason objection;

  /** Asked for while it was being executed, be it that nothing had reached the driver yet. */
  private volatile boolean cancelled;

  private @Nullable ResultSet current;
  private boolean answeredFromMemory;

  /** What {@link #current} answers, while that is from memory and can be asked again. */
  private @Nullable QueryRequest asked;

  // What most statements never need, and so do not carry.

  private @Nullable StatementSettings settings;
  private volatile @Nullable DatabaseWork databaseWork;

  /** The connection's open statements are linked by these; it closes them with itself. */
  @Nullable LarderStatement previous;

  @Nullable LarderStatement next;

  LarderStatement(
      LarderConnection connection, ResultShape shape, Opener<? extends Statement> opener) {
    this.connection = connection;
    this.shape = shape;
    this.opener = opener;
    connection.opened(this);
  }

  /**
   * A statement that the driver made by itself, for a result of its own. The connection does not
   * close it, as the driver need not.
   */
  LarderStatement(LarderConnection connection, Statement own) {
    this.connection = connection;
    this.shape = ResultShape.PLAIN;
    this.opener = (c, sql) -> own;
    this.physical = own;
  }

  @Override
  protected Statement delegate() throws SQLException {
    requireOpen();
    Statement own = physical;
    if (own == null) {
      try {
        own = open(connection.delegate());
      } catch (SQLException e) {
        throw connection.withState(e);
      }
      physical = own;
      if (closed) {
        // By another thread, which did not see the driver's statement yet.
        own.close();
      }
    }
    connection.touch();
    return own;
  }

  /** The text that the driver's statement is opened with, where it is opened with one. */
  String sql() {
    return "";
  }

  private Statement open(Connection on) throws SQLException {
    Statement opened = opener.open(on, sql());
    try {
      if (settings != null) {
        settings.setAllOn(opened);
      }
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** A statement like this one on another node, and what is asked of it there. */
  @FunctionalInterface
  interface Elsewhere {
    ResultSet run(Statement statement) throws SQLException;
  }

  final ResultSet runOn(Connection other, Elsewhere execution) throws SQLException {
    Statement there = open(other);
    DatabaseWork work = databaseWork();
    work.elsewhere = there;
    try {
      requireOpen();
      requireNotEnded();
      return within(() -> execution.run(there));
    } catch (SQLException | RuntimeException e) {
      there.close();
      throw e;
    } finally {
      work.elsewhere = null;
    }
  }

  final boolean hasDriverStatement() {
    return physical != null;
  }

  final void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLException("This statement has been closed", "55000");
    }
    connection.requireOpen();
  }

  private void set(String name, StatementCall call) throws SQLException {
    requireOpen();
    Statement own = physical;
    if (own != null) {
      call.run(own);
    }
    settings().add(name, call);
  }

  private StatementSettings settings() {
    StatementSettings known = settings;
    if (known == null) {
      known = new StatementSettings();
      settings = known;
    }
    return known;
  }

  private DatabaseWork databaseWork() {
    DatabaseWork known = databaseWork;
    if (known == null) {
      known = new DatabaseWork();
      databaseWork = known;
    }
    return known;
  }

  // Running something.

  /** Rows for a query that this statement runs. */
  final ResultSet query(QueryRequest query) throws SQLException {
    try {
      return query(plan(query.text()), query);
    } finally {
      connection.serving = null;
    }
  }

  private ResultSet query(StatementPlan plan, QueryRequest query) throws SQLException {
    CachedStatement text = query.text();
    connection.begins(text, plan);
    StatementExecutor executor = connection.executor();
    if (!plan.effects().isNone()) {
      executor.countBypass(plan);
      return opened(run(plan, query::run));
    }
    asked = query;
    QueryResult answer = executor.query(plan, connection, query);
    if (answer instanceof Snapshot snapshot) {
      connection.given(text, snapshot);
    }
    return opened(answer);
  }

  /** What an execution does that begins now. */
  private StatementPlan begin(CachedStatement text) throws SQLException {
    StatementPlan plan = plan(text);
    connection.begins(text, plan);
    return plan;
  }

  /** Why the execution is over, or null while it is not. Asked where it has to wait. */
  final @Nullable WaitEnd ended() {
    if (closed) {
      return WaitEnd.STATEMENT_CLOSED;
    }
    if (cancelled) {
      return WaitEnd.CANCELLED;
    }
    return restNanos() <= 0 ? WaitEnd.TIMED_OUT : null;
  }

  private void requireNotEnded() throws SQLException {
    WaitEnd end = ended();
    if (end != null) {
      throw end.exception(connection.interruptions(), null);
    }
  }

  /** How much of its time the execution has left, which begins when this is asked first. */
  final long restNanos() {
    return settings == null ? Long.MAX_VALUE : settings.restNanos();
  }

  /** Pools and drivers meet faults of their own where another thread closes what they work on. */
  private <T> T onDriver(StatementRunner.Call<T> execution) throws SQLException {
    try {
      return execution.run();
    } catch (SQLException e) {
      throw connection.withState(e);
    } catch (RuntimeException e) {
      WaitEnd end = connection.isMarkedClosed() ? WaitEnd.CONNECTION_CLOSED : ended();
      if (end == null) {
        throw e;
      }
      throw end.exception(connection.interruptions(), e);
    }
  }

  /** Runs it on the driver within what waiting has left of the time. */
  final <T> T within(StatementRunner.Call<T> execution) throws SQLException {
    requireNotEnded();
    long left = restNanos();
    if (left == Long.MAX_VALUE
        || TimeUnit.SECONDS.toNanos(settings().queryTimeout()) - left < SHORT_WAIT_NANOS) {
      return onDriver(execution);
    }
    RestOfTime rest = new RestOfTime(this, left);
    T result;
    try {
      result = onDriver(execution);
    } catch (SQLException e) {
      boolean isOver = rest.end() && connection.isCancelledByTimeLimit();
      throw isOver ? WaitEnd.TIMED_OUT.exception(connection.interruptions(), e) : e;
    } finally {
      rest.end();
    }
    return result;
  }

  @Override
  public final ResultSet askAgain(SnapshotCursor cursor, String what) throws SQLException {
    QueryRequest query = asked;
    if (query == null || cursor != current) {
      throw new SQLException("The statement of this result was told to ask for another", "24000");
    }
    // It has its time anew: the application was answered in the first.
    startTime();
    ResultSet own = connection.executor().askAgain(plan(query.text()), connection, query, what);
    return new LiveResultSet(own, this, connection);
  }

  /** What was asked last can no longer be asked again as it was. */
  final void askedOtherwise() {
    asked = null;
  }

  private void startTime() {
    if (settings != null) {
      settings.startTime();
    }
  }

  /** What an execution now would do. */
  private StatementPlan plan(CachedStatement text) throws SQLException {
    return narrowed(connection.plan(text), text);
  }

  private StatementPlan narrowed(StatementPlan plan, CachedStatement text) {
    return plan.effects().rows() != null
        ? plan.of(new Execution(text.analysis().literals(), parameters()))
        : plan;
  }

  /** The parameters as they are set now. */
  BoundValues parameters() {
    return BoundValues.NONE;
  }

  /** Whether there are rows, for a text that this statement runs by {@code execution}. */
  final boolean execute(QueryRequest query, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    boolean rows;
    try {
      StatementPlan plan = plan(query.text());
      if (plan.footprint() != null) {
        query(plan, query);
        return true;
      }
      connection.begins(query.text(), plan);
      connection.executor().countBypass(plan);
      rows = execute(plan, () -> within(execution));
    } finally {
      connection.serving = null;
    }
    if (rows) {
      opened(delegate().getResultSet());
    }
    return rows;
  }

  private boolean execute(StatementPlan plan, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    return connection
        .executor()
        .runner()
        .run(
            connection,
            plan,
            new DriverCall<>(execution, parameterTexts(), keeper(plan), this::touchedRows));
  }

  private long touchedRows(boolean answersWithRows) {
    Statement own = physical;
    try {
      return answersWithRows || own == null ? TouchedRows.UNKNOWN : own.getUpdateCount();
    } catch (SQLException untold) {
      return TouchedRows.UNKNOWN;
    }
  }

  /** Runs a text whose effects count, whatever it answers. */
  final <T> T effective(CachedStatement text, StatementRunner.Call<T> execution)
      throws SQLException {
    try {
      return run(begin(text), () -> within(execution));
    } finally {
      connection.serving = null;
    }
  }

  private <T> T run(StatementPlan plan, StatementRunner.Call<T> execution) throws SQLException {
    return connection
        .executor()
        .runner()
        .run(
            connection,
            plan,
            new DriverCall<>(execution, parameterTexts(), keeper(plan), TouchedRows::of));
  }

  /** A statement with parameters answers with their texts, for SELECT set_config(?, ?, false). */
  IntFunction<@Nullable String> parameterTexts() {
    return position -> null;
  }

  /** MariaDB, and others that may, send rows while the statement is still at work. */
  private @Nullable Consumer<OpenCommit> keeper(StatementPlan plan) throws SQLException {
    if (fetchSize == 0 || !connection.mayStream()) {
      return null;
    }
    // What may commit by itself is a call, which may go on after its first result.
    boolean endsWithResult = !plan.isSeveral() && !plan.effects().commits();
    return open -> connection.hold(open, this, endsWithResult);
  }

  /** Closes what the previous execution left open. */
  final void startOver() throws SQLException {
    requireOpen();
    connection.serving = this;
    startTime();
    if (cancelled) {
      cancelled = false;
    }
    ResultSet previous = current;
    if (previous != null) {
      current = null;
      previous.close();
    }
    answeredFromMemory = false;
    asked = null;
    if (databaseWork != null) {
      databaseWork.warnings = null;
    }
  }

  private ResultSet opened(QueryResult answer) throws SQLException {
    if (answer instanceof Snapshot snapshot) {
      answeredFromMemory = true;
      connection.answeredFromMemory();
      ResultSet cursor = new SnapshotCursor(snapshot, this, shape.type(), fetchSize, this);
      current = cursor;
      return cursor;
    }
    QueryResult.Live live = (QueryResult.Live) answer;
    if (live.elsewhere()) {
      // Its own statement has nothing to say of it.
      answeredFromMemory = true;
      databaseWork().elsewhereResult = live.resultSet();
      connection.readsElsewhere(live.resultSet());
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
    Statement own = physical;
    StatementSettings set = settings;
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
    DatabaseWork work = databaseWork;
    return work == null ? null : work.takeWarnings();
  }

  @Override
  public void cursorClosed() {
    if (isClosedOnCompletion()) {
      try {
        close();
      } catch (SQLException e) {
        // The result is closed all the same, and closing it has nothing to report this with.
        physical = null;
      }
    }
  }

  final void resultClosed(ResultSet result) throws SQLException {
    connection.endHeld(this);
    Statement own = settings != null && settings.completionIsDrivers ? physical : null;
    if (own != null ? own.isClosed() : isClosedOnCompletion() && result == current) {
      close();
    }
  }

  // What the read path asks, of a text given now and of a prepared one.

  public final ResultShape shape() {
    return shape;
  }

  public final @Nullable BypassReason objection() {
    return objection;
  }

  /** Rows that are fetched by and by need their transaction. */
  public final boolean needsItsConnection() throws SQLException {
    return fetchSize != 0 && connection.session().inTransaction();
  }

  private boolean isClosedOnCompletion() {
    return settings != null && settings.closeOnCompletion;
  }

  /** One reading of a text that was given now. */
  private final class Reading implements QueryRequest {
    private final CachedStatement text;

    Reading(String sql) throws SQLException {
      this.text = connection.know(sql);
    }

    @Override
    public CachedStatement text() {
      return text;
    }

    @Override
    public boolean needsItsConnection() throws SQLException {
      return LarderStatement.this.needsItsConnection();
    }

    @Override
    public ResultSet executeOn(Connection other) throws SQLException {
      return runOn(other, there -> there.executeQuery(text.sql()));
    }

    @Override
    public ResultShape shape() {
      return shape;
    }

    @Override
    public BoundValues values() {
      return BoundValues.NONE;
    }

    @Override
    public @Nullable BypassReason objection() {
      return objection;
    }

    @Override
    public ResultSet run() throws SQLException {
      return within(() -> delegate().executeQuery(text.sql()));
    }
  }

  /** Nothing that this statement answers may be kept from now on. */
  final void object() {
    objection = BypassReason.STATEMENT_STATE;
  }

  // Statement, with a text.

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    startOver();
    return query(new Reading(sql));
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    startOver();
    return execute(new Reading(sql), () -> delegate().execute(sql));
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    return executeUncached(sql, () -> delegate().execute(sql, autoGeneratedKeys));
  }

  @Override
  public boolean execute(String sql, int[] columnIndexes) throws SQLException {
    return executeUncached(sql, () -> delegate().execute(sql, columnIndexes));
  }

  @Override
  public boolean execute(String sql, String[] columnNames) throws SQLException {
    return executeUncached(sql, () -> delegate().execute(sql, columnNames));
  }

  final boolean executeUncached(String sql, StatementRunner.Call<Boolean> execution)
      throws SQLException {
    startOver();
    boolean rows = execute(plan(connection.know(sql)), execution);
    if (rows) {
      opened(delegate().getResultSet());
    }
    return rows;
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeUpdate(sql));
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeUpdate(sql, autoGeneratedKeys));
  }

  @Override
  public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeUpdate(sql, columnIndexes));
  }

  @Override
  public int executeUpdate(String sql, String[] columnNames) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeUpdate(sql, columnNames));
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    startOver();
    return effective(
        connection.know(sql), () -> delegate().executeLargeUpdate(sql, autoGeneratedKeys));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeLargeUpdate(sql, columnIndexes));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
    startOver();
    return effective(connection.know(sql), () -> delegate().executeLargeUpdate(sql, columnNames));
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    delegate().addBatch(sql);
    addToBatch(connection.know(sql));
  }

  final void addToBatch(CachedStatement text) throws SQLException {
    StatementPlan plan = connection.plan(text);
    DatabaseWork work = databaseWork();
    Batch batch = work.batch;
    if (batch == null) {
      batch = new Batch();
      work.batch = batch;
    }
    batch.add(plan, () -> narrowed(plan, text));
  }

  @Override
  public void clearBatch() throws SQLException {
    delegate().clearBatch();
    if (databaseWork != null) {
      databaseWork.batch = null;
    }
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return runBatch(() -> delegate().executeBatch());
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return runBatch(() -> delegate().executeLargeBatch());
  }

  private <T> T runBatch(StatementRunner.Call<T> execution) throws SQLException {
    startOver();
    Batch added = databaseWork == null ? null : databaseWork.takeBatch();
    try {
      return added == null ? execution.run() : run(added.together(), () -> within(execution));
    } finally {
      connection.serving = null;
    }
  }

  // Its results.

  @Override
  @SuppressWarnings("NullAway") // null stands for an update count, says JDBC
  public ResultSet getResultSet() throws SQLException {
    requireOpen();
    if (current == null && !answeredFromMemory && physical != null) {
      // What was run as an update may have rows all the same.
      ResultSet own = delegate().getResultSet();
      return own == null ? null : opened(own);
    }
    return current;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return answeredFromMemory || physical == null ? noUpdateCount() : delegate().getUpdateCount();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return answeredFromMemory || physical == null
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
    if (answeredFromMemory || physical == null) {
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
    return databaseWork != null && databaseWork.batch != null;
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
    SQLWarning own = answeredFromMemory || physical == null ? null : delegate().getWarnings();
    return own == null ? takeWarnings() : own;
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    takeWarnings();
    if (physical != null) {
      delegate().clearWarnings();
    }
  }

  // What is asked of them.

  @Override
  public void setMaxRows(int max) throws SQLException {
    setLargeMaxRowsBy("maxRows", max, s -> s.setMaxRows(max));
  }

  @Override
  public void setLargeMaxRows(long max) throws SQLException {
    setLargeMaxRowsBy("maxRows", max, s -> s.setLargeMaxRows(max));
  }

  private void setLargeMaxRowsBy(String name, long max, StatementCall call) throws SQLException {
    if (max < 0) {
      call.run(delegate());
      return;
    }
    set(name, call);
    shape = shape.withMaxRows(max);
  }

  @Override
  public int getMaxRows() throws SQLException {
    requireOpen();
    return physical == null ? (int) shape.maxRows() : delegate().getMaxRows();
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    requireOpen();
    return physical == null ? shape.maxRows() : delegate().getLargeMaxRows();
  }

  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    if (max < 0) {
      delegate().setMaxFieldSize(max);
      return;
    }
    set("maxFieldSize", s -> s.setMaxFieldSize(max));
    shape = shape.withMaxFieldSize(max);
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    requireOpen();
    return physical == null ? shape.maxFieldSize() : delegate().getMaxFieldSize();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    if (rows < 0) {
      // Some drivers give a meaning to it, the others refuse.
      delegate().setFetchSize(rows);
    } else {
      set("fetchSize", s -> s.setFetchSize(rows));
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() throws SQLException {
    requireOpen();
    return fetchSize != 0 && physical == null ? fetchSize : delegate().getFetchSize();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      delegate().setQueryTimeout(seconds);
      return;
    }
    set("queryTimeout", s -> s.setQueryTimeout(seconds));
    settings().queryTimeout(seconds);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    requireOpen();
    int seconds = settings == null ? 0 : settings.queryTimeout();
    return seconds != 0 && physical == null ? seconds : delegate().getQueryTimeout();
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD) {
      object();
      delegate().setFetchDirection(direction);
    } else {
      set("fetchDirection", s -> s.setFetchDirection(direction));
    }
    settings().fetchDirection = direction;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    requireOpen();
    if (physical != null) {
      return delegate().getFetchDirection();
    }
    return settings == null ? ResultSet.FETCH_FORWARD : settings.fetchDirection;
  }

  @Override
  public int getResultSetType() throws SQLException {
    requireOpen();
    return physical == null ? shape.type() : delegate().getResultSetType();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    requireOpen();
    return physical == null ? shape.concurrency() : delegate().getResultSetConcurrency();
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    set("escapeProcessing", s -> s.setEscapeProcessing(enable));
    if (!enable) {
      object();
    }
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    set("cursorName", s -> s.setCursorName(name));
    object();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    set("poolable", s -> s.setPoolable(poolable));
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

  // Its end, and what leads around it.

  @Override
  public void cancel() throws SQLException {
    requireOpen();
    if (connection.serving == this) {
      cancelled = true;
      connection.endWait(this, WaitEnd.CANCELLED);
    }
    cancelDriver();
  }

  final void cancelDriver() throws SQLException {
    DatabaseWork work = databaseWork;
    Statement there = work == null ? null : work.elsewhere;
    Statement own = there == null ? physical : there;
    if (own != null) {
      own.cancel();
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    CLOSED.setRelease(this, true);
    if (connection.serving == this) {
      // By another thread, while this executes: the mark must be there before a wait is looked for.
      VarHandle.fullFence();
      connection.endWait(this, WaitEnd.STATEMENT_CLOSED);
    }
    connection.closed(this);
    ResultSet last = current;
    current = null;
    try {
      if (last != null) {
        last.close();
      }
    } finally {
      ResultSet kept = databaseWork == null ? null : databaseWork.elsewhereResult;
      if (kept != null) {
        kept.close();
      }
      Statement own = physical;
      if (own != null) {
        own.close();
      }
      connection.endHeld(this);
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    Statement own = physical;
    return closed || connection.isClosed() || (own != null && own.isClosed());
  }

  @Override
  public Connection getConnection() throws SQLException {
    requireOpen();
    return connection;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    T own = delegate().unwrap(type);
    if (type.getName().equals(WatchedPgConnection.STATEMENT_INTERFACE)) {
      return WatchedPgConnection.ofStatement(type, own);
    }
    connection.lentOut();
    return own;
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || delegate().isWrapperFor(type);
  }
}
