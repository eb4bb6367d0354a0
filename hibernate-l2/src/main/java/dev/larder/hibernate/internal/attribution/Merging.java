package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.region.LarderDomainAccess;
import dev.larder.hibernate.internal.session.FreshReads;
import dev.larder.hibernate.internal.session.SessionState;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.RefreshContext;
import org.hibernate.event.spi.RefreshEvent;
import org.hibernate.event.spi.RefreshEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;

/**
 * Has the database answer what is merged or refreshed, where an answer from memory may be old: to
 * merge is to compare versions, and an old one would refuse the newest. Stateless.
 */
final class Merging {

  private Merging() {}

  /** Before Hibernate merges or refreshes. */
  static final class Begin implements MergeEventListener, RefreshEventListener {

    @Override
    public void onMerge(MergeEvent event) {
      begin(event);
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext copied) {
      begin(event);
    }

    private static void begin(MergeEvent event) {
      SharedSessionContractImplementor session = EventSession.of(event);
      Object detached = event.getOriginal();
      if (session != null) {
        if (detached != null && HibernateProxy.extractLazyInitializer(detached) == null) {
          forgetOtherVersion(session, event.getEntityName(), detached);
        }
        FreshReads.begin(SessionState.of(session));
      }
    }

    @Override
    public void onRefresh(RefreshEvent event) {
      refresh(event);
    }

    @Override
    public void onRefresh(RefreshEvent event, RefreshContext refreshed) {
      refresh(event);
    }

    private static void refresh(RefreshEvent event) {
      SharedSessionContractImplementor session = EventSession.of(event);
      if (session != null) {
        FreshReads.begin(SessionState.of(session));
      }
    }
  }

  /** After that. */
  static final class End implements MergeEventListener, RefreshEventListener {

    @Override
    public void onMerge(MergeEvent event) {
      end(EventSession.of(event));
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext copied) {
      end(EventSession.of(event));
    }

    @Override
    public void onRefresh(RefreshEvent event) {
      end(EventSession.of(event));
    }

    @Override
    public void onRefresh(RefreshEvent event, RefreshContext refreshed) {
      end(EventSession.of(event));
    }

    private static void end(@Nullable SharedSessionContractImplementor session) {
      if (session != null) {
        FreshReads.end(SessionState.of(session));
      }
    }
  }

  /** Either version may be the old one; the database tells. */
  private static void forgetOtherVersion(
      SharedSessionContractImplementor session, @Nullable String name, Object detached) {
    EntityPersister persister = session.getEntityPersister(name, detached);
    if (!persister.isVersioned()
        || !persister.canReadFromCache()
        || !(persister.getCacheAccessStrategy() instanceof LarderDomainAccess domain)) {
      return;
    }
    Object id = persister.getIdentifier(detached, session);
    Object version = persister.getVersion(detached);
    if (id == null || version == null || version == LazyPropertyInitializer.UNFETCHED_PROPERTY) {
      return;
    }
    Object key =
        persister
            .getCacheAccessStrategy()
            .generateCacheKey(id, persister, session.getFactory(), session.getTenantIdentifier());
    Object found = domain.get(session, key);
    if (found instanceof CacheEntry entry && !version.equals(entry.getVersion())) {
      domain.evict(key);
    }
  }
}
