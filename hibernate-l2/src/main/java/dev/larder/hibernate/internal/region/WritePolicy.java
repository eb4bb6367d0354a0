package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.StoredColumn;
import dev.larder.hibernate.internal.link.StoredColumns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Decides whether a value that an entity action has written is put or forgotten. Thread-safe. */
final class WritePolicy {

  private final AccessType type;
  private final DomainCacheAccess cache;
  private final String root;
  private final SessionFactoryImplementor factory;
  private final RegionContext context;
  private final Map<Action, JudgedEntity> entities = new ConcurrentHashMap<>();
  private volatile @Nullable JudgedNaturalId naturalId;

  /** What was done to an entity of that class. */
  private record Action(String entity, boolean isUpdate) {}

  /** What was found by what is known of the columns, and holds as long as that. */
  private record JudgedEntity(StoredColumns by, Fidelity found) {}

  private record JudgedNaturalId(StoredColumns by, @Nullable List<StoredColumn> found) {}

  WritePolicy(
      AccessType type,
      DomainCacheAccess cache,
      String root,
      SessionFactoryImplementor factory,
      RegionContext context) {
    this.type = type;
    this.cache = cache;
    this.root = root;
    this.factory = factory;
    this.context = context;
  }

  /** A row was inserted and is not committed yet. */
  void inserted(SharedSessionContractImplementor session, Object key) {
    cache.lockForInsert(session, key);
  }

  /** The insert of an entity was committed. */
  boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
    return settle(session, cache.held(session, key), value, mayBePut(value, false));
  }

  /** The insert of an entity with that natural id was committed. */
  boolean afterInsertOf(
      SharedSessionContractImplementor session, Object key, Object values, Object id) {
    return settle(session, cache.held(session, key), id, mayBePut(values));
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

  /** The update of an entity was committed. */
  boolean afterUpdate(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object value) {
    return settle(session, lock, value, mayBePut(value, true));
  }

  /** The update that gave an entity that natural id was committed. */
  boolean afterUpdateOf(
      SharedSessionContractImplementor session, @Nullable SoftLock lock, Object values, Object id) {
    return settle(session, lock, id, mayBePut(values));
  }

  private boolean settle(
      SharedSessionContractImplementor session,
      @Nullable SoftLock lock,
      Object value,
      boolean mayBePut) {
    if (mayBePut && type != AccessType.NONSTRICT_READ_WRITE) {
      return cache.putWritten(session, lock, value);
    }
    cache.unlock(lock);
    return false;
  }

  private boolean mayBePut(Object value, boolean isUpdate) {
    if (!(value instanceof CacheEntry entry) || entry.isReferenceEntry()) {
      return false;
    }
    StoredColumns columns = context.columns();
    Action action = new Action(entry.getSubclass(), isUpdate);
    JudgedEntity known = entities.get(action);
    if (known == null || known.by() != columns) {
      Fidelity found = Fidelity.of(persister(action.entity()), isUpdate, columns);
      known = new JudgedEntity(columns, found);
      entities.put(action, known);
    }
    // An update leaves alone those of several tables in which nothing has changed, so what is known
    // of their rows may be as old as what was read.
    boolean isOld = isUpdate && context.link().isAged() && spansTables(entry.getSubclass());
    return !isOld && columns.holds() && known.found().keeps(entry.getDisassembledState());
  }

  private boolean spansTables(String entity) {
    return persister(entity).getQuerySpaces().length > 1;
  }

  private EntityPersister persister(String entity) {
    return factory.getMappingMetamodel().getEntityDescriptor(entity);
  }

  private boolean mayBePut(Object naturalIdValues) {
    StoredColumns columns = context.columns();
    JudgedNaturalId known = naturalId;
    if (known == null || known.by() != columns) {
      NaturalIdMapping mapping = persister(root).getNaturalIdMapping();
      known =
          new JudgedNaturalId(columns, mapping == null ? null : Fidelity.columns(mapping, columns));
      naturalId = known;
    }
    List<StoredColumn> found = known.found();
    return found != null && columns.holds() && Fidelity.keeps(found, naturalIdValues);
  }
}
