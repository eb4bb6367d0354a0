package dev.larder.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;
import org.jspecify.annotations.Nullable;

/** A Hibernate session in the clothes of a JDBC connection. Not thread-safe. */
final class SessionConnection {

  private interface Step {
    @Nullable Object take(Method method, Object[] arguments) throws Throwable;
  }

  private final Session session;

  SessionConnection(Session session) {
    this.session = session;
  }

  Connection asJdbc() {
    return make(
        Connection.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "close" -> {
              if (session.getTransaction().isActive()) {
                session.getTransaction().rollback();
              }
              session.close();
              return null;
            }
            case "setAutoCommit" -> {
              if (session.getTransaction().isActive()) {
                session.getTransaction().commit();
              }
              if (!(boolean) arguments[0]) {
                session.beginTransaction();
              }
              return null;
            }
            case "commit" -> {
              session.getTransaction().commit();
              session.beginTransaction();
              return null;
            }
            case "rollback" -> {
              if (arguments.length == 0) {
                session.getTransaction().rollback();
                session.beginTransaction();
                return null;
              }
              return onJdbc(method, arguments);
            }
            case "createStatement" -> {
              return arguments.length == 0
                  ? statement(Statement.class, null)
                  : onJdbc(method, arguments);
            }
            case "prepareStatement" -> {
              String sql = (String) arguments[0];
              boolean query = arguments.length == 1 && isQuery(sql);
              return query ? statement(PreparedStatement.class, sql) : onJdbc(method, arguments);
            }
            default -> {
              return onJdbc(method, arguments);
            }
          }
        });
  }

  /** JDBC as an application of Hibernate does it. */
  private @Nullable Object onJdbc(Method method, Object[] arguments) throws Throwable {
    Object[] answer = new Object[1];
    Throwable[] failure = new Throwable[1];
    session.doWork(
        connection -> {
          try {
            answer[0] = method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            failure[0] = e.getTargetException();
          } catch (IllegalAccessException e) {
            failure[0] = e;
          }
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    return answer[0];
  }

  /**
   * A statement that becomes one of JDBC when it is used for more than queries.
   *
   * @param prepared the query, or null for a plain statement
   */
  private <S extends Statement> S statement(Class<S> type, @Nullable String prepared) {
    Map<Integer, Object> values = new TreeMap<>();
    Statement[] jdbc = {null};
    int[] maximumRows = {0};
    return make(
        type,
        (method, arguments) -> {
          String name = method.getName();
          if (name.equals("executeQuery")) {
            String sql = prepared == null ? (String) arguments[0] : prepared;
            if (isQuery(sql)) {
              return query(sql, values, maximumRows[0]);
            }
          }
          if (name.equals("setMaxRows")) {
            maximumRows[0] = (int) arguments[0];
            return null;
          }
          if (prepared != null && name.equals("setNull")) {
            values.put((Integer) arguments[0], Void.TYPE);
            return null;
          }
          if (prepared != null && name.startsWith("set") && arguments.length > 1) {
            values.put((Integer) arguments[0], arguments[1]);
            return null;
          }
          if (jdbc[0] == null && name.equals("close")) {
            return null;
          }
          if (jdbc[0] == null) {
            jdbc[0] =
                session.doReturningWork(
                    c -> prepared == null ? c.createStatement() : c.prepareStatement(prepared));
          }
          try {
            return method.invoke(jdbc[0], arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        });
  }

  private ResultSet query(String sql, Map<Integer, Object> values, int maximumRows)
      throws SQLException {
    try {
      NativeQuery<Object> query = session.createNativeQuery(sql, Object.class);
      query.setCacheable(true);
      if (maximumRows > 0) {
        query.setMaxResults(maximumRows);
      }
      values.forEach(
          (position, value) -> {
            if (value == Void.TYPE) {
              query.setParameter(position, null, StandardBasicTypes.STRING);
            } else {
              query.setParameter(position, value);
            }
          });
      return rows(query.list());
    } catch (JDBCException e) {
      throw e.getSQLException();
    }
  }

  private static ResultSet rows(List<Object> rows) {
    int[] at = {-1};
    return make(
        ResultSet.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "next" -> {
              return ++at[0] < rows.size();
            }
            case "close" -> {
              return null;
            }
            case "getMetaData" -> {
              return metaData(rows);
            }
            case "getString" -> {
              Object value = value(rows, at[0], arguments);
              return value == null ? null : value.toString();
            }
            case "getObject" -> {
              return value(rows, at[0], arguments);
            }
            case "getBytes" -> {
              return value(rows, at[0], arguments);
            }
            case "getTimestamp" -> {
              Object value = value(rows, at[0], arguments);
              return value instanceof LocalDateTime local ? Timestamp.valueOf(local) : value;
            }
            default ->
                throw new SQLFeatureNotSupportedException(method.getName() + " of a list", "0A000");
          }
        });
  }

  private static ResultSetMetaData metaData(List<Object> rows) {
    return make(
        ResultSetMetaData.class,
        (method, arguments) -> {
          if (!method.getName().equals("getColumnCount")) {
            throw new SQLFeatureNotSupportedException(method.getName() + " of a list", "0A000");
          }
          return rows.isEmpty() ? 0 : rows.get(0) instanceof Object[] row ? row.length : 1;
        });
  }

  private static @Nullable Object value(List<Object> rows, int at, Object[] arguments) {
    int column = (int) arguments[0];
    return rows.get(at) instanceof Object[] row ? row[column - 1] : rows.get(at);
  }

  private static boolean isQuery(String sql) {
    String text = sql.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("select") && !text.contains("for update");
  }

  private static <T> T make(Class<T> type, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            SessionConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                step.take(method, arguments == null ? new Object[0] : arguments)));
  }
}
