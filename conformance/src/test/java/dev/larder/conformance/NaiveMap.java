package dev.larder.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  @Override
  public String name() {
    return "naive map";
  }

  @Override
  public DataSource above(Below below) {
    Map<String, CachedRowSet> answers = new ConcurrentHashMap<>();
    return new Forwarding() {
      @Override
      public Connection getConnection() {
        return new NaiveConnection(below.dataSource(), answers).proxy();
      }
    };
  }

  private interface Ask {
    ResultSet theDatabase() throws SQLException;
  }

  /** Borrows a connection when it needs one. */
  private static final class NaiveConnection {
    private final DataSource source;
    private final Map<String, CachedRowSet> answers;
    private @Nullable Connection borrowed;

    NaiveConnection(DataSource source, Map<String, CachedRowSet> answers) {
      this.source = source;
      this.answers = answers;
    }

    Connection proxy() {
      return make(
          Connection.class,
          (method, arguments) -> {
            switch (method.getName()) {
              case "close" -> {
                return borrowed == null ? null : call(borrowed, method, arguments);
              }
              case "createStatement" -> {
                return arguments.length == 0 ? plain(method) : call(physical(), method, arguments);
              }
              case "prepareStatement" -> {
                return arguments.length == 1 && isQuery(arguments[0])
                    ? prepared((String) arguments[0])
                    : call(physical(), method, arguments);
              }
              default -> {
                return call(physical(), method, arguments);
              }
            }
          });
    }

    private Statement plain(Method create) {
      Statement[] real = new Statement[1];
      return make(
          Statement.class,
          (method, arguments) -> {
            if (method.getName().equals("executeQuery") && isQuery(arguments[0])) {
              String sql = (String) arguments[0];
              return answer(sql, () -> physical().createStatement().executeQuery(sql));
            }
            if (method.getName().equals("close") && real[0] == null) {
              return null;
            }
            if (real[0] == null) {
              real[0] = (Statement) call(physical(), create, new Object[0]);
            }
            return call(real[0], method, arguments);
          });
    }

    private PreparedStatement prepared(String sql) {
      Map<Integer, Object[]> bound = new TreeMap<>();
      Map<Integer, Method> setters = new TreeMap<>();
      PreparedStatement[] real = new PreparedStatement[1];
      return make(
          PreparedStatement.class,
          (method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments.length > 1) {
              bound.put((Integer) arguments[0], arguments);
              setters.put((Integer) arguments[0], method);
              return null;
            }
            if (name.equals("close") && real[0] == null) {
              return null;
            }
            if (real[0] == null) {
              real[0] = physical().prepareStatement(sql);
            }
            if (!name.equals("executeQuery")) {
              return call(real[0], method, arguments);
            }
            StringBuilder key = new StringBuilder(sql);
            bound.values().forEach(value -> key.append(value[1]));
            for (Map.Entry<Integer, Method> setter : setters.entrySet()) {
              call(real[0], setter.getValue(), bound.get(setter.getKey()));
            }
            return answer(key.toString(), real[0]::executeQuery);
          });
    }

    private ResultSet answer(String key, Ask ask) throws SQLException {
      CachedRowSet known = answers.get(key);
      if (known == null) {
        known = RowSetProvider.newFactory().createCachedRowSet();
        try (ResultSet rows = ask.theDatabase()) {
          known.populate(rows);
        }
        answers.put(key, known);
      }
      CachedRowSet copy = known.createCopy();
      copy.beforeFirst();
      return copy;
    }

    private Connection physical() throws SQLException {
      Connection known = borrowed;
      if (known == null) {
        known = source.getConnection();
        borrowed = known;
      }
      return known;
    }
  }

  private interface Step {
    @Nullable Object take(Method method, Object[] arguments) throws Throwable;
  }

  private static boolean isQuery(Object sql) {
    return ((String) sql).strip().toLowerCase(Locale.ROOT).startsWith("select");
  }

  private static <T> T make(Class<T> type, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            NaiveMap.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                step.take(method, arguments == null ? new Object[0] : arguments)));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      Throwable cause = failure.getCause();
      throw cause == null ? new SQLException(failure) : cause;
    }
  }
}
