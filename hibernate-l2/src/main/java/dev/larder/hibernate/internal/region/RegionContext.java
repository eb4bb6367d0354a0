package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.CustomSql;
import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.Mapping;
import dev.larder.hibernate.internal.link.StoredColumns;
import dev.larder.hibernate.internal.link.TenantDependencies;
import dev.larder.hibernate.internal.settings.CacheSettings;
import dev.larder.hibernate.internal.storage.RegionStore;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.SelectableConsumer;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/** What the regions of one session factory share. Thread-safe. */
final class RegionContext {

  /** How many times as long as it took to ask for columns nobody asks again. */
  private static final int ASKING_SHARE = 3;

  private final DatabaseLink link;
  private final CacheSettings settings;
  private final Mapping mapping;
  private final SessionFactoryImplementor factory;
  private final Map<String, TenantDependencies> dependencies = new ConcurrentHashMap<>();
  private final List<RegionStore> stores = new CopyOnWriteArrayList<>();
  private volatile StoredColumns columns = StoredColumns.unknown();
  private volatile long askAgainAtNanos;
  private volatile boolean prepared;

  RegionContext(
      DatabaseLink link,
      CacheSettings settings,
      SessionFactoryImplementor factory,
      Supplier<CustomSql> customSql) {
    this.link = link;
    this.settings = settings;
    this.factory = factory;
    this.mapping = new Mapping(factory, link, customSql);
    link.onTenantsMove(() -> stores.forEach(RegionStore::clear));
  }

  DatabaseLink link() {
    return link;
  }

  RegionStore store(String region) {
    long asked = settings.maxAgeNanos(region);
    RegionStore store =
        new RegionStore(
            settings.maxEntries(region),
            settings.maxBytes(region),
            link::tick,
            footprint -> Math.min(asked, link.maxAgeNanos(footprint)));
    stores.add(store);
    return store;
  }

  /**
   * The entity's state and its natural id depend on the same.
   *
   * @param idOf the id of the entity that is kept for a key; null where the key does not tell
   */
  DomainCacheAccess ofEntity(
      String root, DomainStorage storage, Function<Object, @Nullable Object> idOf) {
    TenantDependencies dependency =
        dependencies.computeIfAbsent(
            root, name -> new TenantDependencies(link, name, mapping, of -> of.entity(name)));
    return new DomainCacheAccess(link, storage.store(), dependency, idOf);
  }

  /**
   * @param idOf the owner's key of the collection that is kept for a key
   */
  DomainCacheAccess ofCollection(
      String role, DomainStorage storage, Function<Object, @Nullable Object> idOf) {
    TenantDependencies dependency =
        dependencies.computeIfAbsent(
            role, name -> new TenantDependencies(link, name, mapping, of -> of.collection(name)));
    return new DomainCacheAccess(link, storage.store(), dependency, idOf);
  }

  /** Finds what everything depends on, ahead of the first session. */
  void prepare() {
    dependencies.values().forEach(TenantDependencies::prepare);
    prepared = true;
    askForColumns();
  }

  /** What the database says of the columns. */
  StoredColumns columns() {
    return columns;
  }

  /** Asks again for what was not known, or was defined anew. Call it holding no connection. */
  void refresh() {
    if (prepared && !columns.holds() && System.nanoTime() - askAgainAtNanos > 0) {
      askForColumns();
    }
  }

  private void askForColumns() {
    long began = System.nanoTime();
    // One thread asks; the others go on.
    askAgainAtNanos = began + TimeUnit.SECONDS.toNanos(5);
    Map<String, Set<String>> wanted = new HashMap<>();
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister -> {
              if (persister.canWriteToCache() || persister.hasNaturalIdCache()) {
                SelectableConsumer add = (index, column) -> add(column, wanted);
                persister.getIdentifierMapping().forEachSelectable(add);
                persister.forEachSelectable(add);
              }
            });
    StoredColumns found = link.columns(wanted);
    // Asking may itself have shown that the definitions were others.
    columns = found.holds() ? found : link.columns(wanted);
    askAgainAtNanos = System.nanoTime() + (System.nanoTime() - began) * ASKING_SHARE;
  }

  private static void add(SelectableMapping column, Map<String, Set<String>> wanted) {
    if (!column.isFormula()) {
      wanted
          .computeIfAbsent(column.getContainingTableExpression(), t -> new LinkedHashSet<>())
          .add(column.getSelectionExpression());
    }
  }
}
