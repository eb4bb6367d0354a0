package dev.larder.spring.health;

import dev.larder.spring.LarderAutoConfiguration;
import dev.larder.spring.LarderDataSources;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows Larder in the health endpoint, where there is one. Thread-safe. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(LarderDataSources.class)
@ConditionalOnEnabledHealthIndicator("larder")
public class LarderHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "larderHealthIndicator")
  HealthIndicator larderHealthIndicator(LarderDataSources dataSources) {
    return new LarderHealthIndicator(dataSources);
  }
}
