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
    Object configured = settings.get(AvailableSettings.STATEMENT_INSPECTOR);
    if (configured instanceof HintingInspector) {
      // The same settings serve for another session factory, which needs an inspector of its own.
      configured = ((HintingInspector) configured).application();
    }
    StatementInspector own =
        builder
            .getBootstrapServiceRegistry()
            .requireService(StrategySelector.class)
            .resolveStrategy(StatementInspector.class, configured);
    settings.put(AvailableSettings.STATEMENT_INSPECTOR, new HintingInspector(own));
    builder.addInitiator(new HintingExecutors.Initiator());
  }
}
