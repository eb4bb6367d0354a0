package dev.larder.hibernate.internal.region;

import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** What becomes of a value that an entity action has written. Thread-safe. */
final class Written {

  private final AccessType type;
  private final Slots slots;
  private final String root;
  private final SessionFactoryImplementor factory;
  private volatile @Nullable Fidelity fidelity;

  Written(AccessType type, Slots slots, String root, SessionFactoryImplementor factory) {
    this.type = type;
    this.slots = slots;
    this.root = root;
    this.factory = factory;
  }

  /** A row was inserted and is not committed yet. */
  void inserted(SharedSessionContractImplementor session, Object key) {
    slots.lockForInsert(session, key);
  }

  /** The insert was committed. */
  boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
    return settle(session, slots.held(session, key), value);
  }

  /**
   * A row was updated and is not committed yet.
   *
   * @throws UnsupportedOperationException if it was said never to be
   */
  void updated() {
    if (type == AccessType.READ_ONLY) {
      throw new UnsupportedOperationException(root + " is cached READ_ONLY and was updated");
    }
  }

  /** The update was committed. */
  boolean afterUpdate(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object value) {
    return settle(session, lock, value);
  }

  private boolean settle(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object value) {
    if (type != AccessType.NONSTRICT_READ_WRITE && fidelity() instanceof Fidelity.Exact) {
      return slots.putWritten(session, lock, value);
    }
    slots.unlock(lock);
    return false;
  }

  private Fidelity fidelity() {
    Fidelity known = fidelity;
    if (known == null) {
      known = Fidelity.of(root, factory);
      fidelity = known;
    }
    return known;
  }
}
