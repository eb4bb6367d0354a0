package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.internal.connection.LogicalConnection.Borrowing;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.waiting.Wait;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of a connection's physical one: borrowed and brought to the session's state, given back
 * as it was lent or never lent again. Made when something must reach the database. Used by one
 * thread at a time, but for {@link #giveBack} and {@link #abort}.
 */
final class PhysicalLease {

  private static final Logger log = LoggerFactory.getLogger(PhysicalLease.class);

  private static final VarHandle PHYSICAL;
  private static final VarHandle CALLS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PHYSICAL = lookup.findVarHandle(PhysicalLease.class, "physical", PhysicalConnection.class);
      CALLS = lookup.findVarHandle(PhysicalLease.class, "calls", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConnectionContext connection;

  /** The one for credentials of its own; null for one of the many that begin alike. */
  private final @Nullable PhysicalConnection<PhysicalProfile> own;

  private volatile @Nullable PhysicalConnection<PhysicalProfile> physical;

  /** The driver's calls under way: one may be made for another, or by a second thread. */
  private volatile int calls;

  private volatile boolean blind;
  private volatile @Nullable OpenWork openWork;

  /**
   * @param own what the database has given for credentials of its own; null for one of the many
   *     that begin alike
   */
  PhysicalLease(ConnectionContext connection, @Nullable PhysicalConnection<PhysicalProfile> own) {
    this.connection = connection;
    this.own = own;
  }

  boolean isUsual() {
    return own == null;
  }

  @Nullable PhysicalConnection<PhysicalProfile> held() {
    return physical;
  }

  private ConnectionSource source() {
    return connection.source;
  }

  private Borrowing<PhysicalConnection<PhysicalProfile>> lender() {
    PhysicalConnection<PhysicalProfile> lent = own;
    return lent == null ? source().lender() : wait -> lent;
  }

  /** Borrows one, and waits for it no longer than that. */
  PhysicalConnection<PhysicalProfile> borrow(long maxNanos) throws SQLException {
    connection.requireOpen();
    PhysicalConnection<PhysicalProfile> borrowed =
        source().borrow(() -> Wait.borrowing(connection, lender(), maxNanos), isUsual());
    try {
      if (connection.isMarkedClosed()) {
        // Another thread did it meanwhile: nothing was set on it, so that others may have it.
        borrowed.release();
        throw connection.closedMeanwhile();
      }
      connection.prepare(borrowed);
    } catch (SQLException e) {
      SQLException told = connection.withState(e, borrowed);
      borrowed.discard();
      throw told;
    } catch (RuntimeException | Error e) {
      borrowed.discard();
      throw e;
    }
    connection.prepared();
    SessionBaseline baseline = borrowed.profile().baseline();
    blind = baseline.isUnknown();
    boolean replace = blind && source().isBlind(this, baseline);
    physical = borrowed;
    if (replace) {
      connection.session().stateUnknown("the connection does not tell what it is");
    }
    // Whoever closes this connection marks it first and looks for a physical one then.
    endIfClosed();
    return borrowed;
  }

  /** Gives back what came, or came into use, after another thread closed this connection. */
  private void endIfClosed() throws SQLException {
    if (connection.isMarkedClosed() && physical != null) {
      giveBack();
      throw connection.closedMeanwhile();
    }
  }

  // Work on it.

  /** Something is about to be sent; whoever closes the connection leaves the lease alone. */
  void beginsWork() throws SQLException {
    CALLS.getAndAdd(this, 1);
    // Asked after that: whoever closes this marks it, and then asks whether it is at work.
    if (connection.isMarkedClosed()) {
      endsWork();
      throw connection.closedMeanwhile();
    }
  }

  void endsWork() {
    boolean last = (int) CALLS.getAndAdd(this, -1) == 1;
    if (last && connection.isMarkedClosed() && physical != null) {
      endLate();
    }
  }

  /** What another thread closed while a statement was at work, or about to be. */
  private void endLate() {
    // The statement may have set something, which is not noted yet.
    connection.lostPhysical();
    try {
      giveBack();
    } catch (SQLException e) {
      log.debug("A connection that was closed while it was in use could not be given back", e);
    }
  }

  OpenWork openWork() {
    OpenWork known = openWork;
    if (known == null) {
      known = new OpenWork();
      openWork = known;
    }
    return known;
  }

  /** Ends what a statement whose result is closed has kept open. */
  void endHeld(Statement statement) {
    OpenWork open = openWork;
    if (open != null) {
      open.endOf(statement);
    }
  }

  /** Ends every commit that was kept open: the driver has answered since. */
  void endHeld() {
    OpenWork open = openWork;
    if (open != null) {
      open.takeCommits().forEach(OpenCommit::end);
    }
  }

  /** The application holds an object of the driver's, through which it can write anything. */
  void unwrapped() throws SQLException {
    OpenWork open = openWork();
    if (!open.isUnwrapped()) {
      DatabaseContext database = connection.executor().database();
      database.unwrapped().incrementAndGet();
      open.unwrapped(database.ledger().begin(ChangeSet.DEFINITIONS));
    }
  }

  // Its end.

  /** The physical connection, which one caller only gets to give it back. */
  @SuppressWarnings("unchecked")
  private @Nullable PhysicalConnection<PhysicalProfile> takePhysical() {
    return physical == null
        ? null
        : (PhysicalConnection<PhysicalProfile>) PHYSICAL.getAndSet(this, null);
  }

  /** Gives it back, after the connection was marked as closed. */
  void giveBack() throws SQLException {
    if (physical != null) {
      // The mark that this is closed must be there before it is asked.
      VarHandle.fullFence();
      if (calls > 0) {
        // Another thread's statement: it gives the connection back when the driver has answered.
        return;
      }
    }
    PhysicalConnection<PhysicalProfile> borrowed = takePhysical();
    if (borrowed == null) {
      return;
    }
    Session known = connection.sessionIfKnown();
    boolean broken = isBroken(borrowed);
    boolean answered = false;
    try {
      if (connection.isLost()
          || broken
          || (known != null && !restored(borrowed, known))
          || !hasPutBack(borrowed)) {
        borrowed.discard();
      } else {
        // A driver need not wait for the end of a call when the statement is closed.
        OpenWork open = openWork;
        answered = open == null || !open.hasCommits() || borrowed.connection().isValid(0);
        borrowed.release();
      }
    } finally {
      settle(borrowed, answered, !broken);
      forgetUndone(known);
    }
  }

  /** Cuts it under whoever is at work on it, after the connection was marked as closed. */
  void abort(Executor executor) throws SQLException {
    OpenWork open = openWork;
    if (open != null) {
      open.closeElsewhere();
    }
    PhysicalConnection<PhysicalProfile> borrowed = takePhysical();
    if (borrowed != null) {
      try {
        borrowed.connection().abort(executor);
      } finally {
        borrowed.discard();
        settle(borrowed, false, false);
        forgetUndone(connection.sessionIfKnown());
      }
    }
  }

  /** Forgets what was written by a transaction that ends with this connection. */
  private void forgetUndone(@Nullable Session known) {
    StatementExecutor executor = source().executorIfKnown();
    if (known != null && executor != null) {
      executor.runner().forget(known.transaction().changes());
    }
  }

  static boolean isBroken(PhysicalConnection<PhysicalProfile> borrowed) {
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
      StatementExecutor known = source().executorIfKnown();
      if (known != null) {
        known.database().unwrapped().decrementAndGet();
      }
    }
    OpenCommit unseen = blind ? source().noLongerBlind(this) : null;
    if (unseen != null) {
      settle(unseen, borrowed, alive);
    }
  }

  private void settle(OpenCommit open, PhysicalConnection<PhysicalProfile> borrowed, boolean over) {
    StatementExecutor known = source().executorIfKnown();
    if (over || known == null) {
      open.end();
    } else {
      known.runner().doubt(open, borrowed);
    }
  }

  private boolean hasPutBack(PhysicalConnection<PhysicalProfile> borrowed) {
    MethodSettings set = connection.methodSettingsIfAny();
    return set == null || set.hasPutBack(borrowed.connection());
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
    Connection driver = borrowed.connection();
    try {
      if (!known.touched().isEmpty() && known.transaction().isOpen()) {
        driver.rollback();
        known.rolledBack();
      }
      Set<String> touched = known.touched();
      touched.forEach(source().customSettings()::add);
      PhysicalProfile profile = borrowed.profile();
      List<String> statements = profile.restoring(touched);
      if (statements == null) {
        return false;
      }
      if (!statements.isEmpty()) {
        run(driver, statements);
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

  private static void run(Connection driver, List<String> statements) throws SQLException {
    if (!driver.getAutoCommit()) {
      // Not to be undone by the rollback with which the connection is given back; and turning
      // auto-commit on commits what is open, whatever the session was thought to be in.
      driver.rollback();
      driver.setAutoCommit(true);
    }
    try (Statement statement = driver.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
