package dev.larder.spring.internal.wrap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Chooses Hibernate's second-level cache where {@code larder.hibernate.enabled} or {@code
 * larder.enabled} says something of it, and the application has chosen none. Thread-safe.
 *
 * <p>Without either Hibernate itself takes Larder's, if it finds no other.
 */
public final class RegionFactoryChoice implements BeanPostProcessor, EnvironmentAware, Ordered {

  private static final String REGION_FACTORY = "hibernate.cache.region.factory_class";
  private static final String LARDER = "larder";
  private static final String NONE = "org.hibernate.cache.internal.NoCachingRegionFactory";

  private @Nullable EnvironmentSettings settings;

  @Override
  public void setEnvironment(Environment environment) {
    settings = new EnvironmentSettings(environment);
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String beanName) {
    EnvironmentSettings told = settings;
    if (bean instanceof LocalContainerEntityManagerFactoryBean factory && told != null) {
      if (!told.isOn()) {
        factory.getJpaPropertyMap().putIfAbsent(REGION_FACTORY, NONE);
      } else {
        told.secondLevel()
            .ifPresent(
                wanted ->
                    factory
                        .getJpaPropertyMap()
                        .putIfAbsent(REGION_FACTORY, wanted ? LARDER : NONE));
      }
    }
    return bean;
  }
}
