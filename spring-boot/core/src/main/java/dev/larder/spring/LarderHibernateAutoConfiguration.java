package dev.larder.spring;

import dev.larder.spring.internal.wrap.RegionFactoryChoice;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Switches Hibernate's second-level cache on Larder's ledger on or off, where {@code
 * larder-hibernate-l2} is on the class path. Thread-safe.
 *
 * <p>Also with {@code larder.enabled=false}: Hibernate would otherwise take a cache that it finds.
 */
@AutoConfiguration
@ConditionalOnClass(
    value = LocalContainerEntityManagerFactoryBean.class,
    name = "dev.larder.hibernate.SecondLevelCache")
public class LarderHibernateAutoConfiguration {

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static RegionFactoryChoice regionFactoryChoice() {
    return new RegionFactoryChoice();
  }
}
