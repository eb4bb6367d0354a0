package dev.larder.hibernate.internal.attribution;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.registry.selector.spi.StrategySelector;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.service.spi.ServiceContributor;

/** Puts the inspector and the executors before the application's own. Stateless. */
public final class LarderServiceContributor implements ServiceContributor {

  @Override
  public void contribute(StandardServiceRegistryBuilder builder) {
    Map<String, Object> settings = builder.getSettings();
    Object given = settings.get(AvailableSettings.STATEMENT_INSPECTOR);
    if (given instanceof MarkingInspector) {
      // The same settings serve for another session factory, which needs an inspector of its own.
      given = ((MarkingInspector) given).application();
    }
    StatementInspector own =
        builder
            .getBootstrapServiceRegistry()
            .requireService(StrategySelector.class)
            .resolveStrategy(StatementInspector.class, given);
    settings.put(AvailableSettings.STATEMENT_INSPECTOR, new MarkingInspector(own));
    builder.addInitiator(new MarkingExecutors.Initiator());
  }
}
