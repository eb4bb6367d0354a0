package dev.larder.jdbc.internal.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** There is one setter for each method of PreparedStatement that sets a parameter. */
final class SetterTest {

  private final Set<Method> called = new java.util.HashSet<>();

  private final PreparedStatement statement =
      (PreparedStatement)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, arguments) -> {
                called.add(method);
                return null;
              });

  @Test
  void everyMethodHasItsSetter() {
    for (Setter setter : Setter.values()) {
      int before = called.size();
      replay(setter);
      assertThat(called).as(setter.name()).hasSize(before + 1);
    }
    Set<String> methods =
        Arrays.stream(PreparedStatement.class.getDeclaredMethods())
            .filter(method -> method.getName().startsWith("set"))
            .map(Method::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(called.stream().map(Method::toString)).containsExactlyInAnyOrderElementsOf(methods);
  }

  /** Calls it with further arguments of the only types that it takes. */
  private void replay(Setter setter) {
    Object type = JDBCType.INTEGER;
    List<Object[]> candidates = new ArrayList<>();
    for (Object first : Stream.of(1, 1L, Calendar.getInstance(), type).toList()) {
      candidates.add(new Object[] {first});
      candidates.add(new Object[] {first, 1});
      candidates.add(new Object[] {first, "name"});
    }
    for (Object[] extra : candidates) {
      if (takes(setter, extra)) {
        return;
      }
    }
    throw new AssertionError(setter);
  }

  private boolean takes(Setter setter, Object[] extra) {
    try {
      setter.replay(statement, 1, value(setter), extra);
      return true;
    } catch (ClassCastException | ArrayIndexOutOfBoundsException wrongArguments) {
      return false;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The methods for primitives take no null. */
  private static @Nullable Object value(Setter setter) {
    return switch (setter) {
      case BOOLEAN -> true;
      case BYTE -> (byte) 1;
      case SHORT -> (short) 1;
      case INT -> 1;
      case LONG -> 1L;
      case FLOAT -> 1f;
      case DOUBLE -> 1d;
      default -> null;
    };
  }
}
