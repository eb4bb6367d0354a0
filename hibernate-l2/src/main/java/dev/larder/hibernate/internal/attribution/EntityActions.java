package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.Mapping;
import dev.larder.hibernate.internal.session.SessionState;
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
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
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
import org.jspecify.annotations.Nullable;

/**
 * Hears of each entity and collection action around its statement: locks what else depends on the
 * row, and marks the statement if all of that was found. Thread-safe.
 */
final class EntityActions
    implements PreInsertEventListener,
        PreUpdateEventListener,
        PreDeleteEventListener,
        PostInsertEventListener,
        PostUpdateEventListener,
        PostDeleteEventListener,
        PreCollectionRecreateEventListener,
        PreCollectionUpdateEventListener,
        PreCollectionRemoveEventListener,
        PostCollectionRecreateEventListener,
        PostCollectionUpdateEventListener,
        PostCollectionRemoveEventListener {

  private static final long serialVersionUID = 1L;

  private final transient DatabaseLink link;
  private final transient RowDependants dependants;

  EntityActions(DatabaseLink link, RowDependants dependants) {
    this.link = link;
    this.dependants = dependants;
  }

  @Override
  public boolean onPreInsert(PreInsertEvent event) {
    written(event, event.getState(), null, false, true);
    return false;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    Object[] old = event.getOldState();
    written(event, event.getState(), old, false, old != null);
    return false;
  }

  @Override
  public boolean onPreDelete(PreDeleteEvent event) {
    Object[] old = event.getDeletedState();
    written(event, null, old, true, old != null);
    return false;
  }

  private void written(
      AbstractPreDatabaseOperationEvent event,
      Object @Nullable [] state,
      Object @Nullable [] old,
      boolean deletes,
      boolean wholeStory) {
    Mark.clear();
    SharedSessionContractImplementor session = EventSession.of(event);
    if (session != null) {
      boolean locked = dependants.lock(session, event.getPersister(), state, old, deletes);
      boolean accountedFor = locked && wholeStory;
      if (!accountedFor) {
        // Its statement may join a batch that another row's action has marked.
        dependants.lockAll(session, event.getPersister());
      }
      mark(session, event.getPersister(), accountedFor);
    }
  }

  private void mark(
      SharedSessionContractImplementor session, EntityPersister persister, boolean accountedFor) {
    // A stateless session does not lock what it writes on every release.
    if (accountedFor
        && link.isShared()
        && session.isEventSource()
        && persister.canWriteToCache()
        && session.isTransactionInProgress()) {
      SessionState.of(session).atCompletion(Mark::clear);
      Mark.set(link.keeper(persister.getRootEntityName()), Mapping.ownTables(persister));
    }
  }

  private void mark(AbstractCollectionEvent event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    CollectionPersister persister = persister(event);
    if (persister != null
        && link.isShared()
        && persister.hasCache()
        && session.isTransactionInProgress()) {
      SessionState.of(session).atCompletion(Mark::clear);
      Mark.set(link.keeper(persister.getRole()), Mapping.ownTables(persister));
    } else {
      Mark.clear();
    }
  }

  private static @Nullable CollectionPersister persister(AbstractCollectionEvent event) {
    CollectionEntry entry =
        EventSession.of(event)
            .getPersistenceContextInternal()
            .getCollectionEntry(event.getCollection());
    if (entry == null) {
      return null;
    }
    CollectionPersister current = entry.getCurrentPersister();
    return current == null || event instanceof PreCollectionRemoveEvent
        ? entry.getLoadedPersister()
        : current;
  }

  @Override
  public void onPostInsert(PostInsertEvent event) {
    Mark.clear();
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    Mark.clear();
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    Mark.clear();
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }

  @Override
  public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
    mark(event);
  }

  @Override
  public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
    mark(event);
  }

  @Override
  public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
    mark(event);
  }

  @Override
  public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
    Mark.clear();
  }

  @Override
  public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
    Mark.clear();
  }

  @Override
  public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
    Mark.clear();
  }
}
