package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.bind.ArrayValue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The driver's own connection for those who ask for {@code org.postgresql.PGConnection}: what
 * neither writes nor alters an answer is passed on, and everything else counts before it is. As
 * thread-safe as the driver's.
 */
final class WatchedPgConnection implements InvocationHandler {

  /** What it stands for; by name, because the driver need not be there. */
  static final String INTERFACE = "org.postgresql.PGConnection";

  /** A statement's own interface: nothing of it writes or alters an answer. */
  static final String STATEMENT_INTERFACE = "org.postgresql.PGStatement";

  private static final Set<String> HARMLESS =
      Set.of(
          "cancelQuery",
          "escapeIdentifier",
          "escapeLiteral",
          "getAdaptiveFetch",
          "getAutosave",
          "getBackendPID",
          "getDefaultFetchSize",
          "getNotifications",
          "getParameterStatus",
          "getParameterStatuses",
          "getPreferQueryMode",
          "getPrepareThreshold",
          "getQueryTimeout");

  /** What the next user of the physical connection must not find, and what tells how it was. */
  private static final Map<String, String> PUT_BACK =
      Map.of(
          "setAdaptiveFetch", "getAdaptiveFetch",
          "setAutosave", "getAutosave",
          "setDefaultFetchSize", "getDefaultFetchSize",
          "setPrepareThreshold", "getPrepareThreshold",
          "setQueryTimeout", "getQueryTimeout");

  private final Object own;
  private final ConnectionContext connection;

  private WatchedPgConnection(Object own, ConnectionContext connection) {
    this.own = own;
    this.connection = connection;
  }

  /** The driver's connection, watched. It can be cast to whatever public interface that has. */
  static <T> T of(Class<T> type, T own, ConnectionContext connection) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    interfaces.add(type);
    for (Class<?> known : own.getClass().getInterfaces()) {
      if (known.getClassLoader() == type.getClassLoader()
          && Modifier.isPublic(known.getModifiers())) {
        interfaces.add(known);
      }
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            interfaces.toArray(Class<?>[]::new),
            new WatchedPgConnection(own, connection)));
  }

  /** The driver's statement as that interface and nothing else. */
  static <T> T ofStatement(Class<T> type, T own) {
    InvocationHandler passing =
        (proxy, method, arguments) -> {
          try {
            return method.getName().equals("equals")
                ? proxy == arguments[0]
                : method.invoke(own, arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, passing));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return switch (name) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> own.toString();
      };
    }
    requireOpen(method);
    if (HARMLESS.contains(name)) {
      return call(method, arguments);
    }
    String getter = PUT_BACK.get(name);
    if (getter != null) {
      putBackLater(method, getter);
      return call(method, arguments);
    }
    return switch (name) {
      case "createArrayOf" ->
          call(method, arguments) instanceof Array array
              ? new LiveArray(array, connection, madeOf(arguments))
              : null;
      case "addDataType" -> {
        // From now on, getters answer with other classes.
        connection.session().stateUnknown(name);
        yield call(method, arguments);
      }
      case "getCopyAPI" -> copies(method);
      default -> {
        connection.lentOut();
        yield call(method, arguments);
      }
    };
  }

  private static @Nullable ArrayValue madeOf(@Nullable Object @Nullable [] arguments) {
    return arguments != null && arguments.length == 2 && arguments[1] instanceof Object[] elements
        ? ArrayValue.of((String) arguments[0], elements)
        : null;
  }

  /** By now the driver's own may serve somebody else. */
  private void requireOpen(Method method) throws SQLException {
    try {
      connection.requireOpen();
    } catch (SQLException e) {
      for (Class<?> announced : method.getExceptionTypes()) {
        if (announced == SQLException.class) {
          throw e;
        }
      }
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(own, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void putBackLater(Method setter, String getter) throws ReflectiveOperationException {
    Object before = setter.getDeclaringClass().getMethod(getter).invoke(own);
    connection.putBackLater(
        setter.getName(),
        c -> {
          try {
            setter.invoke(own, before);
          } catch (ReflectiveOperationException e) {
            throw new SQLException("A setting of the driver's cannot be put back", "08000", e);
          }
        });
  }

  private @Nullable Object copies(Method method) throws Throwable {
    try {
      if (own instanceof BaseConnection driver) {
        return new WatchedCopies(driver, connection);
      }
    } catch (LinkageError otherDriver) {
      // Not the driver that Larder sees, or one of another shape.
    }
    connection.lentOut();
    return call(method, null);
  }
}
