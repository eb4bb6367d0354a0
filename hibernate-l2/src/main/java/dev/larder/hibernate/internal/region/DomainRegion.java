package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.Shelf;
import org.hibernate.cache.CacheException;
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

/** A region of entities, collections and natural ids. Thread-safe. */
final class DomainRegion extends DomainDataRegionTemplate implements ShelfStatistics {

  // The template's constructor calls the methods below, so whatever they need is in the storage.

  DomainRegion(
      DomainDataRegionConfig config,
      LarderRegionFactory factory,
      DomainStorage storage,
      CacheKeysFactory keys,
      DomainDataRegionBuildingContext building) {
    super(config, factory, storage, keys, building);
  }

  private DomainStorage storage() {
    return (DomainStorage) getCacheStorageAccess();
  }

  @Override
  public EntityDataAccess generateEntityAccess(EntityDataCachingConfig config) {
    String root = config.getNavigableRole().getFullPath();
    CacheKeysFactory keys = getEffectiveKeysFactory();
    Slots slots = storage().context().ofEntity(root, storage(), keys::getEntityId);
    return new EntityAccess(this, keys, storage(), checked(config), slots, root);
  }

  @Override
  public NaturalIdDataAccess generateNaturalIdAccess(NaturalIdDataCachingConfig config) {
    String root = config.getNavigableRole().getFullPath();
    Slots slots = storage().context().ofEntity(root, storage(), key -> null);
    return new NaturalIdAccess(
        this, getEffectiveKeysFactory(), storage(), checked(config), slots, root);
  }

  @Override
  public CollectionDataAccess generateCollectionAccess(CollectionDataCachingConfig config) {
    String role = config.getNavigableRole().getFullPath();
    CacheKeysFactory keys = getEffectiveKeysFactory();
    Slots slots = storage().context().ofCollection(role, storage(), keys::getCollectionId);
    return new CollectionAccess(this, keys, storage(), checked(config), slots);
  }

  /**
   * TRANSACTIONAL promises what READ_WRITE does here, to the transactions of a JTA manager; without
   * one it is a mistake.
   */
  private AccessType checked(DomainDataCachingConfig config) {
    AccessType type = config.getAccessType();
    boolean jta =
        getSessionFactory()
            .getSessionFactoryOptions()
            .getServiceRegistry()
            .requireService(TransactionCoordinatorBuilder.class)
            .isJta();
    if (type == AccessType.TRANSACTIONAL && !jta) {
      throw new CacheException(
          config.getNavigableRole().getFullPath()
              + ": TRANSACTIONAL needs JTA (hibernate.transaction.coordinator_class=jta);"
              + " READ_WRITE is what to use without it");
    }
    return type;
  }

  @Override
  public Shelf shelf() {
    return storage().shelf();
  }
}
