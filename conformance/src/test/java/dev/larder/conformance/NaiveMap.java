package dev.larder.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetProvider;
import org.jspecify.annotations.Nullable;

/** What one writes in an afternoon: answers in a map by SQL text and parameters, for ever. */
final class NaiveMap implements Subject {

  private final Map<String, CachedRowSet> answers = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "naive map";
  }

  @Override
  public DataSource above(Below below) {
    answers.clear();
    return new Forwarding() {
      @Override
      public Connection getConnection() {
        return caching(below.dataSource());
      }
    };
  }

  private interface Step {
    @Nullable Object take(Method method, Object[] arguments) throws Throwable;
  }

  /** Takes a connection only when it is needed. */
  private Connection caching(DataSource source) {
    Connection[] borrowed = new Connection[1];
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("prepareStatement") && isQuery((String) arguments[0])) {
            return caching(source, borrowed, (String) arguments[0]);
          }
          if (method.getName().equals("close") && borrowed[0] == null) {
            return null;
          }
          return call(physical(source, borrowed), method, arguments);
        });
  }

  private PreparedStatement caching(DataSource source, Connection[] borrowed, String sql) {
    Map<Object, Object[]> bound = new TreeMap<>();
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("set") && arguments.length > 1) {
            bound.put(arguments[0], arguments);
            return null;
          }
          if (!method.getName().equals("executeQuery")) {
            return null;
          }
          StringBuilder key = new StringBuilder(sql);
          bound.values().forEach(setting -> key.append(setting[1]));
          CachedRowSet known = answers.get(key.toString());
          if (known == null) {
            known = RowSetProvider.newFactory().createCachedRowSet();
            known.populate(execute(physical(source, borrowed), sql, bound));
            answers.put(key.toString(), known);
          }
          known.beforeFirst();
          return known;
        });
  }

  // The statement closes with its connection.
  private static ResultSet execute(Connection connection, String sql, Map<Object, Object[]> bound)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (Map.Entry<Object, Object[]> setting : bound.entrySet()) {
      statement.setObject((Integer) setting.getKey(), Arrays.asList(setting.getValue()).get(1));
    }
    return statement.executeQuery();
  }

  private static boolean isQuery(String sql) {
    return sql.strip().toLowerCase(Locale.ROOT).startsWith("select");
  }

  private static Connection physical(DataSource source, Connection[] borrowed) throws SQLException {
    if (borrowed[0] == null) {
      borrowed[0] = source.getConnection();
    }
    return borrowed[0];
  }

  private static <T> T proxy(Class<T> type, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            NaiveMap.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                step.take(method, arguments == null ? new Object[0] : arguments)));
  }

  private static @Nullable Object call(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      Throwable cause = failure.getCause();
      throw cause == null ? new SQLException(failure) : cause;
    }
  }
}
