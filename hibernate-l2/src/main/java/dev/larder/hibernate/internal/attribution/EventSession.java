package dev.larder.hibernate.internal.attribution;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.RefreshEvent;
import org.jspecify.annotations.Nullable;

/**
 * The session of an event. Stateless.
 *
 * <p>Looked up by name, because Hibernate 6.6 and 7 declare different types for it and one jar
 * serves both.
 */
final class EventSession {

  private static final MethodHandle OF_ENTITY = handle(AbstractPreDatabaseOperationEvent.class);
  private static final MethodHandle OF_MERGE = handle(MergeEvent.class);
  private static final MethodHandle OF_REFRESH = handle(RefreshEvent.class);
  private static final MethodHandle OF_COLLECTION = handle(AbstractCollectionEvent.class);

  private EventSession() {}

  /** The session; null from a stateless session of Hibernate 6.6. */
  static @Nullable SharedSessionContractImplementor of(AbstractPreDatabaseOperationEvent event) {
    return call(OF_ENTITY, event);
  }

  static @Nullable SharedSessionContractImplementor of(MergeEvent event) {
    return call(OF_MERGE, event);
  }

  static @Nullable SharedSessionContractImplementor of(RefreshEvent event) {
    return call(OF_REFRESH, event);
  }

  /** The session; null from a stateless session. */
  static @Nullable SharedSessionContractImplementor of(AbstractCollectionEvent event) {
    try {
      return call(OF_COLLECTION, event);
    } catch (NullPointerException stateless) {
      // The getter fails where the event has no session, and nothing else tells.
      return null;
    }
  }

  private static @Nullable SharedSessionContractImplementor call(
      MethodHandle handle, Object event) {
    try {
      return (SharedSessionContractImplementor) handle.invokeExact(event);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle handle(Class<?> event) {
    try {
      return MethodHandles.publicLookup()
          .unreflect(event.getMethod("getSession"))
          .asType(MethodType.methodType(SharedSessionContractImplementor.class, Object.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
