package dev.larder.hibernate.internal.session;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.ResolvedDependencies;
import dev.larder.hibernate.internal.link.Tenant;
import dev.larder.hibernate.internal.link.Tenants;
import dev.larder.hibernate.internal.storage.ItemLock;
import dev.larder.hibernate.internal.storage.RegionStore;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import dev.larder.invalidation.ledger.WatchedSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.ConnectionReleaseMode;
import org.hibernate.HibernateException;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;
import org.hibernate.resource.transaction.spi.TransactionObserver;
import org.hibernate.sql.model.MutationType;
import org.jspecify.annotations.Nullable;

/**
 * What one session has done that matters to the cache. Used by one thread at a time, like the
 * session.
 */
public final class SessionState implements CacheTransactionSynchronization {

  /*
   * The position is taken when a transaction begins, before its first statement, so everything the
   * transaction reads is at least as new. Without a transaction it is taken when the session opens.
   */

  private final DatabaseLink link;
  private final SharedSessionContractImplementor session;
  // Most sessions only read, so these two are made when they are needed.
  private Map<LockName, ItemLock> locks = Map.of();
  private List<Runnable> atCompletion = List.of();
  private List<Runnable> atRollback = List.of();
  private long position;
  private long readAtNanos;
  private boolean observed;
  private @Nullable Connection connection;
  private @Nullable WatchedSession watched;
  private @Nullable Announcement announced;
  private boolean batchMayBeHinted;
  private ChangeSet written = ChangeSet.NOTHING;
  private List<OpenCommit> writes = List.of();
  private boolean listening;
  private boolean wroteApart;

  private record LockName(RegionStore store, Object key) {}

  public SessionState(DatabaseLink link, SharedSessionContractImplementor session) {
    this.link = link;
    this.session = session;
    begin();
  }

  /** The state of a session of this cache's. */
  public static SessionState of(SharedSessionContractImplementor session) {
    return (SessionState) session.getCacheTransactionSynchronization();
  }

  /** The state of a session, or null where another cache or none serves it. */
  public static @Nullable SessionState ifAny(SharedSessionContractImplementor session) {
    return session.getCacheTransactionSynchronization() instanceof SessionState state
        ? state
        : null;
  }

  private void begin() {
    wroteApart = false;
    readAtNanos = System.nanoTime();
    position = link.position();
  }

  /** The ledger's position before anything this transaction has read. */
  public long position() {
    return position;
  }

  /**
   * {@link System#nanoTime()} before anything this transaction has read, or earlier where it was
   * given an answer from memory: of what moment what it has read speaks.
   */
  public long readAtNanos() {
    WatchedSession own = link.isShared() ? watched() : null;
    long oldest = own == null ? WatchedSession.NO_OLDER_ANSWER : own.oldestAnswerNanos();
    boolean isOlder = oldest != WatchedSession.NO_OLDER_ANSWER && oldest - readAtNanos < 0;
    return isOlder ? oldest : readAtNanos;
  }

  /** One more than the position, so that "not before" means "after" to Hibernate's query cache. */
  @Override
  public long getCachingTimestamp() {
    return position + 1;
  }

  @Override
  public void transactionJoined() {
    complete();
    begin();
    if (!listening && link.own() != null) {
      listening = true;
      session.getEventListenerManager().addListener(new PreparedWrite(this));
    }
  }

  @Override
  public void transactionCompleting() {}

  @Override
  public void transactionCompleted(boolean successful) {
    List<Runnable> undone = atRollback;
    atRollback = List.of();
    if (!successful) {
      undone.forEach(Runnable::run);
    }
    complete();
    begin();
  }

  /**
   * Makes sure of hearing when the transaction completes: a stateless session does not say so by
   * {@link #transactionCompleted}.
   */
  private void observe() {
    if (observed || session.isEventSource() || !isInTransaction()) {
      return;
    }
    observed = true;
    session
        .getTransactionCoordinator()
        .addObserver(
            new TransactionObserver() {
              @Override
              public void afterBegin() {}

              @Override
              public void beforeCompletion() {}

              @Override
              public void afterCompletion(boolean successful, boolean delayed) {
                transactionCompleted(successful);
              }
            });
  }

  /** Ends what Hibernate did not end itself. */
  private void complete() {
    announced = null;
    batchMayBeHinted = false;
    endWrites();
    if (!locks.isEmpty()) {
      Map<LockName, ItemLock> left = locks;
      locks = Map.of();
      left.values().forEach(ItemLock::release);
    }
    if (!atCompletion.isEmpty()) {
      List<Runnable> left = atCompletion;
      atCompletion = List.of();
      left.forEach(Runnable::run);
    }
  }

  /** Locks a key until the transaction completes, if nobody releases the lock before. */
  public ItemLock lock(RegionStore store, Object key) {
    observe();
    ItemLock lock = store.lock(key);
    // Asked when it is written: a setting that ends with the transaction is gone after the commit.
    wroteApart |= isApart(differs());
    if (locks.isEmpty()) {
      locks = new HashMap<>();
    }
    ItemLock earlier = locks.put(new LockName(store, key), lock);
    if (earlier != null) {
      atCompletion(earlier::release);
    }
    return lock;
  }

  /** The action that Hibernate is about to carry out; null for one that is not accounted for. */
  public void announce(@Nullable Announcement next) {
    announced = next;
  }

  /** Hibernate has locked an entity for an action that no listener has vetoed. */
  public void lockedForAction(Object key) {
    if (announced != null) {
      announced.locked(key);
    }
  }

  /** The action that an executor is made for, if it was announced. */
  public @Nullable Announcement announced(Object target, MutationType type) {
    Announcement found = announced;
    if (found == null || !found.isOf(target, type)) {
      return null;
    }
    if (found.isOfOneEntity()) {
      announced = null;
    }
    return found;
  }

  /** A statement of an announced action was prepared, and may be open for more of its kind. */
  public void batchMayBeHinted() {
    batchMayBeHinted = true;
  }

  /** Sends the batch that is open, if its statement has a hint. */
  public void endHintedBatch() {
    if (batchMayBeHinted) {
      batchMayBeHinted = false;
      session.getJdbcCoordinator().executeBatch();
    }
  }

  /** Whether the cache's own ledger has to be told of what is written. */
  public boolean tellsOfWrites() {
    return link.own() != null;
  }

  /**
   * This is about to be written: where no Larder DataSource below sees that, the cache's own ledger
   * is told, until the transaction completes.
   */
  public void writes(ChangeSet changes) {
    Ledger ledger = link.own();
    ChangeSet all = written.plus(changes);
    if (ledger == null || all.equals(written)) {
      return;
    }
    observe();
    if (writes.isEmpty()) {
      writes = new ArrayList<>();
    }
    writes.add(ledger.begin(changes));
    written = all;
  }

  /** Whether the cache's own ledger waits for the end of something. */
  public boolean isWriting() {
    return !writes.isEmpty();
  }

  /** What was written is in the database, or is not any more. */
  public void endWrites() {
    if (!writes.isEmpty()) {
      List<OpenCommit> open = writes;
      writes = List.of();
      written = ChangeSet.NOTHING;
      open.forEach(OpenCommit::end);
    }
  }

  /** The latest lock on a key, or null. */
  public @Nullable ItemLock held(RegionStore store, Object key) {
    return locks.get(new LockName(store, key));
  }

  /** Runs when the transaction has completed without having been committed. */
  public void atRollback(Runnable action) {
    observe();
    if (atRollback.isEmpty()) {
      atRollback = new ArrayList<>();
    }
    atRollback.add(action);
  }

  /** Runs when the transaction has completed, one way or the other. */
  public void atCompletion(Runnable end) {
    observe();
    if (atCompletion.isEmpty()) {
      atCompletion = new ArrayList<>();
    }
    atCompletion.add(end);
  }

  public boolean isInTransaction() {
    return session.getTransactionCoordinator().isTransactionActive();
  }

  /** The Larder connection that the session's transaction runs on, or null. */
  public @Nullable WatchedSession watched() {
    LogicalConnectionImplementor logical = logical();
    if (logical.isPhysicallyConnected()) {
      return remembered(logical.getPhysicalConnection());
    }
    if (!mayHaveGivenBack(logical)) {
      return null;
    }
    try {
      WatchedSession lent = remembered(logical.getPhysicalConnection());
      logical.afterStatement();
      return lent;
    } catch (HibernateException none) {
      return null;
    }
  }

  /**
   * Whether the transaction may have run statements on a connection that the session holds no more:
   * under JTA it gives it back after each, and is lent the same again.
   */
  private boolean mayHaveGivenBack(LogicalConnectionImplementor logical) {
    ConnectionReleaseMode release = logical.getConnectionHandlingMode().getReleaseMode();
    return release != ConnectionReleaseMode.AFTER_TRANSACTION
        && release != ConnectionReleaseMode.ON_CLOSE
        && isInTransaction();
  }

  private LogicalConnectionImplementor logical() {
    return session.getJdbcCoordinator().getLogicalConnection();
  }

  private @Nullable WatchedSession remembered(Connection held) {
    if (held != connection) {
      connection = held;
      watched = watched(held);
    }
    return watched;
  }

  private @Nullable WatchedSession watched(Connection held) {
    try {
      return link.watched(held);
    } catch (SQLException closed) {
      return null;
    }
  }

  /**
   * Whether nothing that is kept may be served to this session now: it has locked something or
   * reads a snapshot, and others may write unseen.
   */
  public boolean needsDatabase() {
    WatchedSession own = mayHaveRun() ? watched() : null;
    return own != null && own.needsDatabase();
  }

  /** Whether the session's transaction may have run statements over a Larder DataSource. */
  private boolean mayHaveRun() {
    LogicalConnectionImplementor logical = logical();
    return link.isShared() && (logical.isPhysicallyConnected() || mayHaveGivenBack(logical));
  }

  /** What this session may see in another state than others do. */
  public ChangeSet differs() {
    if (!mayHaveRun()) {
      return ChangeSet.NOTHING;
    }
    WatchedSession own = watched();
    if (own == null) {
      // A connection that the application brought itself writes past the ledger.
      return ChangeSet.EVERYTHING;
    }
    Tenants tenants = link.tenants();
    return tenants == null ? own.differs() : differsFromTenant(own, tenants);
  }

  private ChangeSet differsFromTenant(WatchedSession own, Tenants tenants) {
    Object id = session.getTenantIdentifierValue();
    Tenant tenant = tenants.find(id);
    ChangeSet differs = tenant == null ? ChangeSet.EVERYTHING : own.differsFrom(tenant.schema());
    if (tenant != null && differs.scopes().contains(Scope.EVERYTHING)) {
      tenants.doubt(id, tenant);
    }
    return differs;
  }

  /**
   * Whether the same names may mean other tables or rows to a session that differs so: nothing that
   * it reads or writes is anybody else's.
   */
  public static boolean isApart(ChangeSet differs) {
    return differs.scopes().contains(Scope.EVERYTHING);
  }

  /** Whether something was written in this transaction when that was so. */
  public boolean wroteApart() {
    return wroteApart;
  }

  /** Whether this session sees what is kept there as others do. */
  public boolean shares(ResolvedDependencies resolved) {
    ChangeSet differs = differs();
    return differs.isEmpty() || resolved.isUntouchedBy(differs);
  }
}
