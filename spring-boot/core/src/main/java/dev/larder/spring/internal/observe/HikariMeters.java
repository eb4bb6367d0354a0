package dev.larder.spring.internal.observe;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.larder.spring.LarderDataSources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** HikariCP's own meters of the pools below Larder, as Boot gives them to pools. Thread-safe. */
public final class HikariMeters implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(HikariMeters.class);

  private final LarderDataSources dataSources;
  private final ObjectProvider<DataSource> all;

  /**
   * @param all the DataSource beans, so that they are made before they are measured
   */
  public HikariMeters(LarderDataSources dataSources, ObjectProvider<DataSource> all) {
    this.dataSources = dataSources;
    this.all = all;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    all.stream().forEach(each -> {});
    dataSources
        .all()
        .forEach(
            (name, wrapped) -> {
              if (wrapped.below() instanceof HikariDataSource hikari
                  && hikari.getMetricRegistry() == null
                  && hikari.getMetricsTrackerFactory() == null) {
                bind(name, hikari, registry);
              }
            });
  }

  private static void bind(String name, HikariDataSource hikari, MeterRegistry registry) {
    try {
      hikari.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
    } catch (RuntimeException refused) {
      log.warn("HikariCP takes no meters for '{}': {}", name, refused.toString());
    }
  }
}
