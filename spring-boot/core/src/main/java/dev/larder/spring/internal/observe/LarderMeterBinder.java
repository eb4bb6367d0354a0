package dev.larder.spring.internal.observe;

import dev.larder.jdbc.micrometer.LarderMetrics;
import dev.larder.spring.LarderDataSources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;

/** Larder's meters of each DataSource, named by its bean. Thread-safe. */
public final class LarderMeterBinder implements MeterBinder {

  private final LarderDataSources dataSources;
  private final ObjectProvider<DataSource> all;

  /**
   * @param all the DataSource beans, so that they are made before they are measured
   */
  public LarderMeterBinder(LarderDataSources dataSources, ObjectProvider<DataSource> all) {
    this.dataSources = dataSources;
    this.all = all;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    all.stream().forEach(each -> {});
    dataSources
        .all()
        .forEach((name, wrapped) -> new LarderMetrics(wrapped.larder(), name).bindTo(registry));
  }
}
