package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.ArrayValue;
import dev.larder.jdbc.internal.delegate.ConnectionDelegate;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.execution.DriverCall;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.execution.StatementRunner.ConnectionCall;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.pool.Acquisition;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.driver.DriverAccess;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Interruptions;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.store.ResultShape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection an application holds: borrows a physical one when a statement must reach the
 * database, and keeps it until it is closed. As thread-safe as the driver's: one thread at a time,
 * but for {@link #abort}, {@link #close} and {@link #isClosed}.
 */
final class LarderConnection extends ConnectionDelegate
    implements ConnectionSource.WatchedConnection, DriverAccess {

  /** What goes by objects of the driver's that do not say which table they write to. */
  private static final StatementPlan WRITES_ANYTHING =
      StatementPlan.uncacheable(
          BypassReason.NOT_A_QUERY,
          "",
          false,
          new StatementEffects(ChangeSet.EVERYTHING, false, false, List.of(), List.of()));

  private static final Logger log = LoggerFactory.getLogger(LarderConnection.class);

  /** Lets a close be seen by others without the full fence that a volatile write costs. */
  private static final VarHandle CLOSED;

  private static final VarHandle PHYSICAL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CLOSED = lookup.findVarHandle(LarderConnection.class, "closed", boolean.class);
      PHYSICAL = lookup.findVarHandle(LarderConnection.class, "physical", PhysicalConnection.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConnectionSource source;

  /** The connection for credentials of its own; null for one of the many that begin alike. */
  private final @Nullable PhysicalConnection<PhysicalProfile> own;

  private @Nullable Session session;
  private volatile @Nullable PhysicalConnection<PhysicalProfile> physical;
  private volatile boolean closed;
  private volatile boolean lost;

  /** The statement that is being executed, for what it waits for. */
  @Nullable LarderStatement serving;

  private volatile @Nullable Wait waiting;
  private volatile boolean atWork;

  private @Nullable LarderStatement statements;
  private volatile boolean blind;
  private long oldestAnswer = NO_OLDER_ANSWER;

  // What most connections never need, and so do not carry: one is made for every few statements.

  private @Nullable MethodSettings methodSettings;
  private volatile @Nullable OpenWork openWork;
  private @Nullable StatementBefore statementBefore;

  /** One of the many that begin alike. */
  LarderConnection(ConnectionSource source) {
    this.source = source;
    this.own = null;
  }

  /** One with credentials of its own, for which the database has given a connection. */
  LarderConnection(ConnectionSource source, PhysicalConnection<PhysicalProfile> own) {
    this.source = source;
    this.own = own;
  }

  private boolean isUsual() {
    return own == null;
  }

  private Borrowing<PhysicalConnection<PhysicalProfile>> lender() {
    PhysicalConnection<PhysicalProfile> lent = own;
    return lent == null ? source.lender() : wait -> lent;
  }

  // The link.

  @Override
  public Session session() throws SQLException {
    Session known = session;
    if (known != null) {
      return known;
    }
    Fingerprint fresh = isUsual() && physical == null ? source.freshSession() : null;
    if (fresh == null) {
      fresh = source.fresh(physical().profile().baseline());
    }
    known = session;
    if (known == null) {
      known = new Session(fresh);
      session = known;
      if (physical == null) {
        known.begunUnder(source.basis());
      } else {
        begunUnder(physical().profile().basis(), known);
      }
    }
    return known;
  }

  @Override
  public @Nullable Fingerprint plainFingerprint() {
    if (session != null || !isUsual() || physical != null) {
      return null;
    }
    Fingerprint fresh = source.freshSession();
    return fresh != null && fresh.readsPlainly() ? fresh : null;
  }

  @Override
  public Fingerprint fingerprint() throws SQLException {
    Session known = session;
    Fingerprint fresh =
        known == null && isUsual() && physical == null ? source.freshSession() : null;
    if (fresh != null) {
      return fresh;
    }
    known = session();
    if (!source.holds(known.basis())) {
      learnAgain(known);
    }
    return known.fingerprint();
  }

  /**
   * Defaults may have changed since it was read what this session begins with. It is read again,
   * unless that would disturb a transaction, or they are being changed right now: until then
   * nothing of the session is cached, and a name without a schema may be any table's.
   */
  private void learnAgain(Session known) throws SQLException {
    if (physical == null && known.hasSetNothing()) {
      Fingerprint fresh = isUsual() ? source.freshSession() : null;
      if (fresh != null) {
        known.rebase(fresh);
        known.begunUnder(source.basis());
        known.baselineIsOld(false);
        return;
      }
    }
    boolean undisturbed = !known.inTransaction() || known.position() == Session.NO_POSITION;
    if (!undisturbed || !source.mayProfile() || known.leavesResidue()) {
      known.baselineIsOld(true);
      return;
    }
    boolean held = physical != null;
    PhysicalConnection<PhysicalProfile> own = physical();
    if (held) {
      boolean asBorrowed = known.hasSetNothing();
      PhysicalProfile now = source.reread(own);
      if (now.basis() == null) {
        known.baselineIsOld(true);
        return;
      }
      if (asBorrowed) {
        // A connection that began under other defaults is to be told by them when it is lent again.
        own.learn(own.profile().isOutdatedBy(now) ? own.profile().withoutBasis() : now);
        known.rebase(source.fresh(now.baseline()));
      } else {
        own.learn(own.profile().withoutBasis());
        known.relearn(now.baseline());
      }
      known.begunUnder(now.basis());
    }
    known.baselineIsOld(!source.holds(known.basis()));
  }

  private void begunUnder(PhysicalProfile.@Nullable Basis basis, Session known) {
    known.begunUnder(basis);
    known.baselineIsOld(!source.holds(basis));
  }

  @Override
  public PhysicalConnection<PhysicalProfile> physical() throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = physical;
    return borrowed == null ? physicalWithin(Long.MAX_VALUE) : borrowed;
  }

  /** Borrows one, and waits for it no longer than that. */
  private PhysicalConnection<PhysicalProfile> physicalWithin(long maxNanos) throws SQLException {
    requireOpen();
    PhysicalConnection<PhysicalProfile> borrowed =
        source.borrow(() -> borrowing(lender(), maxNanos), isUsual());
    try {
      if (closed) {
        // Another thread did it meanwhile: nothing was set on it, so that others may have it.
        borrowed.release();
        throw closedMeanwhile();
      }
      Session known = session;
      if (known != null) {
        known.rebase(source.fresh(borrowed.profile().baseline()));
        begunUnder(borrowed.profile().basis(), known);
      }
      if (methodSettings != null) {
        methodSettings.setAllOn(borrowed.connection());
      }
    } catch (SQLException e) {
      SQLException told = withState(e, borrowed);
      borrowed.discard();
      throw told;
    } catch (RuntimeException | Error e) {
      borrowed.discard();
      throw e;
    }
    if (methodSettings != null) {
      methodSettings.nothingPending();
    }
    SessionBaseline baseline = borrowed.profile().baseline();
    blind = baseline.isUnknown();
    boolean replace = blind && source.isBlind(this, baseline);
    physical = borrowed;
    if (replace) {
      session().stateUnknown("the connection does not tell what it is");
    }
    // Whoever closes this connection marks it first and looks for a physical one then.
    endIfClosed();
    return borrowed;
  }

  /** Gives back what came, or came into use, after another thread closed this connection. */
  private void endIfClosed() throws SQLException {
    if (closed && physical != null) {
      giveBack();
      throw closedMeanwhile();
    }
  }

  private SQLException closedMeanwhile() {
    return WaitEnd.CONNECTION_CLOSED.exception(interruptions(), null);
  }

  /**
   * How the driver says that a statement was interrupted, as far as that is known without asking.
   */
  Interruptions interruptions() {
    StatementExecutor known = source.executorIfKnown();
    return known == null ? Interruptions.STANDARD : known.database().rules().interruptions();
  }

  /** Whether a time limit ends a statement as a cancel would. */
  boolean isCancelledByTimeLimit() {
    StatementExecutor known = source.executorIfKnown();
    return known != null && known.database().rules().has(SessionTrait.TIME_LIMIT_CANCELS);
  }

  // Waiting, and its end by another thread or a time limit.

  @Override
  public <T> T borrowing(Borrowing<T> borrowing) throws SQLException {
    return borrowing(borrowing, Long.MAX_VALUE);
  }

  private <T> T borrowing(Borrowing<T> borrowing, long maxNanos) throws SQLException {
    Acquisition acquisition = new Acquisition();
    Wait wait = begin(acquisition::end);
    LarderStatement served = serving;
    long rest = served == null ? maxNanos : Math.min(maxNanos, served.restNanos());
    Future<?> alarm = rest == Long.MAX_VALUE ? null : wait.endIn(rest);
    try {
      return borrowing.by(acquisition);
    } catch (SQLException e) {
      WaitEnd end = wait.ended();
      throw end == null ? e : end.exception(interruptions(), e);
    } finally {
      waiting = null;
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
  }

  @Override
  public <T> @Nullable T await(CompletableFuture<T> coming, long maxNanos)
      throws SQLException, InterruptedException {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Wait wait = begin(() -> ended.complete(true));
    LarderStatement served = serving;
    long rest = served == null ? Long.MAX_VALUE : served.restNanos();
    try {
      CompletableFuture.anyOf(coming, ended).get(Math.min(maxNanos, rest), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      if (rest <= maxNanos) {
        wait.end(WaitEnd.TIMED_OUT);
      }
    } catch (ExecutionException failed) {
      // The other caller's failure is not this one's.
    } finally {
      waiting = null;
    }
    WaitEnd end = wait.ended();
    if (end != null) {
      throw end.exception(interruptions(), null);
    }
    return coming.isDone() && !coming.isCompletedExceptionally() ? coming.getNow(null) : null;
  }

  /**
   * @throws SQLException if what waits has been ended before
   */
  private Wait begin(Runnable wake) throws SQLException {
    LarderStatement served = serving;
    Wait wait = new Wait(served, wake);
    // Before it is asked what was ended: whoever ends something looks for a wait afterwards.
    waiting = wait;
    WaitEnd end = served == null ? null : served.ended();
    if (closed) {
      end = WaitEnd.CONNECTION_CLOSED;
    }
    if (end != null) {
      waiting = null;
      throw end.exception(interruptions(), null);
    }
    return wait;
  }

  /** Ends what is being waited for, for that statement or, where it is null, for whatever. */
  void endWait(@Nullable LarderStatement statement, WaitEnd why) {
    Wait wait = waiting;
    if (wait != null && (statement == null || wait.isFor(statement))) {
      wait.end(why);
    }
  }

  @Override
  public void beginsWork() throws SQLException {
    atWork = true;
    // Asked after that: whoever closes this marks it, and then asks whether it is at work.
    if (closed) {
      endsWork();
      throw closedMeanwhile();
    }
  }

  @Override
  public void endsWork() {
    atWork = false;
    if (closed && physical != null) {
      endLate();
    }
  }

  /** What another thread closed while a statement was at work, or about to be. */
  private void endLate() {
    // The statement may have set something, which is not noted yet.
    lost = true;
    try {
      giveBack();
    } catch (SQLException e) {
      log.debug("A connection that was closed while it was in use could not be given back", e);
    }
  }

  @Override
  public boolean holdsPhysical() {
    return physical != null;
  }

  @Override
  public boolean mayReadElsewhere() throws SQLException {
    Session known = session();
    MethodSettings set = methodSettings;
    boolean alone =
        !known.inTransaction()
            || (set != null
                && Boolean.TRUE.equals(set.readOnly)
                && known.isolation() < TRANSACTION_SERIALIZABLE);
    return alone
        && isUsual()
        && (set == null || !set.timeLimited)
        && known.fingerprint().isPlain()
        && !known.baseline().hasEmptied()
        && !known.leavesResidue()
        && known.changes().isEmpty();
  }

  /** Remembers a result that another node still sends, for a thread that ends this connection. */
  void readsElsewhere(ResultSet result) {
    openWork().readsElsewhere(result);
  }

  private OpenWork openWork() {
    OpenWork known = openWork;
    if (known == null) {
      known = new OpenWork();
      openWork = known;
    }
    return known;
  }

  private MethodSettings methodSettings() {
    MethodSettings known = methodSettings;
    if (known == null) {
      known = new MethodSettings();
      methodSettings = known;
    }
    return known;
  }

  @Override
  public void lostPhysical() {
    lost = true;
  }

  @Override
  protected Connection delegate() throws SQLException {
    requireOpen();
    Connection own = physical().connection();
    touch();
    return own;
  }

  /**
   * Whatever reaches the driver may fix the snapshot of the transaction: the position comes first.
   */
  void touch() throws SQLException {
    Session known = session();
    if (known.inTransaction() && known.position() == Session.NO_POSITION) {
      known.sending(executor().database().ledger().position());
    }
  }

  StatementExecutor executor() throws SQLException {
    StatementExecutor executor = source.executorIfKnown();
    if (executor == null) {
      physical();
      executor = source.executor();
    }
    return executor;
  }

  CachedStatement know(String sql) throws SQLException {
    if (sql == null) {
      throw new SQLNonTransientException("There is no SQL text", "22004");
    }
    return executor().planning().know(sql);
  }

  StatementPlan plan(CachedStatement text) throws SQLException {
    return executor().planning().plan(text, this);
  }

  void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("This connection has been closed", "08003");
    }
  }

  /** Whether somebody has closed or aborted it; asks nobody else. */
  boolean isMarkedClosed() {
    return closed;
  }

  /** Remembers an open statement, to close it with this connection. */
  void opened(LarderStatement statement) {
    LarderStatement first = statements;
    statement.next = first;
    if (first != null) {
      first.previous = statement;
    }
    statements = statement;
  }

  void closed(LarderStatement statement) {
    LarderStatement before = statement.previous;
    LarderStatement after = statement.next;
    if (before != null) {
      before.next = after;
    } else if (statements == statement) {
      statements = after;
    }
    if (after != null) {
      after.previous = before;
    }
    statement.previous = null;
    statement.next = null;
  }

  private void closeStatements() throws SQLException {
    SQLException first = null;
    LarderStatement open = statements;
    statements = null;
    while (open != null) {
      LarderStatement following = open.next;
      try {
        open.close();
      } catch (SQLException e) {
        first = first == null ? e : first;
      }
      open = following;
    }
    if (first != null && !lost) {
      throw first;
    }
  }

  /** Whether the driver may hand out rows of a statement that is still at work. */
  boolean mayStream() throws SQLException {
    return session().rules().mayHave(SessionTrait.RESULTS_STREAM);
  }

  /** The server may still be at work on a statement whose result is not read yet. */
  void hold(OpenCommit open, @Nullable Statement statement, boolean endsWithResult) {
    openWork().hold(open, statement, endsWithResult);
  }

  /** Ends what a statement whose result is closed has kept open. */
  void endHeld(Statement statement) {
    OpenWork open = openWork;
    if (open != null) {
      open.endOf(statement);
    }
  }

  // What the server would tell of the statement before.

  /**
   * A statement begins. Where it asks the server of the one before, and that was answered from
   * memory, the server is made to tell of that.
   */
  void begins(CachedStatement text, StatementPlan plan) throws SQLException {
    StatementBefore before = statementBefore;
    if (before == null) {
      if (!executor().database().tellsOfStatementBefore()) {
        return;
      }
      before = new StatementBefore();
      statementBefore = before;
    }
    boolean asks = text.asksOfStatementBefore() && plan.footprint() == null;
    if (asks && before.isServerBehind()) {
      before.catchUp(delegate());
    }
    before.begins(plan.footprint() != null && !plan.readsTables());
  }

  /** The query that began last was given an answer, perhaps from memory. */
  void given(CachedStatement text, Snapshot answer) {
    StatementBefore before = statementBefore;
    if (before != null) {
      before.given(text, answer);
    }
  }

  @Override
  public void answered() {
    StatementBefore before = statementBefore;
    if (before != null) {
      before.reachedServer();
    }
    OpenWork open = openWork;
    if (open != null) {
      open.takeCommits().forEach(OpenCommit::end);
    }
  }

  private void set(String name, ConnectionCall call) throws SQLException {
    requireOpen();
    PhysicalConnection<PhysicalProfile> borrowed = physical;
    if (borrowed == null) {
      methodSettings().later(name, call);
      return;
    }
    try {
      call.run(borrowed.connection());
    } catch (SQLException e) {
      throw withState(e, borrowed);
    }
  }

  // Statements.

  @Override
  public Statement createStatement() throws SQLException {
    requireOpen();
    return new LarderStatement(this, ResultShape.PLAIN, (c, sql) -> c.createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    requireOpen();
    ResultShape shape = new ResultShape(type, concurrency, 0, 0, 0);
    LarderStatement statement =
        new LarderStatement(this, shape, (c, sql) -> c.createStatement(type, concurrency));
    return askedOfTheDriver(statement, !shape.isSnapshot());
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    requireOpen();
    ResultShape shape = new ResultShape(type, concurrency, holdability, 0, 0);
    LarderStatement statement =
        new LarderStatement(
            this, shape, (c, sql) -> c.createStatement(type, concurrency, holdability));
    return askedOfTheDriver(statement, !shape.isSnapshot() || !isHoldability(holdability));
  }

  /** A statement that the driver may refuse, or has to run, is opened on it at once. */
  private static <S extends LarderStatement> S askedOfTheDriver(S statement, boolean asks)
      throws SQLException {
    if (asks) {
      statement.delegate();
    }
    return statement;
  }

  private static boolean isHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT
        || holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepare(sql, ResultShape.PLAIN, true, Connection::prepareStatement);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    ResultShape shape = new ResultShape(type, concurrency, 0, 0, 0);
    return prepare(sql, shape, true, (c, s) -> c.prepareStatement(s, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    ResultShape shape = new ResultShape(type, concurrency, holdability, 0, 0);
    LarderPreparedStatement statement =
        prepare(sql, shape, true, (c, s) -> c.prepareStatement(s, type, concurrency, holdability));
    return askedOfTheDriver(statement, !isHoldability(holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    boolean plain = autoGeneratedKeys == Statement.NO_GENERATED_KEYS;
    return prepare(
        sql, ResultShape.PLAIN, plain, (c, s) -> c.prepareStatement(s, autoGeneratedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return prepare(sql, ResultShape.PLAIN, false, (c, s) -> c.prepareStatement(s, columnIndexes));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return prepare(sql, ResultShape.PLAIN, false, (c, s) -> c.prepareStatement(s, columnNames));
  }

  private LarderPreparedStatement prepare(
      String sql,
      ResultShape shape,
      boolean plainKeys,
      LarderStatement.Opener<PreparedStatement> opener)
      throws SQLException {
    requireOpen();
    LarderPreparedStatement statement =
        new LarderPreparedStatement(this, know(sql), shape, plainKeys, opener);
    statement.prepareNowIfNotCached();
    return askedOfTheDriver(statement, !shape.isSnapshot());
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return new LarderCallableStatement(this, sql, delegate().prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return new LarderCallableStatement(this, sql, delegate().prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return new LarderCallableStatement(
        this, sql, delegate().prepareCall(sql, type, concurrency, holdability));
  }

  // The transaction.

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    requireOpen();
    Session current = session();
    if (current.autoCommit() == autoCommit) {
      return;
    }
    if (autoCommit && physical != null) {
      commit(c -> c.setAutoCommit(true));
    } else {
      if (autoCommit) {
        nothingWasSent();
        current.committed();
      }
      set("autoCommit", c -> c.setAutoCommit(autoCommit));
    }
    current.autoCommit(autoCommit);
    oldestAnswer = NO_OLDER_ANSWER;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return session().autoCommit();
  }

  @Override
  public void commit() throws SQLException {
    requireOpen();
    Session current = session();
    if (physical == null && !current.autoCommit()) {
      nothingWasSent();
      current.committed();
    } else {
      commit(Connection::commit);
    }
    oldestAnswer = NO_OLDER_ANSWER;
  }

  private void commit(ConnectionCall call) throws SQLException {
    try {
      executor().runner().commit(this, call);
    } catch (SQLException e) {
      throw withState(e);
    }
  }

  /**
   * There is no physical connection to commit or roll back on.
   *
   * @throws SQLException if that is because another thread has just taken it away, by closing this
   */
  private void nothingWasSent() throws SQLException {
    // Asked after it was seen that there is none: whoever closes this marks it first.
    requireOpen();
  }

  /**
   * A pool's own exception of a connection that has ended bears no SQLSTATE, as a driver's does.
   */
  SQLException withState(SQLException failure) {
    return withState(failure, physical);
  }

  private SQLException withState(
      SQLException failure, @Nullable PhysicalConnection<PhysicalProfile> sentBy) {
    boolean hasEnded = closed || (sentBy != null && isBroken(sentBy));
    return failure.getSQLState() == null && hasEnded
        ? WaitEnd.CONNECTION_CLOSED.exception(interruptions(), failure)
        : failure;
  }

  @Override
  public void rollback() throws SQLException {
    requireOpen();
    Session current = session();
    if (physical != null || current.autoCommit()) {
      Connection own = delegate();
      try {
        executor().runner().rollback(current, own::rollback);
      } catch (SQLException e) {
        throw withState(e);
      }
    } else {
      nothingWasSent();
    }
    current.rolledBack();
    oldestAnswer = NO_OLDER_ANSWER;
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    Savepoint savepoint = delegate().setSavepoint();
    session().savepoint(name(savepoint));
    return savepoint;
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    Savepoint savepoint = delegate().setSavepoint(name);
    session().savepoint(name);
    return savepoint;
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    Connection own = delegate();
    executor().runner().rollback(session(), () -> own.rollback(savepoint));
    session().rolledBackTo(name(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    String name = name(savepoint);
    delegate().releaseSavepoint(savepoint);
    session().released(name);
  }

  /** A savepoint answers to its name or to its number, never to both. */
  private static String name(Savepoint savepoint) throws SQLException {
    try {
      return savepoint.getSavepointName();
    } catch (SQLException unnamed) {
      return "#" + savepoint.getSavepointId();
    }
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    Session current = session();
    beginAsTheDriverWould(current);
    if (!isIsolation(level)) {
      // The driver refuses it.
      physical();
    }
    if (physical != null && current.inTransaction()) {
      // Some drivers commit here.
      executor().runner().mayCommit(this, c -> c.setTransactionIsolation(level));
    } else {
      set("isolation", c -> c.setTransactionIsolation(level));
    }
    current.isolation(level);
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    requireOpen();
    return physical == null ? session().sessionIsolation() : asked().getTransactionIsolation();
  }

  private static boolean isIsolation(int level) {
    return level == TRANSACTION_READ_UNCOMMITTED
        || level == TRANSACTION_READ_COMMITTED
        || level == TRANSACTION_REPEATABLE_READ
        || level == TRANSACTION_SERIALIZABLE;
  }

  /**
   * Where memory has answered, the driver's transaction would have begun, and pgjdbc refuses to
   * change it then: so it begins now.
   */
  private void beginAsTheDriverWould(Session current) throws SQLException {
    if (current.rules().has(SessionTrait.TRANSACTION_BEGINS_WITH_STATEMENT)
        && current.wasAnswered()
        && current.inTransaction()
        && current.position() == Session.NO_POSITION) {
      try (Statement statement = delegate().createStatement()) {
        statement.execute("select 1");
      }
    }
  }

  /** Memory has answered. */
  void answeredFromMemory() {
    Session known = session;
    if (known != null) {
      known.answered();
    }
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    beginAsTheDriverWould(session());
    set("readOnly", c -> c.setReadOnly(readOnly));
    methodSettings().readOnly = readOnly;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    requireOpen();
    Boolean told = methodSettings == null ? null : methodSettings.readOnly;
    return physical == null
            && told != null
            && !session().rules().mayHave(SessionTrait.IGNORES_READ_ONLY)
        ? told
        : asked().isReadOnly();
  }

  // The session.

  @Override
  public void setSchema(String schema) throws SQLException {
    Session current = session();
    set("schema", c -> c.setSchema(schema));
    if (current.rules().has(SessionTrait.SCHEMA_DEPENDS_ON_DRIVER)) {
      current.stateUnknown("setSchema");
    }
    current.setByMethod("schema", schema, physical != null);
    methodSettings().schema = schema;
  }

  @Override
  @SuppressWarnings("NullAway") // null stands for none, says JDBC
  public String getSchema() throws SQLException {
    requireOpen();
    // What was set need not be what there is.
    return physical != null || (methodSettings != null && methodSettings.schema != null)
        ? asked().getSchema()
        : session().baseline().schema();
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    Session current = session();
    set("catalog", c -> c.setCatalog(catalog));
    if (current.rules().has(SessionTrait.IGNORES_CATALOG)) {
      return;
    }
    String name = current.rules().has(SessionTrait.CATALOG_IS_SCHEMA) ? "schema" : "catalog";
    current.setByMethod(name, catalog, physical != null);
    methodSettings().catalog = catalog;
  }

  @Override
  @SuppressWarnings("NullAway") // null stands for none, says JDBC
  public String getCatalog() throws SQLException {
    requireOpen();
    if (physical != null) {
      return asked().getCatalog();
    }
    String set = methodSettings == null ? null : methodSettings.catalog;
    return set == null ? session().baseline().catalog() : set;
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    set("typeMap", c -> c.setTypeMap(map));
    if (map != null && !map.isEmpty()) {
      session().stateUnknown("setTypeMap");
    }
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    delegate().setHoldability(holdability);
    session().setByMethod("holdability", Integer.toString(holdability), true);
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    if (milliseconds < 0) {
      // The driver refuses it.
      physical();
    }
    set("networkTimeout", c -> c.setNetworkTimeout(executor, milliseconds));
    methodSettings().timeLimited = milliseconds != 0;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return asked().getNetworkTimeout();
  }

  /** The driver's connection, to be asked what it is set to. */
  private Connection asked() throws SQLException {
    delegate();
    return physical().asked();
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    try {
      if (!isTakenUnheard(name)) {
        // The driver refuses it, or warns.
        physical();
      }
      set("clientInfo." + name, c -> c.setClientInfo(name, value));
      noteClientInfo(name, value);
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw clientInfo(e);
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    try {
      for (String name : properties.stringPropertyNames()) {
        if (!isTakenUnheard(name)) {
          physical();
        }
      }
      set("clientInfo", c -> c.setClientInfo(properties));
      for (String name : properties.stringPropertyNames()) {
        noteClientInfo(name, properties.getProperty(name));
      }
    } catch (SQLClientInfoException e) {
      throw e;
    } catch (SQLException e) {
      throw clientInfo(e);
    }
  }

  private boolean isTakenUnheard(@Nullable String name) throws SQLException {
    return "ApplicationName".equals(name)
        && session().rules().has(SessionTrait.TAKES_APPLICATION_NAME);
  }

  private void noteClientInfo(String name, @Nullable String value) throws SQLException {
    if (!name.equalsIgnoreCase("ApplicationName")) {
      session().setByMethod("clientInfo." + name, value, physical != null);
    }
  }

  private static SQLClientInfoException clientInfo(SQLException e) {
    return new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
  }

  @Override
  @SuppressWarnings("NullAway") // null stands for no warnings, says JDBC
  public SQLWarning getWarnings() throws SQLException {
    requireOpen();
    boolean ofAnother = statementBefore != null && statementBefore.isTableAnswerUntold();
    return physical == null || ofAnother ? null : delegate().getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    if (physical != null) {
      delegate().clearWarnings();
    }
    Session known = session;
    if (known == null || known.autoCommit()) {
      // Pools do this between two users, and in auto-commit nothing else tells them apart.
      oldestAnswer = NO_OLDER_ANSWER;
    }
  }

  @Override
  public void beginRequest() throws SQLException {
    requireOpen();
    if (physical != null) {
      delegate().beginRequest();
    }
  }

  @Override
  public void endRequest() throws SQLException {
    requireOpen();
    if (physical != null) {
      delegate().endRequest();
    }
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return new LarderDatabaseMetaData(this, delegate().getMetaData());
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0 || closed || physical != null) {
      return !closed && delegate().isValid(timeout);
    }
    long limit = timeout == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(timeout);
    long began = System.nanoTime();
    try {
      physicalWithin(limit);
    } catch (SQLException unreachable) {
      return false;
    }
    long rest = limit - (System.nanoTime() - began);
    // Whole seconds only, and none would be for ever.
    return delegate()
        .isValid(timeout == 0 ? 0 : (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(rest)));
  }

  // Its end, and what leads around it.

  @Override
  public void close() throws SQLException {
    if (closed) {
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
      giveBack();
    }
  }

  /** The physical connection, which one caller only gets to give it back. */
  @SuppressWarnings("unchecked")
  private @Nullable PhysicalConnection<PhysicalProfile> takePhysical() {
    return physical == null
        ? null
        : (PhysicalConnection<PhysicalProfile>) PHYSICAL.getAndSet(this, null);
  }

  private void giveBack() throws SQLException {
    if (physical != null) {
      // The mark that this is closed must be there before it is asked.
      VarHandle.fullFence();
      if (atWork) {
        // Another thread's statement: it gives the connection back when the driver has answered.
        return;
      }
    }
    PhysicalConnection<PhysicalProfile> borrowed = takePhysical();
    if (borrowed == null) {
      return;
    }
    Session known = session;
    boolean broken = isBroken(borrowed);
    boolean answered = false;
    try {
      if (lost
          || broken
          || (known != null && !restored(borrowed, known))
          || (methodSettings != null && !methodSettings.hasPutBack(borrowed.connection()))) {
        borrowed.discard();
      } else {
        // A driver need not wait for the end of a call when the statement is closed.
        answered = openWork == null || !openWork.hasCommits() || borrowed.connection().isValid(0);
        borrowed.release();
      }
    } finally {
      settle(borrowed, answered, !broken);
      forgetUndone(known);
    }
  }

  /** Forgets what was written by a transaction that ends with this connection. */
  private void forgetUndone(@Nullable Session known) {
    StatementExecutor executor = source.executorIfKnown();
    if (known != null && executor != null) {
      executor.runner().forget(known.changes());
    }
  }

  private static boolean isBroken(PhysicalConnection<PhysicalProfile> borrowed) {
    try {
      return borrowed.isClosed();
    } catch (SQLException | RuntimeException e) {
      return true;
    }
  }

  /**
   * Ends what was under way until now, or leaves it to the ledger to find out when the server is
   * done with it.
   *
   * @param answered whether the driver has read every answer
   * @param alive whether what the driver's own object wrote was answered too
   */
  private void settle(
      PhysicalConnection<PhysicalProfile> borrowed, boolean answered, boolean alive) {
    OpenWork open = openWork;
    if (open != null) {
      open.takeCommits().forEach(commit -> settle(commit, borrowed, answered));
    }
    OpenCommit unwrapped = open == null ? null : open.takeUnwrapped();
    if (unwrapped != null) {
      settle(unwrapped, borrowed, alive);
      StatementExecutor known = source.executorIfKnown();
      if (known != null) {
        known.database().unwrapped().decrementAndGet();
      }
    }
    OpenCommit unseen = blind ? source.noLongerBlind(this) : null;
    if (unseen != null) {
      settle(unseen, borrowed, alive);
    }
  }

  private void settle(OpenCommit open, PhysicalConnection<PhysicalProfile> borrowed, boolean over) {
    StatementExecutor known = source.executorIfKnown();
    if (over || known == null) {
      open.end();
    } else {
      known.runner().doubt(open, borrowed);
    }
  }

  /**
   * Brings back what this session has set on the physical connection. False where that is not known
   * to be possible, so that the connection must not be lent again.
   */
  private boolean restored(PhysicalConnection<PhysicalProfile> borrowed, Session known) {
    if (known.leavesResidue()) {
      return false;
    }
    if (known.hasSetNothing()) {
      return true;
    }
    Connection own = borrowed.connection();
    try {
      if (!known.touched().isEmpty() && known.inTransaction()) {
        own.rollback();
        known.rolledBack();
      }
      Set<String> touched = known.touched();
      touched.forEach(source.customSettings()::add);
      PhysicalProfile profile = borrowed.profile();
      List<String> statements = profile.restoring(touched);
      if (statements == null) {
        return false;
      }
      if (!statements.isEmpty()) {
        run(own, statements);
      }
      if (!known.emptied().isEmpty()) {
        PhysicalProfile emptied = profile.withEmpty(known.emptied());
        if (emptied != profile) {
          borrowed.learn(emptied);
        }
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void run(Connection own, List<String> statements) throws SQLException {
    if (!own.getAutoCommit()) {
      // Not to be undone by the rollback with which the connection is given back.
      own.setAutoCommit(true);
    }
    try (Statement statement = own.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    PhysicalConnection<PhysicalProfile> borrowed = physical;
    return closed || (borrowed != null && borrowed.isClosed());
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null && !closed) {
      // The driver refuses it.
      physical().connection().abort(executor);
    }
    lost = true;
    closed = true;
    endWait(null, WaitEnd.CONNECTION_CLOSED);
    if (openWork != null) {
      openWork.closeElsewhere();
    }
    PhysicalConnection<PhysicalProfile> borrowed = takePhysical();
    if (borrowed != null) {
      try {
        borrowed.connection().abort(executor);
      } finally {
        borrowed.discard();
        settle(borrowed, false, false);
        forgetUndone(session);
      }
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    DataSource owner = source.owner();
    if (type == SharedLedger.class || type.isInstance(owner)) {
      // The only way there for those who came through the Driver.
      return owner.unwrap(type);
    }
    T own = delegate().unwrap(type);
    if (type.getName().equals(WatchedPgConnection.INTERFACE)) {
      return WatchedPgConnection.of(type, own, this);
    }
    lentOut();
    return own;
  }

  @Override
  public <T> T driversOwn(Class<T> type) throws SQLException {
    return delegate().unwrap(type);
  }

  /** Remembers how to undo what the physical connection's next user must not find. */
  void putBackLater(String what, ConnectionCall call) {
    methodSettings().putBackLater(what, call);
  }

  // What a cache above asks.

  @Override
  public ChangeSet differs() {
    Session known = session;
    if (known == null) {
      return isUsual() ? ChangeSet.NOTHING : ChangeSet.EVERYTHING;
    }
    Fingerprint fresh = source.freshSession();
    return fresh == null ? ChangeSet.EVERYTHING : differs(known, fresh);
  }

  private ChangeSet differs(Session known, Object usual) {
    boolean ordinary =
        isUsual()
            && known.bypass() == null
            && known.fingerprint().equals(usual)
            && Eligibility.seesOneCommittedState(known);
    return ordinary ? known.mayHaveWritten() : ChangeSet.EVERYTHING;
  }

  @Override
  public ChangeSet differsFrom(Object schema) {
    Session known = session;
    return known == null || source.freshSession() == null
        ? ChangeSet.EVERYTHING
        : differs(known, schema);
  }

  @Override
  public @Nullable Object schema() {
    try {
      Session known = session();
      boolean ordinary = isUsual() && known.bypass() == null;
      return ordinary && known.fingerprint().setsSchemaAtMost() ? known.fingerprint() : null;
    } catch (SQLException unreachable) {
      return null;
    }
  }

  @Override
  public void answeredAsOf(long readAtNanos) {
    long oldest = oldestAnswer;
    if (oldest == NO_OLDER_ANSWER || readAtNanos - oldest < 0) {
      oldestAnswer = readAtNanos;
    }
  }

  @Override
  public long oldestAnswerNanos() {
    return oldestAnswer;
  }

  @Override
  public boolean needsDatabase() {
    Session known = session;
    StatementExecutor executor = source.executorIfKnown();
    return known != null
        && executor != null
        && !executor.age().everyWriterIsSeen()
        && known.needsProof();
  }

  @Override
  public @Nullable TrackedFootprint footprint(String query) {
    return ask(asked -> asked.footprint(query, this));
  }

  @Override
  public @Nullable RowKey rowKey(String query) {
    return ask(asked -> asked.rowKey(query, this));
  }

  /** A question to the analysis, with its answer or null. */
  @FunctionalInterface
  private interface Question<T> {
    @Nullable T of(StatementExecutor executor) throws SQLException;
  }

  private <T> @Nullable T ask(Question<T> question) {
    try {
      session();
      return question.of(executor());
    } catch (SQLException unreachable) {
      return null;
    }
  }

  /**
   * The application holds an object of the driver's, through which it can write anything at any
   * time: everything counts as being written until this connection is closed.
   */
  void lentOut() throws SQLException {
    OpenWork open = openWork();
    if (!open.isUnwrapped()) {
      DatabaseContext database = executor().database();
      database.unwrapped().incrementAndGet();
      open.unwrapped(database.ledger().begin(ChangeSet.DEFINITIONS));
    }
    session().unwrapped();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this)
        || type == SharedLedger.class
        || type.isInstance(source.owner())
        || delegate().isWrapperFor(type);
  }

  /** A result that the driver made a statement for, which leads to no connection but this. */
  ResultSet withStatementOfItsOwn(ResultSet own) {
    return new LiveResultSet(own, null, this);
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    ArrayValue made = ArrayValue.of(typeName, elements);
    Array array = delegate().createArrayOf(typeName, DriverObjects.ownOfEach(elements));
    return new LiveArray(array, this, made);
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    Struct struct = delegate().createStruct(typeName, DriverObjects.ownOfEach(attributes));
    return new LiveStruct(struct, this);
  }

  /** A call to the driver that writes. */
  @FunctionalInterface
  interface Writing {
    void run() throws SQLException;
  }

  /** Runs what writes to a table that is the driver's to know. */
  void writeAnything(Writing call) throws SQLException {
    StatementRunner.Call<Boolean> once =
        () -> {
          call.run();
          return true;
        };
    executor().runner().run(this, WRITES_ANYTHING, DriverCall.of(once));
  }
}
