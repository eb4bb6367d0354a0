package dev.larder.hibernate.internal.region;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.spi.RegionFactory;

/** The short name {@code larder}. Stateless. */
public final class LarderStrategies implements StrategyRegistrationProvider {

  /** Raw, because Hibernate 6.6 and 7 declare different type arguments. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Iterable getStrategyRegistrations() {
    return List.of(
        new SimpleStrategyRegistrationImpl<>(
            RegionFactory.class, LarderRegionFactory.class, "larder"));
  }
}
