package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.Mapping;
import dev.larder.hibernate.internal.link.Tenant;
import dev.larder.hibernate.internal.session.Announcement;
import dev.larder.hibernate.internal.session.Announcement.Exemption;
import dev.larder.hibernate.internal.session.SessionState;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.model.MutationType;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each entity and collection action before its statement: locks what else depends on the
 * row, and announces the action if all of that was found. Thread-safe.
 */
final class EntityActions
    implements PreInsertEventListener,
        PreUpdateEventListener,
        PreDeleteEventListener,
        PreCollectionRecreateEventListener,
        PreCollectionUpdateEventListener,
        PreCollectionRemoveEventListener,
        PostCollectionRecreateEventListener,
        PostCollectionUpdateEventListener,
        PostCollectionRemoveEventListener {

  private static final long serialVersionUID = 1L;

  private final transient DatabaseLink link;
  private final transient RowDependants dependants;
  private final transient Map<Object, Exemption> exemptions = new ConcurrentHashMap<>();

  EntityActions(DatabaseLink link, RowDependants dependants) {
    this.link = link;
    this.dependants = dependants;
  }

  @Override
  public boolean onPreInsert(PreInsertEvent event) {
    Exemption exemption = accountFor(event, event.getState(), null, MutationType.INSERT);
    if (exemption != null) {
      announce(event, Announcement.insert(event.getPersister(), exemption, event.getEntity()));
    }
    return false;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    change(event, event.getState(), event.getOldState(), MutationType.UPDATE);
    return false;
  }

  @Override
  public boolean onPreDelete(PreDeleteEvent event) {
    change(event, null, event.getDeletedState(), MutationType.DELETE);
    return false;
  }

  private void change(
      AbstractPreDatabaseOperationEvent event,
      Object @Nullable [] state,
      Object @Nullable [] old,
      MutationType type) {
    Exemption exemption = accountFor(event, state, old, type);
    if (exemption != null) {
      EntityPersister persister = event.getPersister();
      announce(
          event,
          Announcement.change(
              persister, exemption, type, event.getEntity(), key(event, persister)));
    }
  }

  /** As the action itself will ask for it. */
  private static Object key(AbstractPreDatabaseOperationEvent event, EntityPersister persister) {
    SharedSessionContractImplementor session = session(event);
    return persister
        .getCacheAccessStrategy()
        .generateCacheKey(
            event.getId(), persister, session.getFactory(), session.getTenantIdentifier());
  }

  private static SharedSessionContractImplementor session(AbstractPreDatabaseOperationEvent event) {
    return Objects.requireNonNull(EventSession.of(event));
  }

  /** Locks what depends on the row; null where that was not all found. */
  private @Nullable Exemption accountFor(
      AbstractPreDatabaseOperationEvent event,
      Object @Nullable [] state,
      Object @Nullable [] old,
      MutationType type) {
    SharedSessionContractImplementor session = EventSession.of(event);
    if (session == null) {
      return null;
    }
    EntityPersister persister = event.getPersister();
    SessionState.of(session).announce(null);
    if (type != MutationType.INSERT && SessionState.of(session).isInTransaction()) {
      dependants.forgetAtRollback(session, persister, event.getId());
    }
    boolean isKnown = type == MutationType.INSERT || old != null;
    boolean locked =
        dependants.lock(session, persister, state, old, type == MutationType.DELETE) && isKnown;
    // A stateless session does not lock what it writes on every release.
    return locked
            && session.isEventSource()
            && persister.canWriteToCache()
            && session.isTransactionInProgress()
        ? exemption(
            session, persister, persister.getRootEntityName(), () -> Mapping.ownTables(persister))
        : null;
  }

  private static void announce(AbstractPreDatabaseOperationEvent event, Announcement announcement) {
    SessionState.of(session(event)).announce(announcement);
  }

  private void announce(AbstractCollectionEvent event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    if (session == null) {
      return;
    }
    CollectionPersister persister = persister(event, session);
    Announcement next = null;
    if (persister != null && persister.hasCache() && session.isTransactionInProgress()) {
      Exemption exemption =
          exemption(session, persister, persister.getRole(), () -> Mapping.ownTables(persister));
      next = exemption == null ? null : Announcement.collection(persister, exemption);
    }
    SessionState.of(session).announce(next);
  }

  /** What an action accounts for in the name of the session's tenant; null while he is unknown. */
  private @Nullable Exemption exemption(
      SharedSessionContractImplementor session,
      Object persister,
      String role,
      Supplier<Set<String>> tables) {
    Exemption ofAll =
        exemptions.computeIfAbsent(
            persister, p -> new Exemption(link.cacheName(null, role), tables.get()));
    if (link.tenants() == null) {
      return ofAll;
    }
    Tenant tenant = link.tenant(session);
    return tenant == null ? null : new Exemption(link.cacheName(tenant, role), ofAll.tables());
  }

  private static @Nullable CollectionPersister persister(
      AbstractCollectionEvent event, SharedSessionContractImplementor session) {
    CollectionEntry entry =
        session.getPersistenceContextInternal().getCollectionEntry(event.getCollection());
    if (entry == null) {
      return null;
    }
    CollectionPersister current = entry.getCurrentPersister();
    return current == null || event instanceof PreCollectionRemoveEvent
        ? entry.getLoadedPersister()
        : current;
  }

  private static void over(AbstractCollectionEvent event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    if (session != null) {
      SessionState.of(session).announce(null);
    }
  }

  @Override
  public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
    announce(event);
  }

  @Override
  public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
    announce(event);
  }

  @Override
  public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
    announce(event);
  }

  @Override
  public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
    over(event);
  }

  @Override
  public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
    over(event);
  }

  @Override
  public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
    over(event);
  }
}
