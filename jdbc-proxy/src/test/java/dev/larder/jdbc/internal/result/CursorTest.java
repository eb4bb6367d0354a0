package dev.larder.jdbc.internal.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.result.driver.Observed;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A cursor over a snapshot moves, closes and refuses as the driver's own result does. */
class CursorTest {

  private static final int ROWS = 5;

  private static void fill(TestDatabase database, int rows) {
    database.execute("create table book (id int primary key, title varchar(40), price int)");
    for (int i = 1; i <= rows; i++) {
      database.execute("insert into book values (" + i + ", 'title " + i + "', null)");
    }
  }

  private static PreparedStatement select(Connection connection, int type) throws SQLException {
    return connection.prepareStatement(
        "select id, title as Name, price, title as NAME from book order by id",
        type,
        ResultSet.CONCUR_READ_ONLY);
  }

  private static Snapshot capture(Connection connection, int type) throws SQLException {
    try (PreparedStatement statement = select(connection, type);
        ResultSet result = statement.executeQuery()) {
      CaptureOutcome outcome = Capture.capture(result, Drivers.of(connection), 100, 1_000_000);
      return ((CaptureOutcome.Complete) outcome).snapshot();
    }
  }

  /** A call on either result, by reflection. */
  private static Observed ask(ResultSet result, Method method, @Nullable Object... arguments) {
    return Observed.of(
        () -> {
          try {
            return method.invoke(result, arguments);
          } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        });
  }

  private static Observed ask(ResultSet result, String method, Object... arguments) {
    Class<?>[] types =
        Arrays.stream(arguments)
            .map(argument -> argument instanceof Integer ? int.class : argument.getClass())
            .toArray(Class<?>[]::new);
    try {
      return ask(result, ResultSet.class.getMethod(method, types), arguments);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Observed> position(ResultSet result) {
    List<Observed> answers = new ArrayList<>();
    for (String method : List.of("isBeforeFirst", "isFirst", "isLast", "isAfterLast", "getRow")) {
      answers.add(ask(result, method));
    }
    answers.add(ask(result, "getInt", 1));
    answers.add(ask(result, "getString", "name"));
    answers.add(ask(result, "wasNull"));
    return answers;
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void movesAsTheDriverDoes(TestDatabase database) throws SQLException {
    fill(database, ROWS);
    moves(database, ResultSet.TYPE_SCROLL_INSENSITIVE, 20261121L);
    moves(database, ResultSet.TYPE_FORWARD_ONLY, 20261122L);
    database.execute("delete from book where id > 1");
    moves(database, ResultSet.TYPE_SCROLL_INSENSITIVE, 20261123L);
    moves(database, ResultSet.TYPE_FORWARD_ONLY, 20261124L);
    database.execute("delete from book");
    moves(database, ResultSet.TYPE_SCROLL_INSENSITIVE, 20261125L);
    moves(database, ResultSet.TYPE_FORWARD_ONLY, 20261126L);
  }

  private static void moves(TestDatabase database, int type, long seed) throws SQLException {
    Random random = new Random(seed);
    try (Connection connection = database.connect()) {
      Snapshot snapshot = capture(connection, type);
      for (int run = 0; run < 20; run++) {
        try (PreparedStatement statement = select(connection, type);
            ResultSet live = statement.executeQuery()) {
          ResultSet ours = new SnapshotCursor(snapshot, statement, type, 0, () -> {});
          StringBuilder path = new StringBuilder("seed " + seed + ", run " + run + ":");
          assertThat(position(ours)).as(path.toString()).isEqualTo(position(live));
          for (int step = 0; step < 12; step++) {
            int argument = random.nextInt(15) - 7;
            String move =
                List.of(
                        "next",
                        "next",
                        "next",
                        "previous",
                        "first",
                        "last",
                        "beforeFirst",
                        "afterLast",
                        "absolute",
                        "relative")
                    .get(random.nextInt(10));
            boolean steered = move.equals("absolute") || move.equals("relative");
            Object[] arguments = steered ? new Object[] {argument} : new Object[0];
            path.append(' ').append(move).append(Arrays.toString(arguments));
            assertThat(ask(ours, move, arguments))
                .as(path.toString())
                .isEqualTo(ask(live, move, arguments));
            assertThat(position(ours)).as(path.toString()).isEqualTo(position(live));
          }
        }
      }
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void refusesWhatTheDriverRefuses(TestDatabase database) throws SQLException {
    fill(database, ROWS);
    for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
      try (Connection connection = database.connect();
          PreparedStatement statement = select(connection, type)) {
        ResultSet live = statement.executeQuery();
        ResultSet ours =
            new SnapshotCursor(
                capture(connection, type), statement, type, live.getFetchSize(), () -> {});
        assertThat(live.next()).isEqualTo(ours.next());
        everyOther(live, ours, true);
        for (Object column : new Object[] {0, 5, -1, "nobody", "id", "ID", "Name", "name"}) {
          assertThat(ask(ours, "getString", column)).isEqualTo(ask(live, "getString", column));
        }
        assertThat(Observed.of(() -> ours.getString(null)).text()).startsWith("throws java.sql.");
        live.close();
        ours.close();
        everyOther(live, ours, false);
      }
    }
  }

  /** Every method but the getters, close and what belongs to the object itself. */
  private static void everyOther(ResultSet live, ResultSet ours, boolean open) {
    List<String> differences = new ArrayList<>();
    Method[] methods = ResultSet.class.getMethods();
    // One order on every JVM: what a setter did shows in the getters that come after it.
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      String name = method.getName();
      boolean getter = name.startsWith("get") && method.getParameterCount() > 0;
      boolean moves =
          List.of("next", "absolute", "relative", "close", "unwrap", "isWrapperFor").contains(name);
      if (java.lang.reflect.Modifier.isStatic(method.getModifiers())
          || (getter && open)
          || moves
          || name.equals("getMetaData")
          // H2 reads the row anew though the result is read-only; a cached row refuses.
          || (name.equals("refreshRow") && open)
          || (open
              && List.of("first", "last", "previous", "beforeFirst", "afterLast").contains(name))) {
        continue;
      }
      @Nullable Object[] arguments = new @Nullable Object[method.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(method.getParameterTypes()[i]);
      }
      Observed theirs = ask(live, method, arguments);
      Observed mine = ask(ours, method, arguments);
      boolean bothRefuse =
          theirs.text().startsWith("throws java.sql.")
              && mine.text().startsWith("throws java.sql.");
      // Of a closed result and a method the driver does not have, either may be what it says.
      if (!theirs.allows(mine) && (open || !bothRefuse)) {
        differences.add(method + ": driver " + theirs + ", snapshot " + mine);
      }
    }
    assertThat(differences).as("open: " + open).isEmpty();
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == byte.class) {
      return (byte) 1;
    } else if (type == short.class) {
      return (short) 1;
    } else if (type == float.class) {
      return 1f;
    } else if (type == double.class) {
      return 1d;
    } else if (type == String.class) {
      return "Name";
    } else if (type == Class.class) {
      return String.class;
    } else if (type == Calendar.class) {
      return Calendar.getInstance();
    }
    return null;
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void metaDataOutlivesTheCursorAsTheDriversDoes(TestDatabase database) throws SQLException {
    fill(database, 1);
    try (Connection connection = database.connect();
        PreparedStatement statement = select(connection, ResultSet.TYPE_FORWARD_ONLY)) {
      ResultSet live = statement.executeQuery();
      ResultSet ours = cursor(capture(connection, ResultSet.TYPE_FORWARD_ONLY));
      ResultSetMetaData theirMetaData = live.getMetaData();
      ResultSetMetaData ourMetaData = ours.getMetaData();
      assertThat(ourMetaData.getColumnCount()).isEqualTo(4);
      live.close();
      ours.close();
      assertThat(Observed.of(() -> ourMetaData.getColumnLabel(2)))
          .isEqualTo(Observed.of(() -> theirMetaData.getColumnLabel(2)));
    }
  }

  private static SnapshotCursor cursor(Snapshot snapshot) {
    return new SnapshotCursor(snapshot, null, ResultSet.TYPE_FORWARD_ONLY, 0, () -> {});
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void closesOnce(TestDatabase database) throws SQLException {
    fill(database, 1);
    AtomicInteger closed = new AtomicInteger();
    try (Connection connection = database.connect()) {
      SnapshotCursor cursor =
          new SnapshotCursor(
              capture(connection, ResultSet.TYPE_FORWARD_ONLY),
              null,
              ResultSet.TYPE_FORWARD_ONLY,
              0,
              closed::incrementAndGet);
      cursor.close();
      cursor.close();
    }
    assertThat(closed).hasValue(1);
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void passesOnWhatIsTooLarge(TestDatabase database) throws SQLException {
    fill(database, ROWS);
    for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
      for (int maxRows = 0; maxRows < ROWS; maxRows++) {
        passesOn(database, type, maxRows, 1_000_000, 0);
        if (database.product() != Product.MARIADB) {
          // MariaDB's driver counts the rows of a result fetched in pieces anew in every piece.
          passesOn(database, type, maxRows, 1_000_000, 2);
        }
      }
      passesOn(database, type, 100, 10, 0);
      passesOn(database, type, 100, 300, 0);
    }
  }

  private static void passesOn(
      TestDatabase database, int type, int maxRows, long maxBytes, int fetchSize)
      throws SQLException {
    try (Connection ours = database.connect();
        Connection theirs = database.connect()) {
      ours.setAutoCommit(fetchSize == 0);
      theirs.setAutoCommit(fetchSize == 0);
      try (PreparedStatement captured = select(ours, type);
          PreparedStatement plain = select(theirs, type)) {
        captured.setFetchSize(fetchSize);
        plain.setFetchSize(fetchSize);
        CaptureOutcome outcome =
            Capture.capture(captured.executeQuery(), Drivers.of(ours), maxRows, maxBytes);
        assertThat(outcome).isInstanceOf(CaptureOutcome.TooLarge.class);
        ResultSet result = ((CaptureOutcome.TooLarge) outcome).resultSet();
        ResultSet live = plain.executeQuery();
        String what = "type " + type + ", rows " + maxRows + ", bytes " + maxBytes;
        assertThat(position(result)).as(what).isEqualTo(position(live));
        for (int row = 0; row < ROWS + 2; row++) {
          assertThat(ask(result, "next")).as(what + ", row " + row).isEqualTo(ask(live, "next"));
          assertThat(position(result)).as(what + ", row " + row).isEqualTo(position(live));
        }
        assertThat(result.getStatement()).isSameAs(captured);
        result.close();
        assertThat(result.isClosed()).isTrue();
      }
      if (fetchSize != 0) {
        ours.rollback();
        theirs.rollback();
      }
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void refusesATypeBeforeReading(TestDatabase database) throws SQLException {
    assumeTrue(database.product() != Product.MARIADB, "a type that is not kept");
    String type = database.product() == Product.POSTGRESQL ? "refcursor" : "java_object";
    database.execute("create table place (id int primary key, spot " + type + ")");
    database.execute("insert into place values (1, null)", "insert into place values (2, null)");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      CaptureOutcome outcome =
          Capture.capture(
              statement.executeQuery("select id, spot from place order by id"),
              Drivers.of(connection),
              100,
              1_000_000);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              CaptureOutcome.Refused.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo(BypassReason.COLUMN_TYPE);
                assertThat(refused.detail()).isIn("refcursor", "JAVA_OBJECT");
              });
      ResultSet live = ((CaptureOutcome.Refused) outcome).resultSet();
      assertThat(live.next()).isTrue();
      assertThat(live.getInt(1)).isEqualTo(1);
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void handsOutCopies(TestDatabase database) throws SQLException {
    String bytes = database.product() == Product.POSTGRESQL ? "bytea" : "varbinary(10)";
    database.execute("create table thing (id int primary key, b " + bytes + ", t timestamp)");
    try (Connection connection = database.connect()) {
      try (PreparedStatement insert =
          connection.prepareStatement("insert into thing values (1, ?, ?)")) {
        insert.setBytes(1, new byte[] {1, 2, 3});
        insert.setTimestamp(2, Timestamp.valueOf("2024-05-06 07:08:09"));
        insert.execute();
      }
      Snapshot snapshot;
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("select b, t from thing")) {
        snapshot =
            ((CaptureOutcome.Complete) Capture.capture(result, Drivers.of(connection), 10, 10_000))
                .snapshot();
      }
      ResultSet first = cursor(snapshot);
      assertThat(first.next()).isTrue();
      first.getBytes(1)[0] = 99;
      ((byte[]) first.getObject(1))[1] = 99;
      first.getTimestamp(2).setTime(0);
      ResultSet second = cursor(snapshot);
      assertThat(second.next()).isTrue();
      assertThat(second.getBytes(1)).containsExactly(1, 2, 3);
      assertThat(second.getTimestamp(2)).isEqualTo(Timestamp.valueOf("2024-05-06 07:08:09"));
    }
  }
}
