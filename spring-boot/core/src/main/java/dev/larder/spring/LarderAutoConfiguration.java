package dev.larder.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.spring.internal.observe.HikariMeters;
import dev.larder.spring.internal.observe.LarderEndpoint;
import dev.larder.spring.internal.observe.LarderMeterBinder;
import dev.larder.spring.internal.observe.PoolMetadataBelow;
import dev.larder.spring.internal.wrap.CheckpointLifecycle;
import dev.larder.spring.internal.wrap.DataSourceWrapper;
import dev.larder.spring.internal.wrap.NeverRebound;
import dev.larder.spring.internal.wrap.OnLarderEnabled;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * Puts Larder above the DataSource beans of an application, unless {@code larder.enabled=false},
 * which leaves everything as it is without Larder. Thread-safe.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.metadata.DataSourcePoolMetadataProvidersConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    },
    beforeName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.jdbc.DataSourcePoolMetricsAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration"
    })
@ConditionalOnClass({DataSource.class, LarderDataSource.class})
@Conditional(OnLarderEnabled.class)
public class LarderAutoConfiguration {

  /*
   * What processes beans is made before all others, so that no DataSource is made too early to be
   * seen. Its methods are static and ask for nothing that would lead to a DataSource.
   */

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  @ConditionalOnMissingBean
  static LarderDataSources larderDataSources() {
    return new LarderDataSources();
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static DataSourceWrapper larderDataSourceWrapper(ObjectProvider<LarderDataSources> dataSources) {
    return new DataSourceWrapper(dataSources);
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static NeverRebound larderNeverRebound() {
    return new NeverRebound();
  }

  @Bean
  CheckpointLifecycle larderCheckpointLifecycle(LarderDataSources dataSources) {
    return new CheckpointLifecycle(dataSources);
  }

  /** What is known of pools stays known: Boot finds none behind a LarderDataSource. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(DataSourcePoolMetadataProvider.class)
  static class PoolMetadata {

    @Bean
    DataSourcePoolMetadataProvider larderPoolMetadataProvider(
        LarderDataSources dataSources, ObjectProvider<DataSourcePoolMetadataProvider> others) {
      return new PoolMetadataBelow(dataSources, others);
    }
  }

  /** Larder's own meters. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {

    @Bean
    MeterBinder larderMeters(LarderDataSources dataSources, ObjectProvider<DataSource> all) {
      return new LarderMeterBinder(dataSources, all);
    }
  }

  /** HikariCP's meters, which Boot gives to no pool that it does not see. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterBinder.class, HikariDataSource.class})
  static class PoolMeters {

    @Bean
    MeterBinder larderHikariMeters(LarderDataSources dataSources, ObjectProvider<DataSource> all) {
      return new HikariMeters(dataSources, all);
    }
  }

  /** The endpoint, where there are any. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Endpoint.class)
  static class Actuator {

    @Bean
    @ConditionalOnMissingBean
    LarderEndpoint larderEndpoint(LarderDataSources dataSources) {
      return new LarderEndpoint(dataSources);
    }
  }
}
