package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.Dependencies;
import dev.larder.hibernate.internal.link.Tracked;
import dev.larder.hibernate.internal.session.SessionState;
import dev.larder.hibernate.internal.storage.ItemLock;
import dev.larder.hibernate.internal.storage.Shelf;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.util.function.Function;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What the accesses to entities, collections and natural ids have in common: the region's shelf,
 * and what these values depend on. Thread-safe.
 */
public final class Slots {

  private final DatabaseLink link;
  private final Shelf shelf;
  private final Dependencies dependency;
  private final Function<Object, @Nullable Object> idOf;

  /**
   * A region that is being written by a bulk statement; {@code closed} where it was shut for it.
   */
  private record RegionLock(boolean closed) implements SoftLock {}

  /**
   * @param idOf the id by which the rows of what is kept for a key are found; null where they are
   *     not
   */
  Slots(
      DatabaseLink link,
      Shelf shelf,
      Dependencies dependency,
      Function<Object, @Nullable Object> idOf) {
    this.link = link;
    this.shelf = shelf;
    this.dependency = dependency;
    this.idOf = idOf;
  }

  @Nullable Object get(SharedSessionContractImplementor session, Object key) {
    SessionState state = SessionState.of(session);
    Object found = shelf.find(key, state.position());
    if (found == null || state.needsDatabase()) {
      return null;
    }
    if (state.differs().isEmpty()) {
      return found;
    }
    Tracked tracked = dependency.known(session);
    return tracked != null && state.shares(tracked) ? found : null;
  }

  boolean putLoaded(
      SharedSessionContractImplementor session, Object key, Object value, boolean minimal) {
    SessionState state = SessionState.of(session);
    if (minimal && shelf.contains(key)) {
      return false;
    }
    ChangeSet differs = state.differs();
    if (SessionState.isApart(differs)) {
      return false;
    }
    Tracked tracked = dependency.find(session, state.watched());
    return tracked != null
        && tracked.isUntouchedBy(differs)
        && shelf.putLoaded(
            key, value, footprint(tracked, key), state.position(), state.readAtNanos());
  }

  private TrackedFootprint footprint(Tracked tracked, Object key) {
    return tracked.footprint(idOf.apply(key));
  }

  ItemLock lock(SharedSessionContractImplementor session, Object key) {
    return SessionState.of(session).lock(shelf, key);
  }

  /**
   * Locks a key that no action of Hibernate's locks, until the transaction completes; outside of
   * one, the key is forgotten at once and {@code false} returned.
   */
  public boolean lockUntilCompletion(SharedSessionContractImplementor session, Object key) {
    SessionState state = SessionState.of(session);
    if (!state.isInTransaction()) {
      shelf.evict(key);
      return false;
    }
    state.lock(shelf, key);
    return true;
  }

  /** Shuts the whole region until the transaction completes; as above outside of one. */
  public boolean closeUntilCompletion(SharedSessionContractImplementor session) {
    SessionState state = SessionState.of(session);
    if (!state.isInTransaction()) {
      shelf.clear();
      return false;
    }
    shelf.closeRegion();
    state.atCompletion(shelf::openRegion);
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
      state.lock(shelf, key);
    }
  }

  @Nullable ItemLock held(SharedSessionContractImplementor session, Object key) {
    return SessionState.of(session).held(shelf, key);
  }

  /** After the commit: puts the state that was written, in place of the lock. */
  boolean putWritten(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object value) {
    Tracked tracked = dependency.known(session);
    if (!(lock instanceof ItemLock item)) {
      return false;
    }
    SessionState state = SessionState.of(session);
    if (tracked == null || state.wroteApart()) {
      item.release();
      return false;
    }
    return shelf.putWritten(item, value, footprint(tracked, item.key()), state.position());
  }

  /** A key that a session has written, or is about to read anew. */
  void remove(SharedSessionContractImplementor session, Object key) {
    shelf.evict(key);
    SessionState state = SessionState.of(session);
    ItemLock held = state.held(shelf, key);
    if (held != null && !state.isInTransaction()) {
      // The statement was its own transaction, and nobody comes back to unlock.
      held.release();
    }
  }

  SoftLock lockRegion() {
    // What a bulk statement writes is in the ledger where that sees all statements: table by table.
    boolean close = !link.isShared();
    if (close) {
      shelf.closeRegion();
    }
    return new RegionLock(close);
  }

  void unlockRegion(@Nullable SoftLock lock) {
    if (lock instanceof RegionLock region && region.closed()) {
      shelf.openRegion();
    } else if (!link.isShared() || lock == null) {
      shelf.clear();
    }
  }

  void removeAll(SharedSessionContractImplementor session) {
    if (!link.isShared()) {
      shelf.clear();
    } else if (SessionState.of(session).watched() == null) {
      // A session that has a connection of its own may write past the ledger.
      closeUntilCompletion(session);
    }
  }

  void evict(Object key) {
    shelf.evict(key);
  }

  void evictAll() {
    shelf.clear();
  }

  boolean contains(Object key) {
    return shelf.contains(key);
  }
}
