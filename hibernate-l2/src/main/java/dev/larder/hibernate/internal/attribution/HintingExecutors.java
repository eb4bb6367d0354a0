package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.WrittenTables;
import dev.larder.hibernate.internal.session.Announcement;
import dev.larder.hibernate.internal.session.SessionState;
import dev.larder.invalidation.ChangeSet;
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
import org.hibernate.sql.model.MutationOperation;
import org.hibernate.sql.model.MutationOperationGroup;
import org.hibernate.sql.model.TableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Gives the hint to what an announced action prepares while it is carried out, and to nothing else.
 * Thread-safe.
 *
 * <p>Hibernate carries out every entity and collection action by an executor of its own, and
 * nothing that the application writes itself.
 */
final class HintingExecutors implements MutationExecutorService {

  private static final long serialVersionUID = 1L;

  private final transient MutationExecutorService configured;

  private HintingExecutors(MutationExecutorService configured) {
    this.configured = configured;
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
      return new HintingExecutors(
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
      return configured.createExecutor(batchKey, group, session);
    }
    Announcement announced = state.announced(group.getMutationTarget(), group.getMutationType());
    if (state.tellsOfWrites()) {
      state.writes(written(group, announced));
    }
    if (announced == null) {
      // Its rows must not join a batch whose statement has a hint.
      state.endHintedBatch();
      MutationExecutor executor = configured.createExecutor(batchKey, group, session);
      return state.isInTransaction() || !state.isWriting()
          ? executor
          : proxy(new Committing(executor, state, session));
    }
    return proxy(
        new Hinted(configured.createExecutor(batchKey, group, session), announced, state, group));
  }

  private static MutationExecutor proxy(InvocationHandler handler) {
    return (MutationExecutor)
        Proxy.newProxyInstance(
            MutationExecutor.class.getClassLoader(),
            new Class<?>[] {MutationExecutor.class},
            handler);
  }

  /** What the statements of a group write, of which an announced action accounts for its tables. */
  private static ChangeSet written(MutationOperationGroup group, @Nullable Announcement announced) {
    ChangeSet all = ChangeSet.NOTHING;
    for (int i = 0; i < group.getNumberOfOperations(); i++) {
      MutationOperation operation = group.getOperation(i);
      String table = operation.getTableDetails().getTableName();
      String custom = custom(operation);
      boolean accountsFor =
          custom == null && announced != null && announced.exemption().tables().contains(table);
      Announcement accounting = accountsFor ? announced : null;
      all =
          all.plus(
              accounting == null
                  ? WrittenTables.ofTable(table)
                  : WrittenTables.ofTable(table, accounting.exemption().cache()));
      all = custom == null ? all : all.plus(WrittenTables.of(custom));
    }
    return all;
  }

  /** The SQL that the application has given for an operation, or null. */
  private static @Nullable String custom(MutationOperation operation) {
    TableMapping table = operation.getTableDetails();
    return switch (operation.getMutationType()) {
      case INSERT -> table.getInsertDetails().getCustomSql();
      case UPDATE -> table.getUpdateDetails().getCustomSql();
      case DELETE -> table.getDeleteDetails().getCustomSql();
    };
  }

  /** The executor of an action that is a transaction by itself: what it wrote is committed. */
  private record Committing(
      MutationExecutor executor, SessionState state, SharedSessionContractImplementor session)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
        throws Throwable {
      try {
        return call(executor, method, arguments);
      } finally {
        if (method.getName().equals("release")) {
          try {
            session.getJdbcCoordinator().executeBatch();
          } finally {
            state.endWrites();
          }
        }
      }
    }
  }

  private static @Nullable Object call(
      MutationExecutor executor, Method method, @Nullable Object[] arguments) throws Exception {
    try {
      return method.invoke(executor, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /**
   * The executor of an announced action. Made by reflection, because Hibernate 6.6 and 7 declare
   * different methods and one jar serves both.
   */
  private record Hinted(
      MutationExecutor executor,
      Announcement announced,
      SessionState state,
      MutationOperationGroup group)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "execute" ->
            announced.covers(arguments[0])
                ? hinted(() -> call(executor, method, arguments))
                : unhinted(method, arguments);
        case "getPreparedStatementDetails" ->
            announced.isDelete()
                ? hinted(() -> prepared(call(executor, method, arguments)))
                : call(executor, method, arguments);
        default -> call(executor, method, arguments);
      };
    }

    private @Nullable Object unhinted(Method method, @Nullable Object[] arguments)
        throws Exception {
      if (state.tellsOfWrites()) {
        state.writes(written(group, null));
      }
      return call(executor, method, arguments);
    }

    private @Nullable Object hinted(Callable<@Nullable Object> work) throws Exception {
      StatementHint.open(announced.exemption());
      try {
        return work.call();
      } finally {
        if (StatementHint.close()) {
          state.batchMayBeHinted();
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
  }
}
