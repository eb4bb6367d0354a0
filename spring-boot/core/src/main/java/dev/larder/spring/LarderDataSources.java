package dev.larder.spring;

import dev.larder.jdbc.LarderDataSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * The DataSources of an application that Larder stands above, by the names of their beans; a bean
 * to be injected where {@code explain}, {@code statistics} or the hooks are wanted. Thread-safe.
 *
 * <p>A target of a routing DataSource that is no bean of its own is called by the router's bean and
 * its key, {@code router[key]}.
 */
public final class LarderDataSources {

  private final Map<String, Wrapped> byName = new ConcurrentHashMap<>();

  /**
   * A DataSource and what Larder put above it.
   *
   * @param larder what the application was given
   * @param below what is the application's own, and stays so
   */
  public record Wrapped(LarderDataSource larder, DataSource below) {}

  /** Notes what was put above a DataSource; what had the name before is let go of. */
  public void add(String name, Wrapped wrapped) {
    Wrapped former = byName.put(name, wrapped);
    if (former != null) {
      former.larder().close();
    }
  }

  /** Closes what stands above a DataSource that is about to go, under whatever name. */
  public void close(DataSource below) {
    byName.forEach(
        (name, wrapped) -> {
          if (wrapped.below() == below && byName.remove(name, wrapped)) {
            wrapped.larder().close();
          }
        });
  }

  /** All there are now, by name. */
  public Map<String, Wrapped> all() {
    return new TreeMap<>(byName);
  }

  /** The one of a bean's name. */
  public Optional<LarderDataSource> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Wrapped::larder);
  }

  /** What one of these stands above; empty for any other DataSource. */
  public Optional<DataSource> below(DataSource dataSource) {
    return byName.values().stream()
        .filter(wrapped -> wrapped.larder() == dataSource)
        .map(Wrapped::below)
        .findFirst();
  }
}
