package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner.ConnectionCall;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Interruptions;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.Transaction;
import dev.larder.jdbc.internal.waiting.Wait;
import dev.larder.jdbc.internal.waiting.WaitEnd;
import dev.larder.jdbc.internal.waiting.WaitingConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The state of the connection that an application holds, as its statements and the rooms below see
 * it: beside its session, the lease of a physical connection once there is one, and the open
 * statements. As thread-safe as the driver's: one thread at a time, but for {@link #abort}, {@link
 * #close} and {@link #isClosed}.
 *
 * <p>{@link LarderConnection} adds what JDBC asks. They are one object, because an application
 * opens a connection for each hit.
 */
abstract class ConnectionContext extends ConnectionSession
    implements DriverAccess, WaitingConnection {

  /** Lets a close be seen by others without the full fence that a volatile write costs. */
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED =
          MethodHandles.lookup().findVarHandle(ConnectionContext.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile boolean closed;
  private volatile boolean lost;

  /** The statement that is being executed, for what it waits for. */
  private @Nullable StatementContext serving;

  private volatile @Nullable Wait waiting;
  private @Nullable StatementContext statements;

  // What most connections never need, and so do not carry: one is made for every few statements.

  private volatile @Nullable PhysicalLease lease;
  private @Nullable MethodSettings methodSettings;
  private @Nullable StatementBefore statementBefore;

  /**
   * @param own the physical connection for credentials of its own; null for one of the many that
   *     begin alike
   */
  ConnectionContext(ConnectionSource source, @Nullable PhysicalConnection<PhysicalProfile> own) {
    super(source);
    if (own != null) {
      this.lease = new PhysicalLease(this, own);
    }
  }

  /** Whether it is one of the many that begin alike. */
  final boolean isUsual() {
    PhysicalLease known = lease;
    return known == null || known.isUsual();
  }

  /** What a session is that has set nothing, where nothing is held that may be another. */
  @Override
  final @Nullable Fingerprint freshIfUnleased() {
    return isUnleased() ? source.freshSession() : null;
  }

  @Override
  final boolean isUnleased() {
    PhysicalLease known = lease;
    return known == null || (known.isUsual() && known.held() == null);
  }

  @Override
  public final boolean mayReadElsewhere() throws SQLException {
    Session known = session();
    MethodSettings set = methodSettings;
    boolean alone =
        !known.transaction().isOpen()
            || (set != null
                && Boolean.TRUE.equals(set.readOnly)
                && known.transaction().isolation() < TRANSACTION_SERIALIZABLE);
    return alone
        && isUsual()
        && (set == null || !set.timeLimited)
        && known.fingerprint().isPlain()
        && !known.baseline().hasEmptied()
        && !known.leavesResidue()
        && !known.transaction().hasWritten();
  }

  // The physical connection.

  @Override
  public final PhysicalConnection<PhysicalProfile> physical() throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = physicalIfHeld();
    return borrowed == null ? lease().borrow(Long.MAX_VALUE) : borrowed;
  }

  @Override
  public final PhysicalConnection<PhysicalProfile> physicalWithin(long maxNanos)
      throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = physicalIfHeld();
    return borrowed == null ? lease().borrow(maxNanos) : borrowed;
  }

  @Override
  final @Nullable PhysicalConnection<PhysicalProfile> physicalIfHeld() {
    PhysicalLease known = lease;
    return known == null ? null : known.held();
  }

  @Override
  public final boolean holdsPhysical() {
    return physicalIfHeld() != null;
  }

  /** The lease, which holds a connection only after it was asked for one. */
  final PhysicalLease lease() {
    PhysicalLease known = lease;
    if (known == null) {
      known = new PhysicalLease(this, null);
      lease = known;
    }
    return known;
  }

  /** Brings a connection that was just borrowed to the state of the session. */
  final void prepare(PhysicalConnection<PhysicalProfile> borrowed) throws SQLException {
    rebase(borrowed.profile());
    if (methodSettings != null) {
      methodSettings.setAllOn(borrowed.connection());
    }
  }

  /** It has come to be used. */
  final void prepared() {
    if (methodSettings != null) {
      methodSettings.nothingPending();
    }
  }

  @Override
  protected final Connection delegate() throws SQLException {
    requireOpen();
    Connection own = physical().connection();
    touch();
    return own;
  }

  /** The driver's connection, to be asked what it is set to. */
  final Connection asked() throws SQLException {
    delegate();
    return physical().asked();
  }

  @Override
  public final <T> T driversOwn(Class<T> type) throws SQLException {
    return delegate().unwrap(type);
  }

  /**
   * Whatever reaches the driver may fix the snapshot of the transaction: the position comes first.
   */
  final void touch() throws SQLException {
    Session known = session();
    if (known.transaction().isOpen() && known.transaction().position() == Transaction.NO_POSITION) {
      known.transaction().sending(executor().database().ledger().position());
    }
  }

  @Override
  public final void beginsWork() throws SQLException {
    lease().beginsWork();
  }

  @Override
  public final void endsWork() {
    lease().endsWork();
  }

  @Override
  public final void lostPhysical() {
    lost = true;
  }

  /** Whether nobody may be lent this physical connection again. */
  final boolean isLost() {
    return lost;
  }

  /** Ends what a statement whose result is closed has kept open. */
  final void endHeld(Statement statement) {
    PhysicalLease known = lease;
    if (known != null) {
      known.endHeld(statement);
    }
  }

  /**
   * The application holds an object of the driver's, through which it can write anything at any
   * time: everything counts as being written until this connection is closed.
   */
  final void lentOut() throws SQLException {
    lease().unwrapped();
    session().unwrapped();
  }

  /** A result that the driver made a statement for, which leads to no connection but this. */
  @Override
  public final ResultSet withStatementOfItsOwn(ResultSet own) {
    return new LiveResultSet(own, null, this);
  }

  // What JDBC methods have set.

  /** Sets it on the physical connection, now or when there is one. */
  final void set(String name, ConnectionCall call) throws SQLException {
    requireOpen();
    methodsHaveSet = true;
    PhysicalConnection<PhysicalProfile> borrowed = physicalIfHeld();
    if (borrowed == null) {
      methodSettings().later(name, call);
      return;
    }
    work(call);
  }

  /** The same as {@link #work}, of what the driver may begin a transaction for. */
  final void send(ConnectionCall call) throws SQLException {
    delegate();
    work(call);
  }

  /**
   * A call of the driver's that is no statement. Whoever closes this connection meanwhile leaves
   * the physical one alone, or the rest of the call would reach its next user's transaction.
   */
  private void work(ConnectionCall call) throws SQLException {
    Connection driver = physical().connection();
    try {
      beginsWork();
      try {
        call.run(driver);
      } finally {
        endsWork();
      }
    } catch (SQLException e) {
      failed(e);
      throw withState(e);
    }
  }

  /** What failed need not have been without effect on the session. */
  private void failed(SQLException failure) {
    Session session = sessionIfKnown();
    StatementExecutor known = source.executorIfKnown();
    if (session != null && known != null) {
      known.runner().failed(session, failure);
    }
  }

  final MethodSettings methodSettings() {
    MethodSettings known = methodSettings;
    if (known == null) {
      known = new MethodSettings();
      methodSettings = known;
    }
    return known;
  }

  final @Nullable MethodSettings methodSettingsIfAny() {
    return methodSettings;
  }

  /** Remembers how to undo what the physical connection's next user must not find. */
  final void putBackLater(String what, ConnectionCall call) {
    methodSettings().putBackLater(what, call);
  }

  // Texts.

  final StatementExecutor executor() throws SQLException {
    StatementExecutor executor = source.executorIfKnown();
    if (executor == null) {
      physical();
      executor = source.executor();
    }
    return executor;
  }

  /**
   * The executor that a text needs; null for a question to Larder while the database was not
   * reached, as that needs none.
   */
  final @Nullable StatementExecutor executorFor(CachedStatement text) throws SQLException {
    StatementExecutor executor = source.executorIfKnown();
    return executor == null && text.question() == null ? executor() : executor;
  }

  final CachedStatement know(String sql) throws SQLException {
    if (sql == null) {
      throw new SQLNonTransientException("There is no SQL text", "22004");
    }
    StatementExecutor executor = source.executorIfKnown();
    if (executor == null) {
      CachedStatement asking = CachedStatement.asking(sql);
      if (asking != null) {
        return asking;
      }
      executor = executor();
    }
    return executor.planning().know(sql);
  }

  final StatementPlan plan(CachedStatement text) throws SQLException {
    StatementExecutor executor = executorFor(text);
    return executor == null ? StatementPlanning.LARDERS_OWN : plan(executor, text);
  }

  /** Refuses what Larder answers itself, where it would reach the driver. */
  final void requireForDatabase(@Nullable String sql) throws SQLException {
    if (sql != null) {
      OwnAnswers.requireForDatabase(know(sql));
    }
  }

  /** What a text does in this session, whatever the values of an execution are. */
  final StatementPlan plan(StatementExecutor executor, CachedStatement text) throws SQLException {
    return executor.planning().plan(text, this);
  }

  // What the server would tell of the statement before.

  /**
   * A statement begins. Where it asks the server of the one before, and that was answered from
   * memory, the server is made to tell of that.
   */
  final void begins(StatementExecutor executor, CachedStatement text, StatementPlan plan)
      throws SQLException {
    executes(text);
    StatementBefore before = statementBefore;
    if (before == null) {
      if (!executor.database().tellsOfStatementBefore()) {
        return;
      }
      before = new StatementBefore();
      statementBefore = before;
    }
    boolean cacheable = plan instanceof CacheableRead;
    if (!cacheable && text.asksOfStatementBefore() && before.isServerBehind()) {
      send(before::catchUp);
    }
    before.begins(cacheable && !plan.readsTables());
  }

  /** The query that began last was given an answer, perhaps from memory. */
  final void given(CachedStatement text, Snapshot answer) {
    StatementBefore before = statementBefore;
    if (before != null) {
      before.given(text, answer);
    }
  }

  /** Whether the server's warnings are of another statement than the application's last. */
  final boolean isServerBehind() {
    return statementBefore != null && statementBefore.isTableAnswerUntold();
  }

  @Override
  public final void answered() {
    StatementBefore before = statementBefore;
    if (before != null) {
      before.reachedServer();
    }
    PhysicalLease known = lease;
    if (known != null) {
      known.endHeld();
    }
  }

  // Waiting, and its end by another thread or a time limit.

  @Override
  public final <T> T borrowing(Borrowing<T> borrowing) throws SQLException {
    return Wait.borrowing(this, borrowing, Long.MAX_VALUE);
  }

  @Override
  public final <T> @Nullable T await(CompletableFuture<T> coming, long maxNanos)
      throws SQLException, InterruptedException {
    return Wait.await(this, coming, maxNanos);
  }

  @Override
  public final void waiting(@Nullable Wait wait) {
    waiting = wait;
  }

  /** A statement is executed from now on; null when that is over. */
  final void serving(@Nullable StatementContext statement) {
    serving = statement;
  }

  @Override
  public final @Nullable StatementContext serving() {
    return serving;
  }

  /** Ends what is being waited for, for that statement or, where it is null, for whatever. */
  final void endWait(@Nullable StatementContext statement, WaitEnd why) {
    Wait wait = waiting;
    if (wait != null && (statement == null || wait.isFor(statement))) {
      wait.end(why);
    }
  }

  /**
   * How the driver says that a statement was interrupted, as far as that is known without asking.
   */
  @Override
  public final Interruptions interruptions() {
    StatementExecutor known = source.executorIfKnown();
    return known == null ? Interruptions.STANDARD : known.database().rules().interruptions();
  }

  /** Whether a time limit ends a statement as a cancel would. */
  final boolean isCancelledByTimeLimit() {
    StatementExecutor known = source.executorIfKnown();
    return known != null && known.database().rules().has(SessionTrait.TIME_LIMIT_CANCELS);
  }

  /** Whether the driver may hand out rows of a statement that is still at work. */
  final boolean mayStream() throws SQLException {
    return session().rules().mayHave(SessionTrait.RESULTS_STREAM);
  }

  // Its end.

  final void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("This connection has been closed", "08003");
    }
  }

  @Override
  public final boolean isMarkedClosed() {
    return closed;
  }

  final SQLException closedMeanwhile() {
    return WaitEnd.CONNECTION_CLOSED.exception(interruptions(), null);
  }

  /**
   * A pool's own exception of a connection that has ended bears no SQLSTATE, as a driver's does.
   */
  final SQLException withState(SQLException failure) {
    return withState(failure, physicalIfHeld());
  }

  final SQLException withState(
      SQLException failure, @Nullable PhysicalConnection<PhysicalProfile> sentBy) {
    boolean hasEnded = closed || (sentBy != null && PhysicalLease.isBroken(sentBy));
    return failure.getSQLState() == null && hasEnded
        ? WaitEnd.CONNECTION_CLOSED.exception(interruptions(), failure)
        : failure;
  }

  /** Remembers an open statement, to close it with this connection. */
  final void opened(StatementContext statement) {
    statements = OpenStatements.with(statements, statement);
  }

  final void closed(StatementContext statement) {
    statements = OpenStatements.without(statements, statement);
  }

  private void closeStatements() throws SQLException {
    StatementContext open = statements;
    statements = null;
    SQLException first = OpenStatements.closeAll(open);
    if (first != null && !lost) {
      throw first;
    }
  }

  @Override
  public final void close() throws SQLException {
    if (closed) {
      giveBackIfIdle();
      return;
    }
    CLOSED.setRelease(this, true);
    if (serving != null || waiting != null) {
      // Another thread is using it: now the mark must be there before anything else is looked at.
      VarHandle.fullFence();
      endWait(null, WaitEnd.CONNECTION_CLOSED);
    }
    try {
      closeStatements();
    } finally {
      giveBackIfIdle();
    }
  }

  private void giveBackIfIdle() throws SQLException {
    PhysicalLease held = lease;
    if (held != null) {
      held.giveBack();
    }
  }

  @Override
  public final boolean isClosed() throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = physicalIfHeld();
    return closed || (borrowed != null && borrowed.isClosed());
  }

  @Override
  public final void abort(Executor executor) throws SQLException {
    if (executor == null && !closed) {
      // The driver refuses it.
      physical().connection().abort(executor);
    }
    lost = true;
    closed = true;
    endWait(null, WaitEnd.CONNECTION_CLOSED);
    PhysicalLease held = lease;
    if (held != null) {
      held.abort(executor);
    }
  }
}
