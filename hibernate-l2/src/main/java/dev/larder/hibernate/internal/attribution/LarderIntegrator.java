package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.CustomSql;
import dev.larder.hibernate.internal.region.LarderRegionFactory;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/** Hooks the cache into a session factory that uses it. Thread-safe. */
public final class LarderIntegrator implements Integrator {

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    RegionFactory regions =
        factory.getSessionFactoryOptions().getServiceRegistry().getService(RegionFactory.class);
    boolean caches =
        factory.getSessionFactoryOptions().isSecondLevelCacheEnabled()
            || factory.getSessionFactoryOptions().isQueryCacheEnabled();
    if (!caches || !(regions instanceof LarderRegionFactory larder)) {
      return;
    }
    HintingInspector.of(factory.getSessionFactoryOptions().getStatementInspector())
        .ifPresent(inspector -> inspector.attach(larder.link()));
    larder.customSql(CustomSql.of(metadata));
    factory.addObserver(
        new SessionFactoryObserver() {
          @Override
          public void sessionFactoryCreated(SessionFactory created) {
            listen(factory, larder);
            larder.prepare();
          }
        });
  }

  private static void listen(SessionFactoryImplementor factory, LarderRegionFactory larder) {
    EntityActions actions = new EntityActions(larder.link(), new RowDependants(factory));
    EventListenerRegistry registry = factory.getEventEngine().getListenerRegistry();
    // The later they are asked, the fewer actions they lock for that are vetoed.
    registry.appendListeners(EventType.PRE_INSERT, actions);
    registry.appendListeners(EventType.PRE_UPDATE, actions);
    registry.appendListeners(EventType.PRE_DELETE, actions);
    registry.appendListeners(EventType.PRE_COLLECTION_RECREATE, actions);
    registry.appendListeners(EventType.PRE_COLLECTION_UPDATE, actions);
    registry.appendListeners(EventType.PRE_COLLECTION_REMOVE, actions);
    registry.prependListeners(EventType.POST_COLLECTION_RECREATE, actions);
    registry.prependListeners(EventType.POST_COLLECTION_UPDATE, actions);
    registry.prependListeners(EventType.POST_COLLECTION_REMOVE, actions);
    registry.prependListeners(EventType.MERGE, new Merging.Begin());
    registry.appendListeners(EventType.MERGE, new Merging.End());
    registry.prependListeners(EventType.REFRESH, new Merging.Begin());
    registry.appendListeners(EventType.REFRESH, new Merging.End());
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {}
}
