package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.execution.DriverCall;
import dev.larder.jdbc.internal.execution.StatementRunner;
import java.sql.Connection;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the driver's as an application gets them: what leads back to the driver's connection
 * is handed out as one of ours that does not, and taken back as the driver's own. Thread-safe: has
 * no state.
 */
final class DriverObjects {

  /** One of ours that stands for one of the driver's. */
  interface Guard {
    /** The driver's own. */
    Object own() throws SQLException;

    /** The same as the value of a parameter, which a key may compare. */
    default Object asParameter() throws SQLException {
      return own();
    }
  }

  /** What goes by objects of the driver's that do not say which table they write to. */
  private static final StatementPlan WRITES_ANYTHING =
      new UncacheableStatement(
          BypassReason.NOT_A_QUERY,
          "",
          false,
          new StatementEffects(ChangeSet.EVERYTHING, false, false, List.of(), List.of()));

  private DriverObjects() {}

  /** A value that the driver gave, without a way to the driver's connection. */
  static @Nullable Object guarded(@Nullable Object value, ConnectionContext connection)
      throws SQLException {
    if (value == null || value instanceof String || value instanceof Number) {
      return value;
    }
    if (value instanceof java.sql.Array array) {
      return new LiveArray(array, connection);
    }
    if (value instanceof ResultSet rows) {
      return connection.withStatementOfItsOwn(rows);
    }
    if (value instanceof Struct struct) {
      return new LiveStruct(struct, connection);
    }
    if (value instanceof Ref ref) {
      return new LiveRef(ref, connection);
    }
    if (value instanceof Object[] elements) {
      return guarded(elements, connection);
    }
    if (value instanceof Statement statement) {
      return new LarderStatement(connection, statement);
    }
    return value instanceof Connection ? connection : value;
  }

  /**
   * The same where the application said which class it wants. If that is one of the driver's that
   * leads to its connection, the application has asked to be led there.
   */
  static <T> @Nullable T guarded(
      @Nullable T value, @Nullable Class<T> type, ConnectionContext connection)
      throws SQLException {
    Object guarded = guarded((Object) value, connection);
    if (guarded == value || type == null) {
      return value;
    }
    if (type.isInstance(guarded)) {
      return type.cast(guarded);
    }
    connection.lentOut();
    return value;
  }

  private static Object[] guarded(Object[] elements, ConnectionContext connection)
      throws SQLException {
    Object[] result = elements;
    for (int i = 0; i < elements.length; i++) {
      Object guarded = guarded(elements[i], connection);
      if (guarded != elements[i]) {
        if (result == elements) {
          result = copyThatTakes(guarded, elements);
        }
        result[i] = guarded;
      }
    }
    return result;
  }

  private static Object[] copyThatTakes(@Nullable Object guarded, Object[] elements) {
    Class<?> component = elements.getClass().getComponentType();
    return component.isInstance(guarded)
        ? elements.clone()
        : Arrays.copyOf(elements, elements.length, Object[].class);
  }

  /** A value that the application gives, as the driver knows it. */
  static <T> @Nullable T own(@Nullable T value) throws SQLException {
    if (value instanceof Guard guard) {
      @SuppressWarnings("unchecked") // what is guarded is of the interface that its guard is of
      T own = (T) guard.own();
      return own;
    }
    return value;
  }

  /** A value that the application gives, as a parameter. */
  static @Nullable Object asParameter(@Nullable Object value) throws SQLException {
    return value instanceof Guard guard ? guard.asParameter() : value;
  }

  /** The driver's own of each of several values. */
  static Object @Nullable [] ownOfEach(Object @Nullable [] values) throws SQLException {
    if (values == null || Arrays.stream(values).noneMatch(Guard.class::isInstance)) {
      return values;
    }
    List<@Nullable Object> own = new ArrayList<>(values.length);
    for (Object value : values) {
      own.add(own(value));
    }
    return own.toArray();
  }

  /** A call to the driver that writes. */
  @FunctionalInterface
  interface Writing {
    void run() throws SQLException;
  }

  /** Runs what writes to a table that is the driver's to know. */
  static void write(ConnectionContext connection, Writing call) throws SQLException {
    StatementRunner.Call<Boolean> once =
        () -> {
          call.run();
          return true;
        };
    connection.executor().runner().run(connection, WRITES_ANYTHING, DriverCall.of(once));
  }
}
