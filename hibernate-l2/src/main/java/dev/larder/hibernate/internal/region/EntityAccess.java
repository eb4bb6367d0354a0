package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.session.SessionState;
import java.util.Set;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The state of entities, by their id. Thread-safe. */
final class EntityAccess extends LarderDomainAccess implements EntityDataAccess {

  /** The filter of {@code @TenantId}: a key names its tenant, so that it tells nothing more. */
  private static final Set<String> OF_TENANTS = Set.of("_tenantId");

  private final WritePolicy written;
  private final String root;
  private final SessionFactoryImplementor factory;

  EntityAccess(
      DomainRegion region,
      CacheKeysFactory keys,
      AccessType type,
      DomainCacheAccess cache,
      String root) {
    super(region, keys, type, cache);
    this.root = root;
    this.factory = region.getSessionFactory();
    this.written =
        new WritePolicy(type, cache, root, region.getSessionFactory(), region.storage().context());
  }

  @Override
  public Object generateCacheKey(
      Object id, EntityPersister root, SessionFactoryImplementor factory, @Nullable String tenant) {
    return keys.createEntityKey(id, root, factory, tenant);
  }

  @Override
  public Object getCacheKeyId(Object key) {
    return keys.getEntityId(key);
  }

  /** A filter may count for what is found by its id too, and the state alone does not answer it. */
  @Override
  boolean isHidden(SharedSessionContractImplementor session) {
    LoadQueryInfluencers influencers = session.getLoadQueryInfluencers();
    return influencers.hasEnabledFilters()
        && !OF_TENANTS.equals(influencers.getEnabledFilterNames())
        && isFiltered(influencers);
  }

  private boolean isFiltered(LoadQueryInfluencers influencers) {
    boolean[] filtered = {false};
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister ->
                filtered[0] |=
                    persister.getRootEntityName().equals(root)
                        && persister.isAffectedByEnabledFilters(influencers, true));
    return filtered[0];
  }

  @Override
  public SoftLock lockItem(
      SharedSessionContractImplementor session, Object key, @Nullable Object version) {
    SessionState.of(session).lockedForAction(key);
    return super.lockItem(session, key, version);
  }

  @Override
  public boolean insert(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    written.inserted(session, key);
    return false;
  }

  @Override
  public boolean afterInsert(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    return written.afterInsert(session, key, value);
  }

  @Override
  public boolean update(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object currentVersion,
      @Nullable Object previousVersion) {
    written.updated();
    return false;
  }

  @Override
  public boolean afterUpdate(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object currentVersion,
      @Nullable Object previousVersion,
      @Nullable SoftLock lock) {
    return written.afterUpdate(session, lock, value);
  }
}
