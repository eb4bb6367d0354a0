package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.session.Announcement;
import dev.larder.hibernate.internal.session.SessionState;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.engine.jdbc.mutation.MutationExecutor;
import org.hibernate.engine.jdbc.mutation.group.PreparedStatementDetails;
import org.hibernate.engine.jdbc.mutation.internal.MutationExecutorServiceInitiator;
import org.hibernate.engine.jdbc.mutation.spi.BatchKeyAccess;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.model.MutationOperationGroup;
import org.jspecify.annotations.Nullable;

/**
 * Marks what an announced action prepares while it is carried out, and nothing else. Thread-safe.
 *
 * <p>Hibernate carries out every entity and collection action by an executor of its own, and
 * nothing that the application writes itself.
 */
final class MarkingExecutors implements MutationExecutorService {

  private static final long serialVersionUID = 1L;

  private final transient MutationExecutorService given;

  private MarkingExecutors(MutationExecutorService given) {
    this.given = given;
  }

  /** Puts these before the executors that were configured, or Hibernate's own. Stateless. */
  static final class Initiator implements StandardServiceInitiator<MutationExecutorService> {

    @Override
    public Class<MutationExecutorService> getServiceInitiated() {
      return MutationExecutorService.class;
    }

    @Override
    public MutationExecutorService initiateService(
        Map<String, Object> settings, ServiceRegistryImplementor registry) {
      return new MarkingExecutors(
          MutationExecutorServiceInitiator.INSTANCE.initiateService(settings, registry));
    }
  }

  @Override
  public MutationExecutor createExecutor(
      BatchKeyAccess batchKey,
      MutationOperationGroup group,
      SharedSessionContractImplementor session) {
    SessionState state = SessionState.ifAny(session);
    if (state == null) {
      return given.createExecutor(batchKey, group, session);
    }
    Announcement announced = state.announced(group.getMutationTarget(), group.getMutationType());
    if (announced == null) {
      // Its rows must not join a batch whose statement is marked.
      state.endMarkedBatch();
      return given.createExecutor(batchKey, group, session);
    }
    return (MutationExecutor)
        Proxy.newProxyInstance(
            MutationExecutor.class.getClassLoader(),
            new Class<?>[] {MutationExecutor.class},
            new Marked(given.createExecutor(batchKey, group, session), announced, state));
  }

  /**
   * The executor of an announced action. Made by reflection, because Hibernate 6.6 and 7 declare
   * different methods and one jar serves both.
   */
  private record Marked(MutationExecutor executor, Announcement announced, SessionState state)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "execute" ->
            announced.covers(arguments[0])
                ? marked(() -> call(method, arguments))
                : call(method, arguments);
        case "getPreparedStatementDetails" ->
            announced.isDelete()
                ? marked(() -> prepared(call(method, arguments)))
                : call(method, arguments);
        default -> call(method, arguments);
      };
    }

    private @Nullable Object marked(Callable<@Nullable Object> work) throws Exception {
      Mark.open(announced.keeping());
      try {
        return work.call();
      } finally {
        if (Mark.close()) {
          state.batchMayBeMarked();
        }
      }
    }

    /** Hibernate prepares a delete by these details, ahead of executing it. */
    private static @Nullable Object prepared(@Nullable Object details) {
      if (details instanceof PreparedStatementDetails statement) {
        statement.resolveStatement();
      }
      return details;
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Exception {
      try {
        return method.invoke(executor, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      }
    }
  }
}
