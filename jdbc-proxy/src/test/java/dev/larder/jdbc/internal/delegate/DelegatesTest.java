package dev.larder.jdbc.internal.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every method of each JDBC interface of the running JDK reaches the target with the very arguments
 * and brings back its very answer.
 */
class DelegatesTest {

  private record Call(Method method, List<@Nullable Object> arguments) {}

  /** Answers each call with a fresh value and writes the call down. */
  private static final class Target {
    final List<Call> calls = new ArrayList<>();
    final AtomicInteger seed = new AtomicInteger();
    @Nullable Object answer;

    <T> T as(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                List<@Nullable Object> seen =
                    arguments == null ? List.of() : Arrays.asList(arguments.clone());
                calls.add(new Call(method, seen));
                answer = value(method.getReturnType(), seed.incrementAndGet());
                return answer;
              }));
    }
  }

  private record Pair<T>(Class<T> type, Target target, T delegate) {}

  private static Stream<Pair<?>> pairs() {
    Target connection = new Target();
    Target statement = new Target();
    Target prepared = new Target();
    Target callable = new Target();
    Target result = new Target();
    Target metaData = new Target();
    return Stream.of(
        new Pair<>(
            Connection.class,
            connection,
            new ConnectionDelegate() {
              private final Connection target = connection.as(Connection.class);

              @Override
              protected Connection delegate() {
                return target;
              }
            }),
        new Pair<>(
            Statement.class,
            statement,
            new StatementDelegate() {
              private final Statement target = statement.as(Statement.class);

              @Override
              protected Statement delegate() {
                return target;
              }
            }),
        new Pair<>(
            PreparedStatement.class,
            prepared,
            new PreparedStatementDelegate() {
              private final PreparedStatement target = prepared.as(PreparedStatement.class);

              @Override
              protected PreparedStatement delegate() {
                return target;
              }
            }),
        new Pair<>(
            CallableStatement.class,
            callable,
            new CallableStatementDelegate() {
              private final CallableStatement target = callable.as(CallableStatement.class);

              @Override
              protected CallableStatement delegate() {
                return target;
              }
            }),
        new Pair<>(
            ResultSet.class,
            result,
            new ResultSetDelegate() {
              private final ResultSet target = result.as(ResultSet.class);

              @Override
              protected ResultSet delegate() {
                return target;
              }
            }),
        new Pair<>(
            DatabaseMetaData.class,
            metaData,
            new DatabaseMetaDataDelegate() {
              private final DatabaseMetaData target = metaData.as(DatabaseMetaData.class);

              @Override
              protected DatabaseMetaData delegate() {
                return target;
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> everyMethodIsForwarded() {
    return pairs()
        .flatMap(
            pair ->
                Arrays.stream(pair.type().getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .map(
                        method ->
                            DynamicTest.dynamicTest(
                                pair.type().getSimpleName() + ": " + method.toGenericString(),
                                () -> isForwarded(pair, method))));
  }

  private static void isForwarded(Pair<?> pair, Method method) throws Exception {
    Class<?>[] types = method.getParameterTypes();
    assertThat(pair.delegate().getClass().getMethod(method.getName(), types).getDeclaringClass())
        .as("declared by a delegate, not inherited from the interface")
        .matches(declaring -> !declaring.isInterface());
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = value(types[i], pair.target().seed.incrementAndGet());
    }
    pair.target().calls.clear();

    Object answer = method.invoke(pair.delegate(), arguments);

    assertThat(pair.target().calls).hasSize(1);
    Call call = pair.target().calls.get(0);
    assertThat(call.method().getName()).isEqualTo(method.getName());
    assertThat(call.method().getParameterTypes()).isEqualTo(types);
    assertThat(call.arguments()).hasSameSizeAs(arguments);
    for (int i = 0; i < types.length; i++) {
      if (types[i].isPrimitive()) {
        assertThat(call.arguments().get(i)).isEqualTo(arguments[i]);
      } else {
        assertThat(call.arguments().get(i)).isSameAs(arguments[i]);
      }
    }
    if (method.getReturnType().isPrimitive()) {
      assertThat(answer).isEqualTo(pair.target().answer);
    } else {
      assertThat(answer).isSameAs(pair.target().answer);
    }
  }

  @Test
  void aFailureToReachTheTargetStaysWithinWhatTheMethodDeclares() {
    ConnectionDelegate closed =
        new ConnectionDelegate() {
          @Override
          protected Connection delegate() throws SQLException {
            throw new SQLException("closed", "08003");
          }
        };
    assertThatThrownBy(() -> closed.setClientInfo("ApplicationName", "a"))
        .isInstanceOfSatisfying(
            SQLClientInfoException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    assertThatThrownBy(() -> closed.setClientInfo(new Properties()))
        .isInstanceOf(SQLClientInfoException.class);
    assertThatThrownBy(closed::createStatement)
        .isExactlyInstanceOf(SQLException.class)
        .hasMessage("closed");
  }

  /** A value of a type that differs from the last one of that type. */
  private static @Nullable Object value(Class<?> type, int seed) throws Exception {
    if (type == void.class) {
      return null;
    } else if (type == boolean.class) {
      return seed % 2 == 0;
    } else if (type == byte.class) {
      return (byte) seed;
    } else if (type == short.class) {
      return (short) seed;
    } else if (type == int.class) {
      return seed;
    } else if (type == long.class) {
      return (long) seed;
    } else if (type == float.class) {
      return (float) seed;
    } else if (type == double.class) {
      return (double) seed;
    } else if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 2);
    } else if (type == String.class) {
      return "value " + seed;
    } else if (type == Object.class) {
      return new Object();
    } else if (type == Class.class) {
      // A generic method casts its answer to nothing: any class does.
      return Object.class;
    } else if (type.isEnum()) {
      return type.getEnumConstants()[seed % type.getEnumConstants().length];
    } else if (type.isInterface()) {
      return Proxy.newProxyInstance(
          DelegatesTest.class.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "toString" -> "a " + type.getSimpleName();
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> throw new AssertionError("a delegate looked into " + type);
              });
    }
    return switch (type.getName()) {
      case "java.math.BigDecimal" -> java.math.BigDecimal.valueOf(seed);
      case "java.net.URL" -> java.net.URI.create("http://localhost/" + seed).toURL();
      case "java.io.InputStream" -> java.io.InputStream.nullInputStream();
      case "java.io.Reader" -> java.io.Reader.nullReader();
      case "java.sql.Date" -> new java.sql.Date(seed);
      case "java.sql.Time" -> new java.sql.Time(seed);
      case "java.sql.Timestamp" -> new java.sql.Timestamp(seed);
      case "java.sql.SQLWarning" -> new java.sql.SQLWarning("warning " + seed);
      case "java.util.Calendar" -> java.util.Calendar.getInstance();
      case "java.util.Properties" -> new Properties();
      default -> throw new AssertionError("teach this test to make a " + type);
    };
  }
}
