package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.jdbc.internal.ask.Respondent;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.CustomSettings;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProfiler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of one data source, and holds what they share: what a session begins with,
 * and the executor once the first physical connection told which database this is. Thread-safe.
 */
public final class ConnectionSource {

  private static final Logger log = LoggerFactory.getLogger(ConnectionSource.class);

  /** How often a connection that does not tell what it is makes room, where none has told yet. */
  private static final long REPLACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DataSource owner;
  private final Pool<PhysicalProfile> pool;
  private final SessionProfiler profiler;
  private final DatabaseOpener opener;
  private final Respondent respondent;

  /** One for all connections: most need none. */
  private final LogicalConnection.Borrowing<PhysicalConnection<PhysicalProfile>> lender;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable StatementExecutor executor;

  /** For connections that did not tell what they are, until one does; nothing is cached. */
  private volatile @Nullable StatementExecutor provisional;

  /** Connections that do not tell what they are, each with what may be written through it. */
  private final Map<PhysicalLease, Optional<OpenCommit>> blind = new HashMap<>();

  private long replacedAtNanos = System.nanoTime() - REPLACE_NANOS;
  private volatile @Nullable Fresh fresh;

  /**
   * What a session is that has set nothing.
   *
   * @param defaults what new connections of its user begin with by role and database
   */
  private record Fresh(
      Fingerprint fingerprint, PhysicalProfile.@Nullable Basis basis, String defaults) {}

  /** A pool whose connections all began under former defaults has no more than this many. */
  private static final int MOST_OUTDATED = 1_000;

  /**
   * @param owner what the connections are from
   * @param profiler what the pool asks its connections with
   * @param respondent answers what connections are asked of the data source itself
   */
  public ConnectionSource(
      DataSource owner,
      Pool<PhysicalProfile> pool,
      SessionProfiler profiler,
      DatabaseOpener opener,
      Respondent respondent) {
    this.owner = owner;
    this.pool = pool;
    this.profiler = profiler;
    this.opener = opener;
    this.respondent = respondent;
    this.lender = pool::borrow;
  }

  /** A connection; it borrows a physical one when a statement must reach the database. */
  public Connection connect() throws SQLException {
    return connection();
  }

  LarderConnection connection() throws SQLException {
    pool.requireOpen();
    return new LarderConnection(this);
  }

  /** A connection for other credentials, after the database has accepted them. */
  public Connection connect(String user, @Nullable String password) throws SQLException {
    PhysicalConnection<PhysicalProfile> own = pool.connectAs(user, password);
    LarderConnection connection = new LarderConnection(this, own);
    connection.physical();
    return connection;
  }

  /** A question that needs a connection, though none that the application holds. */
  @FunctionalInterface
  public interface Question<T extends @Nullable Object> {
    T ask(StatementExecutor executor, LogicalConnection connection) throws SQLException;
  }

  /**
   * Asks of a session that has set nothing.
   *
   * @throws SQLException if the database has to be asked and cannot be
   */
  public <T extends @Nullable Object> T ask(Question<T> question) throws SQLException {
    try (LarderConnection connection = connection()) {
      return question.ask(connection.executor(), connection);
    }
  }

  // What connections ask.

  /** How one of the many connections that begin alike gets a physical one. */
  LogicalConnection.Borrowing<PhysicalConnection<PhysicalProfile>> lender() {
    return lender;
  }

  Respondent respondent() {
    return respondent;
  }

  DataSource owner() {
    return owner;
  }

  /**
   * The fingerprint of a session that has set nothing; null where a connection has to tell it,
   * because there was none yet or defaults may have changed since.
   */
  @Nullable Fingerprint freshSession() {
    Fresh known = fresh;
    return known != null && profiler.holds(known.basis()) ? known.fingerprint() : null;
  }

  /**
   * The same for a connection that begins from {@code baseline}: one object while that is usual.
   */
  Fingerprint fresh(SessionBaseline baseline) {
    Fresh usual = fresh;
    return usual != null && usual.fingerprint().baseline().equals(baseline)
        ? usual.fingerprint()
        : Fingerprint.of(baseline);
  }

  /** Whether what was read under {@code basis} is still what sessions begin with. */
  boolean holds(PhysicalProfile.@Nullable Basis basis) {
    return profiler.holds(basis);
  }

  /** Under what it was read what {@link #freshSession} says. */
  PhysicalProfile.@Nullable Basis basis() {
    Fresh known = fresh;
    return known == null ? null : known.basis();
  }

  /** Whether it can be read now what a session begins with. */
  boolean mayProfile() {
    return profiler.mayRead();
  }

  /** Names of settings that sessions set, for the profiles of the connections to come. */
  CustomSettings customSettings() {
    return profiler.customSettings();
  }

  /**
   * A connection of the pool's of which it is known what its session begins with now. One that
   * began under defaults that have changed since makes room for a new one.
   */
  PhysicalConnection<PhysicalProfile> borrow(PhysicalConnections from, boolean isUsual)
      throws SQLException {
    for (int outdated = 0; ; outdated++) {
      PhysicalConnection<PhysicalProfile> borrowed = from.borrow();
      try {
        seen(borrowed.profile(), isUsual);
        PhysicalProfile known = borrowed.profile();
        if (profiler.holds(known.basis()) || !profiler.mayRead()) {
          return borrowed;
        }
        PhysicalProfile now = reread(borrowed);
        if (now.basis() == null) {
          return borrowed;
        }
        if (known.isOutdatedBy(now) && isUsual && outdated < MOST_OUTDATED) {
          borrowed.discard();
          continue;
        }
        borrowed.learn(now);
        seen(now, isUsual);
        return borrowed;
      } catch (RuntimeException | Error e) {
        borrowed.discard();
        throw e;
      }
    }
  }

  /**
   * What the session of a connection is now; what was known of it, without a basis, where the
   * database does not tell.
   */
  PhysicalProfile reread(PhysicalConnection<PhysicalProfile> borrowed) {
    PhysicalProfile known = borrowed.profile();
    try {
      PhysicalProfile found = profiler.profile(borrowed.connection());
      boolean isTold = Objects.equals(found.baseline().identity(), known.baseline().identity());
      return isTold ? known.readAgain(found) : known.withoutBasis();
    } catch (SQLException e) {
      log.debug("What a session begins with could not be read again", e);
      return known.withoutBasis();
    }
  }

  public @Nullable StatementExecutor executorIfKnown() {
    return executor;
  }

  /** Lets go of what was learnt of texts, whether or not the database ever told what it is. */
  public void forget() {
    StatementExecutor stopgap = provisional;
    StatementExecutor known = executor;
    if (stopgap != null) {
      stopgap.forget();
    }
    if (known != null) {
      known.forget();
    }
  }

  StatementExecutor executor() throws SQLException {
    StatementExecutor stopgap = provisional;
    StatementExecutor known = executor;
    if (known == null) {
      known = stopgap;
    }
    if (known == null) {
      throw new SQLException("The database has not been reached yet", "08003");
    }
    return known;
  }

  /** Learns from a physical connection which database this is; every one must lead to the same. */
  void seen(PhysicalProfile profile, boolean isUsual) {
    SessionBaseline baseline = profile.baseline();
    if (baseline.isUnknown()) {
      // That says nothing of the database, neither that it is the same nor that it is another.
      return;
    }
    StatementExecutor known = known(baseline);
    opener.reached(profile);
    if (isUsual) {
      learn(profile, known);
    }
    if (known.database().isIdentified()
        && areDifferent(known.database().identity(), baseline.identity())) {
      opener.differs();
    }
  }

  private void learn(PhysicalProfile profile, StatementExecutor known) {
    Fresh usual = fresh;
    PhysicalProfile.Basis basis = profile.basis();
    if (basis == null || !profiler.holds(basis)) {
      return;
    }
    if (usual != null
        && profiler.holds(usual.basis())
        && !usual.defaults().equals(profile.defaults())
        && usual.fingerprint().baseline().isOfSameUser(profile.baseline())) {
      // Somebody elsewhere changed what sessions of this user begin with.
      known.database().ledger().changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
      return;
    }
    if (usual == null
        || !basis.equals(usual.basis())
        || !usual.fingerprint().baseline().equals(profile.baseline())) {
      fresh = new Fresh(fresh(profile.baseline()), basis, profile.defaults());
    }
  }

  /** What cannot be told is no difference. */
  private static boolean areDifferent(DatabaseIdentity one, @Nullable DatabaseIdentity other) {
    if (other == null || one.equals(other)) {
      return false;
    }
    // Which cluster it is, PostgreSQL tells only to those who may call pg_control_system().
    boolean untold =
        one.product().equals("postgresql")
            && (one.value().startsWith("/") || other.value().startsWith("/"));
    return !untold || !nameOf(one).equals(nameOf(other));
  }

  private static String nameOf(DatabaseIdentity postgres) {
    return postgres.value().substring(postgres.value().indexOf('/'));
  }

  /**
   * A connection that does not tell what it is. As long as it is used, everything may be written
   * through it.
   *
   * @return whether its physical connection is to be replaced, by one that may tell
   */
  boolean isBlind(PhysicalLease lease, SessionBaseline baseline) {
    lock.lock();
    try {
      StatementExecutor known = executor;
      blind.put(
          lease,
          Optional.ofNullable(known).map(p -> p.database().ledger().begin(ChangeSet.DEFINITIONS)));
      if (known == null && provisional == null) {
        provisional = opener.openUnknown(baseline);
      }
      long now = System.nanoTime();
      boolean replace = known != null || now - replacedAtNanos > REPLACE_NANOS;
      if (replace) {
        replacedAtNanos = now;
      }
      return replace;
    } finally {
      lock.unlock();
    }
  }

  /** It is given back; what may have been written through it until now, or null. */
  @Nullable OpenCommit noLongerBlind(PhysicalLease lease) {
    lock.lock();
    try {
      Optional<OpenCommit> open = blind.remove(lease);
      return open == null ? null : open.orElse(null);
    } finally {
      lock.unlock();
    }
  }

  private StatementExecutor known(SessionBaseline baseline) {
    StatementExecutor known = executor;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = executor;
      if (known == null) {
        known = opener.open(baseline);
        Ledger ledger = known.database().ledger();
        // Those who use a connection that did not tell what it is may be writing anything here.
        blind.replaceAll((user, open) -> Optional.of(ledger.begin(ChangeSet.DEFINITIONS)));
        executor = known;
        provisional = null;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
