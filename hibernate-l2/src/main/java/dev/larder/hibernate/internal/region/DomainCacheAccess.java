package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.ResolvedDependencies;
import dev.larder.hibernate.internal.link.TenantDependencies;
import dev.larder.hibernate.internal.session.SessionState;
import dev.larder.hibernate.internal.storage.ItemLock;
import dev.larder.hibernate.internal.storage.RegionStore;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.util.function.Function;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What the accesses to entities, collections and natural ids have in common: the region's store,
 * and what these values depend on. Thread-safe.
 */
public final class DomainCacheAccess {

  private final DatabaseLink link;
  private final RegionStore store;
  private final TenantDependencies dependency;
  private final Function<Object, @Nullable Object> idOf;

  /**
   * A region that is being written by a bulk statement; {@code closed} where it was shut for it.
   */
  private record RegionLock(boolean closed) implements SoftLock {}

  /**
   * @param idOf the id by which the rows of what is kept for a key are found; null where they are
   *     not
   */
  DomainCacheAccess(
      DatabaseLink link,
      RegionStore store,
      TenantDependencies dependency,
      Function<Object, @Nullable Object> idOf) {
    this.link = link;
    this.store = store;
    this.dependency = dependency;
    this.idOf = idOf;
  }

  @Nullable Object get(SharedSessionContractImplementor session, Object key) {
    SessionState state = SessionState.of(session);
    Object found = store.find(key, state.position());
    if (found == null || state.needsDatabase()) {
      return null;
    }
    if (state.differs().isEmpty()) {
      return found;
    }
    ResolvedDependencies resolved = dependency.known(session);
    return resolved != null && state.shares(resolved) ? found : null;
  }

  boolean putLoaded(
      SharedSessionContractImplementor session, Object key, Object value, boolean minimal) {
    SessionState state = SessionState.of(session);
    if (minimal && store.contains(key)) {
      return false;
    }
    ChangeSet differs = state.differs();
    if (SessionState.isApart(differs)) {
      return false;
    }
    ResolvedDependencies resolved = dependency.find(session, state.watched());
    return resolved != null
        && resolved.isUntouchedBy(differs)
        && store.putLoaded(
            key, value, footprint(resolved, key), state.position(), state.readAtNanos());
  }

  private TrackedFootprint footprint(ResolvedDependencies resolved, Object key) {
    return resolved.footprint(idOf.apply(key));
  }

  ItemLock lock(SharedSessionContractImplementor session, Object key) {
    return SessionState.of(session).lock(store, key);
  }

  /**
   * Locks a key that no action of Hibernate's locks, until the transaction completes; outside of
   * one, the key is forgotten at once and {@code false} returned.
   */
  public boolean lockUntilCompletion(SharedSessionContractImplementor session, Object key) {
    SessionState state = SessionState.of(session);
    if (!state.isInTransaction()) {
      store.evict(key);
      return false;
    }
    state.lock(store, key);
    return true;
  }

  /** Shuts the whole region until the transaction completes; as above outside of one. */
  public boolean closeUntilCompletion(SharedSessionContractImplementor session) {
    SessionState state = SessionState.of(session);
    if (!state.isInTransaction()) {
      store.clear();
      return false;
    }
    store.closeRegion();
    state.atCompletion(store::openRegion);
    return true;
  }

  void unlock(@Nullable SoftLock lock) {
    if (lock instanceof ItemLock item) {
      item.release();
    }
  }

  /** The lock that a later {@link #putWritten} needs, for a key that nobody has locked so far. */
  void lockForInsert(SharedSessionContractImplementor session, Object key) {
    SessionState state = SessionState.of(session);
    if (state.isInTransaction()) {
      state.lock(store, key);
    }
  }

  @Nullable ItemLock held(SharedSessionContractImplementor session, Object key) {
    return SessionState.of(session).held(store, key);
  }

  /** After the commit: puts the state that was written, in place of the lock. */
  boolean putWritten(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object value) {
    ResolvedDependencies resolved = dependency.known(session);
    if (!(lock instanceof ItemLock item)) {
      return false;
    }
    SessionState state = SessionState.of(session);
    if (resolved == null || state.wroteApart()) {
      item.release();
      return false;
    }
    return store.putWritten(item, value, footprint(resolved, item.key()), state.position());
  }

  /** A key that a session has written, or is about to read anew. */
  void remove(SharedSessionContractImplementor session, Object key) {
    store.evict(key);
    SessionState state = SessionState.of(session);
    ItemLock held = state.held(store, key);
    if (held != null && !state.isInTransaction()) {
      // The statement was its own transaction, and nobody comes back to unlock.
      held.release();
    }
  }

  SoftLock lockRegion() {
    // What a bulk statement writes is in the ledger where that sees all statements: table by table.
    boolean close = !link.isShared();
    if (close) {
      store.closeRegion();
    }
    return new RegionLock(close);
  }

  void unlockRegion(@Nullable SoftLock lock) {
    if (lock instanceof RegionLock region && region.closed()) {
      store.openRegion();
    } else if (!link.isShared() || lock == null) {
      store.clear();
    }
  }

  void removeAll(SharedSessionContractImplementor session) {
    if (!link.isShared()) {
      store.clear();
    } else if (SessionState.of(session).watched() == null) {
      // A session that has a connection of its own may write past the ledger.
      closeUntilCompletion(session);
    }
  }

  void evict(Object key) {
    store.evict(key);
  }

  void evictAll() {
    store.clear();
  }

  boolean contains(Object key) {
    return store.contains(key);
  }
}
