package dev.larder.spring.health;

import dev.larder.spring.LarderDataSources;
import dev.larder.spring.internal.observe.HealthDetails;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Shows how Larder does, and never takes the application down. Thread-safe. */
final class LarderHealthIndicator extends AbstractHealthIndicator {

  private final LarderDataSources dataSources;

  LarderHealthIndicator(LarderDataSources dataSources) {
    this.dataSources = dataSources;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    builder.up().withDetails(HealthDetails.of(dataSources));
  }
}
