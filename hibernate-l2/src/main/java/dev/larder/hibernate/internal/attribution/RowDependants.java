package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.Mapping;
import dev.larder.hibernate.internal.region.DomainCacheAccess;
import dev.larder.hibernate.internal.region.LarderDomainAccess;
import dev.larder.hibernate.internal.session.SessionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.hibernate.type.EntityType;
import org.jspecify.annotations.Nullable;

/**
 * What else than the entity itself is cached of its row: the collections it is an element of, and
 * its natural id. Thread-safe.
 *
 * <p>Hibernate forgets a collection when the application changes the collection. Here it is also
 * forgotten when an element is saved, moved or deleted without the application having done that.
 */
final class RowDependants {

  private final SessionFactoryImplementor factory;
  private final Map<String, List<CollectionPersister>> inverse = new HashMap<>();
  private final Map<String, List<CollectionPersister>> others = new HashMap<>();
  private final Map<String, List<CollectionPersister>> owned = new HashMap<>();

  RowDependants(SessionFactoryImplementor factory) {
    this.factory = factory;
    factory
        .getMappingMetamodel()
        .forEachCollectionDescriptor(
            collection -> {
              if (collection.hasCache()) {
                owned
                    .computeIfAbsent(
                        collection.getOwnerEntityPersister().getRootEntityName(),
                        root -> new ArrayList<>())
                    .add(collection);
              }
              if (collection.hasCache() && collection.getElementType() instanceof EntityType type) {
                EntityPersister element =
                    factory
                        .getMappingMetamodel()
                        .getEntityDescriptor(type.getAssociatedEntityName());
                (Mapping.isInverse(collection) ? inverse : others)
                    .computeIfAbsent(element.getRootEntityName(), root -> new ArrayList<>())
                    .add(collection);
              }
            });
  }

  /**
   * Locks what depends on a row that is about to be written, until the transaction completes.
   *
   * @param state what the row will be, or null where it is deleted
   * @param old what it was, or null where it is new or that is not known
   * @return false where something may depend on it that was not found
   */
  boolean lock(
      SharedSessionContractImplementor session,
      EntityPersister persister,
      Object @Nullable [] state,
      Object @Nullable [] old,
      boolean deletes) {
    String root = persister.getRootEntityName();
    boolean all = true;
    for (CollectionPersister collection : inverse.getOrDefault(root, List.of())) {
      all &= lockOwners(session, persister, collection, state, old);
    }
    if (deletes) {
      for (CollectionPersister collection : others.getOrDefault(root, List.of())) {
        if (collection.getCacheAccessStrategy() instanceof LarderDomainAccess domain) {
          all &= domain.cache().closeUntilCompletion(session);
        }
      }
      all &= lockNaturalId(session, persister, old);
    }
    return all;
  }

  /**
   * Forgets the collections of an entity if the transaction is not committed: it may have failed
   * because what was known of the entity was old, and they are as old.
   */
  void forgetAtRollback(
      SharedSessionContractImplementor session, EntityPersister persister, Object id) {
    for (CollectionPersister collection :
        owned.getOrDefault(persister.getRootEntityName(), List.of())) {
      CollectionDataAccess access = collection.getCacheAccessStrategy();
      boolean byId = collection.getCollectionType().useLHSPrimaryKey();
      if (byId
          && collection.getOwnerEntityPersister().isSubclassEntityName(persister.getEntityName())) {
        Object key =
            access.generateCacheKey(id, collection, factory, session.getTenantIdentifier());
        SessionState.of(session).atRollback(() -> access.evict(key));
      }
    }
  }

  private boolean lockOwners(
      SharedSessionContractImplementor session,
      EntityPersister persister,
      CollectionPersister collection,
      Object @Nullable [] state,
      Object @Nullable [] old) {
    CollectionDataAccess access = collection.getCacheAccessStrategy();
    if (!(access instanceof LarderDomainAccess domain)) {
      return false;
    }
    Integer property =
        persister.getEntityMetamodel().getPropertyIndexOrNull(collection.getMappedByProperty());
    if (property == null) {
      // Another branch of the hierarchy than the collection's elements, or a part of their id,
      // which an update never changes.
      boolean isUpdate = state != null && old != null;
      return isUpdate || !isElement(persister, collection);
    }
    if (!persister.getPropertyInsertability()[property]
        && !persister.getPropertyUpdateability()[property]) {
      // Another property writes the column, so this one may not tell yet whose the row is.
      return false;
    }
    Object from = old == null ? null : ownerId(session, old[property]);
    Object to = state == null ? null : ownerId(session, state[property]);
    if (from != null && to != null && collection.getKeyType().isEqual(from, to)) {
      return true;
    }
    boolean locked = lockOwner(session, collection, access, domain.cache(), from);
    return lockOwner(session, collection, access, domain.cache(), to) && locked;
  }

  private boolean isElement(EntityPersister persister, CollectionPersister collection) {
    EntityPersister element =
        factory
            .getMappingMetamodel()
            .getEntityDescriptor(
                ((EntityType) collection.getElementType()).getAssociatedEntityName());
    return element.isSubclassEntityName(persister.getEntityName());
  }

  private boolean lockOwner(
      SharedSessionContractImplementor session,
      CollectionPersister collection,
      CollectionDataAccess access,
      DomainCacheAccess cache,
      @Nullable Object owner) {
    return owner == null
        || cache.lockUntilCompletion(
            session,
            access.generateCacheKey(owner, collection, factory, session.getTenantIdentifier()));
  }

  private @Nullable Object ownerId(
      SharedSessionContractImplementor session, @Nullable Object owner) {
    if (owner == null) {
      return null;
    }
    LazyInitializer proxy = HibernateProxy.extractLazyInitializer(owner);
    if (proxy != null) {
      return proxy.getInternalIdentifier();
    }
    return session.getEntityPersister(null, owner).getIdentifier(owner, session);
  }

  private boolean lockNaturalId(
      SharedSessionContractImplementor session,
      EntityPersister persister,
      Object @Nullable [] old) {
    if (!persister.hasNaturalIdCache()) {
      return true;
    }
    if (old == null) {
      return false;
    }
    EntityPersister root =
        factory.getMappingMetamodel().getEntityDescriptor(persister.getRootEntityName());
    NaturalIdDataAccess access = root.getNaturalIdCacheAccessStrategy();
    Object values = root.getNaturalIdMapping().extractNaturalIdFromEntityState(old);
    return access instanceof LarderDomainAccess domain
        && domain
            .cache()
            .lockUntilCompletion(session, access.generateCacheKey(values, root, session));
  }
}
