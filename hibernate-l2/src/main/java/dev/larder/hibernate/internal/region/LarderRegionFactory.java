package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.CustomSql;
import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.session.SessionState;
import dev.larder.hibernate.internal.settings.CacheSettings;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** What {@code hibernate.cache.region.factory_class=larder} stands for. Thread-safe. */
public final class LarderRegionFactory extends RegionFactoryTemplate {

  private static final long serialVersionUID = 1L;

  private transient volatile @Nullable DatabaseLink link;
  private transient volatile @Nullable CacheSettings settings;
  private transient volatile @Nullable RegionContext context;
  private transient volatile @Nullable CacheException misconfigured;
  private transient volatile CustomSql customSql = CustomSql.NONE;

  /** For Hibernate, which finds it by its short name. */
  public LarderRegionFactory() {}

  @Override
  protected void prepareForUse(SessionFactoryOptions options, Map<String, Object> values) {
    try {
      CacheSettings read = new CacheSettings(values);
      settings = read;
      link = link(options, read.maxStalenessNanos());
    } catch (CacheException e) {
      // The template would only say that nothing was started.
      misconfigured = e;
    }
  }

  private static DatabaseLink link(SessionFactoryOptions options, long maxStalenessNanos) {
    ServiceRegistry services = options.getServiceRegistry();
    if (!options.isMultiTenancyEnabled()) {
      return new DatabaseLink(services.requireService(ConnectionProvider.class), maxStalenessNanos);
    }
    @SuppressWarnings("unchecked")
    MultiTenantConnectionProvider<Object> tenants =
        services.requireService(MultiTenantConnectionProvider.class);
    return new DatabaseLink(tenants, maxStalenessNanos);
  }

  @Override
  protected void releaseFromUse() {
    Optional.ofNullable(link).ifPresent(DatabaseLink::close);
    link = null;
    context = null;
  }

  /** The ledger that this session factory's cache follows. */
  public DatabaseLink link() {
    CacheException why = misconfigured;
    if (why != null) {
      throw why;
    }
    return Objects.requireNonNull(link, "the region factory was not started");
  }

  /** What SQL the mapping holds; told before {@link #prepare()}. */
  public void customSql(CustomSql sql) {
    customSql = sql;
  }

  /** Finds what everything depends on, now that the session factory is complete. */
  public void prepare() {
    Optional.ofNullable(context).ifPresent(RegionContext::prepare);
  }

  @Override
  public CacheTransactionSynchronization createTransactionContext(
      SharedSessionContractImplementor session) {
    DatabaseLink own = link();
    own.refresh();
    Optional.ofNullable(context).ifPresent(RegionContext::refresh);
    return new SessionState(own, session);
  }

  @Override
  public long nextTimestamp() {
    return link().tick();
  }

  @Override
  public long getTimeout() {
    return UpdateTimestamps.UNTIL_TOLD;
  }

  private synchronized RegionContext context(SessionFactoryImplementor factory) {
    RegionContext known = context;
    if (known == null) {
      known = new RegionContext(link(), Objects.requireNonNull(settings), factory, () -> customSql);
      context = known;
    }
    return known;
  }

  @Override
  public DomainDataRegion buildDomainDataRegion(
      DomainDataRegionConfig config, DomainDataRegionBuildingContext building) {
    RegionContext own = context(building.getSessionFactory());
    DomainStorage storage = new DomainStorage(own.store(config.getRegionName()), own);
    return new DomainRegion(config, this, storage, getImplicitCacheKeysFactory(), building);
  }

  @Override
  public QueryResultsRegion buildQueryResultsRegion(
      String name, SessionFactoryImplementor factory) {
    return new QueryRegion(name, this, createQueryResultsRegionStorageAccess(name, factory));
  }

  @Override
  protected QueryStorage createQueryResultsRegionStorageAccess(
      String name, SessionFactoryImplementor factory) {
    RegionContext own = context(factory);
    return new QueryStorage(own.link(), own.store(name), new QueryRows(factory));
  }

  @Override
  protected StorageAccess createTimestampsRegionStorageAccess(
      String name, SessionFactoryImplementor factory) {
    return new UpdateTimestamps(context(factory).link());
  }
}
