package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Symptom: {@code rs.getArray(1).getResultSet().getStatement().getConnection()} was the driver's
 * own connection, and what was committed there was never noticed: memory stayed stale for ever.
 */
class WayToTheDriverTest {

  private static final int DEEPEST = 6;

  /** Methods that end what is walked over, wait, or are the announced way to the driver. */
  private static final Set<String> NOT_CALLED =
      Set.of("unwrap", "close", "abort", "wait", "notify", "notifyAll", "free", "getClass");

  private final Set<String> found = new TreeSet<>();
  private final Set<String> seen = new HashSet<>();

  @EachDatabase
  void noMethodLeadsToAnObjectOfTheDriversThatCanWrite(TestDatabase database) throws Exception {
    prepare(database);
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection()) {
      walk("connection", connection, 0);
      for (String sql : queries(database.product())) {
        // The second time, it may come from memory.
        for (int time = 0; time < 2; time++) {
          walkQuery(connection, sql);
        }
      }
      walkTheRest(database, connection);
    }
    assertThat(found).isEmpty();
    assertThat(seen).as("what was walked over").hasSizeGreaterThan(500);
  }

  /** The symptom itself, and what becomes of memory if it is written by such a way. */
  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void whatIsCommittedByTheStatementOfAnArrayIsNoticed(TestDatabase database) throws Exception {
    prepare(database);
    String question = "select title from book where id = 1";
    try (LarderDataSource larder = over(database)) {
      for (String title : List.of("b", "c")) {
        try (Connection connection = larder.getConnection()) {
          assertThat(one(connection, question)).isNotEqualTo(title);
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("select tags from book where id = 1")) {
            rows.next();
            try (ResultSet elements = rows.getArray(1).getResultSet()) {
              assertThat(elements.next()).isTrue();
              Connection reached =
                  elements.getStatement() == null
                      ? connection
                      : elements.getStatement().getConnection();
              assertThat(reached).isSameAs(connection);
              try (Statement writing = reached.createStatement()) {
                writing.executeUpdate("update book set title = '" + title + "' where id = 1");
              }
            }
          }
        }
        try (Connection connection = larder.getConnection()) {
          assertThat(one(connection, question)).isEqualTo(title);
        }
      }
    }
  }

  /** The driver's own objects come back to it as what they are. */
  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void anArrayGoesBackToTheDriver(TestDatabase database) throws Exception {
    prepare(database);
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update book set tags = ? where id = 1")) {
      Array array = connection.createArrayOf("integer", new Object[] {7, 8});
      update.setArray(1, array);
      array.free();
      assertThat(update.executeUpdate()).isEqualTo(1);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select tags, title from book where id = 1")) {
        assertThat(rows.next()).isTrue();
        Array read = rows.getArray(1);
        assertThat((Object[]) read.getArray()).containsExactly(7, 8);
        assertThat(rows.getObject(1, Array.class).getArray()).isEqualTo(read.getArray());
        update.setObject(1, read);
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
      assertThat(one(connection, "select tags from book where id = 1")).contains("7", "8");
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private void walkQuery(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      walk(sql, rows, 0);
      walk(sql + ": statement", statement, 0);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
      ResultSet rows = statement.getResultSet();
      rows.next();
      walk("prepared " + sql, rows, 0);
      walk("prepared statement " + sql, statement, 0);
      statement.close();
      walk("closed " + sql, rows, 0);
      walk("closed statement " + sql, statement, 0);
    }
  }

  private void walkTheRest(TestDatabase database, Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into book (title) values ('t')", Statement.RETURN_GENERATED_KEYS);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        walk("generated keys", keys, 0);
      }
      walk("generated keys", statement, 0);
    }
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("select id, title from book")) {
      rows.next();
      walk("updatable", rows, 0);
    }
    connection.setAutoCommit(false);
    walk("savepoint", connection.setSavepoint(), 0);
    walk("savepoint", connection.setSavepoint("here"), 0);
    if (database.product() == Product.POSTGRESQL) {
      for (int type : new int[] {Types.OTHER, Types.REF_CURSOR}) {
        try (CallableStatement call = connection.prepareCall("{ ? = call cursor_of_books() }")) {
          call.registerOutParameter(1, type);
          call.execute();
          walk("call", call, 0);
          ((ResultSet) call.getObject(1)).next();
          walk("refcursor", call.getObject(1), 0);
        }
      }
      try (CallableStatement call = connection.prepareCall("{ ? = call array_of_books() }")) {
        call.registerOutParameter(1, Types.ARRAY);
        call.execute();
        walk("call", call, 0);
      }
    } else if (database.product().speaksMySql()) {
      try (CallableStatement call = connection.prepareCall("{ call books() }")) {
        call.execute();
        walk("call", call, 0);
        call.getMoreResults();
        walk("more results", call, 0);
      }
    } else {
      try (CallableStatement call = connection.prepareCall("call array[1, 2]")) {
        call.execute();
        walk("call", call, 0);
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void prepare(TestDatabase database) {
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create type pair as (a int, b int[])",
              "create table book (id serial primary key, title varchar(50), tags int[], doc xml,"
                  + " pairs pair[])",
              "insert into book (title, tags, doc, pairs) values ('a', array[1, 2], '<a/>',"
                  + " array[row(1, array[2])::pair])",
              "create function cursor_of_books() returns refcursor language plpgsql as $$ declare c"
                  + " refcursor; begin open c for select * from book; return c; end $$",
              "create function array_of_books() returns int[] language sql as"
                  + " 'select array_agg(id) from book'");
      case MARIADB, MYSQL ->
          database.execute(
              "create table book (id int primary key auto_increment, title varchar(50), tags blob)"
                  + " engine=innodb",
              "insert into book (title, tags) values ('a', 'x')",
              "create procedure books() begin select * from book; select id from book; end");
      case H2 ->
          database.execute(
              "create table book (id int primary key auto_increment, title varchar(50), tags int"
                  + " array, deep int array array, pairs row(a int, b int array), doc clob, bin"
                  + " blob)",
              "insert into book (title, tags, deep, pairs, doc, bin) values ('a', array[1, 2],"
                  + " array[array[1], array[2]], row(1, array[1, 2]), 'x', x'01')");
    }
  }

  private static List<String> queries(Product product) {
    return switch (product) {
      case POSTGRESQL ->
          List.of(
              "select tags as a from book",
              "select array[array[1]] as a",
              "select doc as a from book",
              "select pairs as a from book",
              "select cursor_of_books() as a, tags from book");
      case MARIADB, MYSQL ->
          List.of("select tags as a, title from book", "select point(1, 2) as a");
      case H2 ->
          List.of(
              "select tags as a from book",
              "select deep as a from book",
              "select pairs as a from book",
              "select array[pairs] as a from book",
              "select doc as a from book",
              "select bin as a from book");
    };
  }

  private static LarderDataSource over(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  /** Calls whatever can be called on an object, and does the same with what that gives. */
  private void walk(String path, @Nullable Object from, int depth) {
    if (from == null || depth > DEEPEST) {
      return;
    }
    if ((from instanceof Connection || from instanceof Statement) && !isOurs(from.getClass())) {
      found.add(path + " is a " + from.getClass().getName());
      return;
    }
    if (from instanceof Object[] elements) {
      for (Object element : elements) {
        walk(path + "[]", element, depth + 1);
      }
      return;
    }
    if (from instanceof Map<?, ?> map) {
      map.values().forEach(value -> walk(path + "{}", value, depth + 1));
      return;
    }
    if (from instanceof Connection && depth > 0 || !isOfADatabase(from)) {
      return;
    }
    if (from instanceof ResultSet rows && depth > 0) {
      try {
        rows.next();
      } catch (SQLException e) {
        // What it says of its statement while it is closed is worth seeing too.
      }
    }
    for (Method method : methods(from.getClass())) {
      for (Object[] arguments : arguments(from, method)) {
        String asked =
            arguments.length == 2 && arguments[1] instanceof Class<?> c ? c.getSimpleName() : "";
        String step = "." + method.getName() + "(" + asked + ")";
        // From an object of that class that was come by in that way, it leads there again.
        String before = path.substring(path.lastIndexOf('.') + 1);
        String key = from.getClass() + before + step + List.of(method.getParameterTypes());
        if (seen.add(key)) {
          walk(path + step, call(from, method, arguments), depth + 1);
        }
      }
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("dev.larder.");
  }

  private static boolean isOfADatabase(Object object) {
    String name = object.getClass().getName();
    return name.startsWith("dev.larder.")
        || name.startsWith("org.postgresql.")
        || name.startsWith("org.mariadb.")
        || name.startsWith("org.h2.")
        || name.startsWith("com.zaxxer.");
  }

  private static @Nullable Object call(Object on, Method method, Object[] arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (ReflectiveOperationException refused) {
      return null;
    }
  }

  /** Public methods that an application can call, by their interface or by their class. */
  private static List<Method> methods(Class<?> type) {
    Map<String, Method> methods = new HashMap<>();
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      types.add(c);
      collect(c, types);
    }
    for (Class<?> declaring : types) {
      // Of ours, what JDBC's interfaces have; of the driver's, whatever is there.
      boolean open = declaring.getName().startsWith("java") || !isOurs(type);
      if (open && Modifier.isPublic(declaring.getModifiers())) {
        for (Method method : declaring.getDeclaredMethods()) {
          if (Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers())
              && !method.getReturnType().isPrimitive()
              && method.getReturnType() != String.class
              && !NOT_CALLED.contains(method.getName())) {
            methods.putIfAbsent(method.getName() + List.of(method.getParameterTypes()), method);
          }
        }
      }
    }
    return List.copyOf(methods.values());
  }

  private static void collect(Class<?> type, List<Class<?>> types) {
    for (Class<?> parent : type.getInterfaces()) {
      types.add(parent);
      collect(parent, types);
    }
  }

  /** With which arguments a method is worth a call; none where it needs others. */
  private static List<Object[]> arguments(Object on, Method method) {
    List<Object[]> all = new ArrayList<>();
    Class<?>[] types = method.getParameterTypes();
    if (types.length == 2 && types[1] == Class.class) {
      for (Class<?> asked :
          List.of(
              Object.class,
              Array.class,
              ResultSet.class,
              Object[].class,
              Statement.class,
              Connection.class)) {
        all.add(new Object[] {argument(on, method, types[0]), asked});
      }
      return all;
    }
    Object[] one = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      one[i] = argument(on, method, types[i]);
      if (one[i] == null && types[i].isPrimitive()) {
        return List.of();
      }
    }
    all.add(one);
    return all;
  }

  private static @Nullable Object argument(Object on, Method method, Class<?> type) {
    if (type == String.class) {
      boolean typeName = method.getName().startsWith("create");
      return on instanceof DatabaseMetaData ? null : typeName ? "integer" : "a";
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == boolean.class) {
      return false;
    }
    return type == Object[].class ? new Object[] {1} : type == Map.class ? Map.of() : null;
  }
}
