package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.RegionStore;
import org.hibernate.cache.cfg.spi.CollectionDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.cfg.spi.EntityDataCachingConfig;
import org.hibernate.cache.cfg.spi.NaturalIdDataCachingConfig;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.support.DomainDataRegionTemplate;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A region of entities, collections and natural ids. Thread-safe. */
final class DomainRegion extends DomainDataRegionTemplate implements RegionStoreStatistics {

  private static final Logger log = LoggerFactory.getLogger(DomainRegion.class);

  // The template's constructor calls the methods below, so whatever they need is in the storage.

  DomainRegion(
      DomainDataRegionConfig config,
      LarderRegionFactory factory,
      DomainStorage storage,
      CacheKeysFactory keys,
      DomainDataRegionBuildingContext building) {
    super(config, factory, storage, keys, building);
  }

  DomainStorage storage() {
    return (DomainStorage) getCacheStorageAccess();
  }

  @Override
  public EntityDataAccess generateEntityAccess(EntityDataCachingConfig config) {
    String root = config.getNavigableRole().getFullPath();
    CacheKeysFactory keys = getEffectiveKeysFactory();
    DomainCacheAccess cache = storage().context().ofEntity(root, storage(), keys::getEntityId);
    return new EntityAccess(this, keys, checked(config), cache, root);
  }

  @Override
  public NaturalIdDataAccess generateNaturalIdAccess(NaturalIdDataCachingConfig config) {
    String root = config.getNavigableRole().getFullPath();
    DomainCacheAccess cache = storage().context().ofEntity(root, storage(), key -> null);
    return new NaturalIdAccess(this, getEffectiveKeysFactory(), checked(config), cache, root);
  }

  @Override
  public CollectionDataAccess generateCollectionAccess(CollectionDataCachingConfig config) {
    String role = config.getNavigableRole().getFullPath();
    CacheKeysFactory keys = getEffectiveKeysFactory();
    DomainCacheAccess cache =
        storage().context().ofCollection(role, storage(), keys::getCollectionId);
    return new CollectionAccess(this, keys, checked(config), cache);
  }

  /** TRANSACTIONAL promises what READ_WRITE does here, under JTA or not. */
  private AccessType checked(DomainDataCachingConfig config) {
    AccessType type = config.getAccessType();
    boolean jta =
        getSessionFactory()
            .getSessionFactoryOptions()
            .getServiceRegistry()
            .requireService(TransactionCoordinatorBuilder.class)
            .isJta();
    if (type == AccessType.TRANSACTIONAL && !jta) {
      log.warn(
          "{} is cached TRANSACTIONAL without JTA: that is what READ_WRITE is",
          config.getNavigableRole().getFullPath());
    }
    return type;
  }

  @Override
  public RegionStore store() {
    return storage().store();
  }
}
