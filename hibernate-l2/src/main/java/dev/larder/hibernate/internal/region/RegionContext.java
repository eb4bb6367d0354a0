package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.Dependency;
import dev.larder.hibernate.internal.link.Mapping;
import dev.larder.hibernate.internal.settings.CacheSettings;
import dev.larder.hibernate.internal.storage.Shelf;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** What the regions of one session factory share. Thread-safe. */
final class RegionContext {

  private final DatabaseLink link;
  private final CacheSettings settings;
  private final Mapping mapping;
  private final Map<String, Dependency> dependencies = new ConcurrentHashMap<>();

  RegionContext(DatabaseLink link, CacheSettings settings, SessionFactoryImplementor factory) {
    this.link = link;
    this.settings = settings;
    this.mapping = new Mapping(factory, link);
  }

  DatabaseLink link() {
    return link;
  }

  Shelf shelf(String region) {
    long asked = settings.maxAgeNanos(region);
    return new Shelf(
        settings.maxEntries(region),
        settings.maxBytes(region),
        link::tick,
        footprint -> Math.min(asked, link.maxAgeNanos(footprint)));
  }

  /** The entity's state and its natural id depend on the same. */
  Slots ofEntity(String root, DomainStorage storage) {
    Dependency dependency =
        dependencies.computeIfAbsent(
            root, name -> new Dependency(link, name, () -> mapping.entity(name)));
    return new Slots(link, storage.shelf(), dependency);
  }

  Slots ofCollection(String role, DomainStorage storage) {
    Dependency dependency =
        dependencies.computeIfAbsent(
            role, name -> new Dependency(link, name, () -> mapping.collection(name)));
    return new Slots(link, storage.shelf(), dependency);
  }

  /** Finds what everything depends on, ahead of the first session. */
  void prepare() {
    dependencies.values().forEach(dependency -> dependency.find(null));
  }
}
