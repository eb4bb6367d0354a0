package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.result.driver.ColumnCases.Case;
import dev.larder.jdbc.internal.result.driver.Getters.Getter;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;

/**
 * The comparison of every getter on every value of every column type: as a snapshot answers it, and
 * as the live row does, with whatever release of the driver is on the class path.
 *
 * <p>For one thread, and alone in its JVM, because the JVM's time zone is part of the matrix.
 */
final class FidelityMatrix {

  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin");

  private static final String TIMES = "date.*|time.*|year";

  /** Properties of Connector/J that decide what a getter answers, and of which types. */
  private static final Map<String, String> CONNECTOR_OPTIONS =
      Map.ofEntries(
          Map.entry("", ".*"),
          Map.entry("tinyInt1isBit=false", "tinyint.*|bit.*|boolean"),
          Map.entry("transformedBitIsBoolean=true", "tinyint.*|bit.*|boolean"),
          Map.entry("yearIsDateType=false", "year"),
          Map.entry("zeroDateTimeBehavior=CONVERT_TO_NULL", TIMES),
          Map.entry("zeroDateTimeBehavior=ROUND", TIMES),
          Map.entry("zeroDateTimeBehavior=CONVERT_TO_NULL&useServerPrepStmts=true", TIMES),
          Map.entry("useServerPrepStmts=true", ".*"),
          Map.entry("useServerPrepStmts=true&useCursorFetch=true&defaultFetchSize=2", ".*"),
          Map.entry("connectionTimeZone=%2B05:00&forceConnectionTimeZoneToSession=true", TIMES),
          Map.entry("connectionTimeZone=SERVER", TIMES),
          Map.entry("connectionTimeZone=America/New_York&preserveInstants=false", TIMES),
          Map.entry("treatMysqlDatetimeAsTimestamp=true", TIMES),
          Map.entry("noDatetimeStringSync=true", TIMES),
          Map.entry("jdbcCompliantTruncation=false", ".*int.*|decimal.*|double.*|bit.*"),
          Map.entry("emptyStringsConvertToZero=false", ".*char.*|text"),
          Map.entry("blobsAreStrings=true", ".*blob|.*text"),
          Map.entry("padCharsWithSpace=true", "char.*|enum.*"),
          Map.entry("useOldAliasMetadataBehavior=true", "int|varchar.*"),
          Map.entry("useColumnNamesInFindColumn=true", "int|varchar.*"));

  private final Product product;
  private final String url;
  private final String username;
  private final String password;
  private final Map<String, List<String>> differences = new LinkedHashMap<>();
  private final Set<String> refused = new TreeSet<>();
  private Collection<String> properties = CONNECTOR_OPTIONS.keySet();
  private @Nullable DriverBehavior behavior;
  private UnaryOperator<Snapshot> way = UnaryOperator.identity();
  private long compared;
  private long handedOver;

  /** A comparison on an empty database. */
  FidelityMatrix(Product product, String url, String username, String password) {
    this.product = product;
    this.url = url;
    this.username = username;
    this.password = password;
  }

  /** A comparison on an empty database. */
  static FidelityMatrix on(TestDatabase database) {
    return new FidelityMatrix(
        database.product(), database.url(), database.username(), database.password());
  }

  /** Compares everything there is, and leaves the JVM's time zone as it was. */
  void compare() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try {
      switch (product) {
        case POSTGRESQL -> postgres();
        case MARIADB -> maria(ColumnCases.maria());
        case MYSQL -> {
          if (url.startsWith("jdbc:mysql:")) {
            connector(ColumnCases.mysql());
          } else {
            maria(ColumnCases.mysql());
          }
        }
        case H2 -> h2();
      }
    } finally {
      zone(before);
    }
  }

  /** Leaves out the properties of Connector/J, which make it twenty drivers. */
  FidelityMatrix withoutProperties() {
    properties = List.of("");
    return this;
  }

  /** Compares what comes of a snapshot in another way. */
  FidelityMatrix through(UnaryOperator<Snapshot> other) {
    way = other;
    return this;
  }

  /** How the driver's release is answered for. */
  DriverBehavior behavior() {
    return Objects.requireNonNull(behavior);
  }

  /** Whether the driver's release is one whose answers are reproduced. */
  boolean isProven() {
    return behavior().isProven();
  }

  /** How many answers were compared. */
  long compared() {
    return compared;
  }

  /** How many of them the driver's own result gave, because the snapshot left it to that. */
  long handedOver() {
    return handedOver;
  }

  /** The types that were not captured, and why. */
  Set<String> refused() {
    return refused;
  }

  /** What answered differently, and how, by type and getter. */
  Map<String, List<String>> differences() {
    return differences;
  }

  private void zone(TimeZone zone) {
    TimeZone.setDefault(zone);
    if (product == Product.H2) {
      org.h2.util.DateTimeUtils.resetCalendar();
    }
  }

  private void postgres() throws SQLException {
    List<Getter> getters =
        Getters.all(
            andArrays(
                org.postgresql.util.PGobject.class,
                org.postgresql.util.PGInterval.class,
                org.postgresql.util.PGmoney.class,
                org.postgresql.geometric.PGpoint.class,
                org.postgresql.geometric.PGbox.class,
                org.postgresql.geometric.PGcircle.class,
                Map.class));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("create type mood as enum ('sad', 'happy')");
      statement.execute("create domain positive as int check (value > 0)");
      statement.execute("create type pair as (a int, b text)");
      statement.execute("create extension if not exists hstore");
      fill(statement, ColumnCases.postgres());
    }
    for (String zone : ZONES) {
      zone(TimeZone.getTimeZone(zone));
      try (Connection text = connect("prepareThreshold=0");
          Connection binary = connect("prepareThreshold=-1")) {
        int table = 0;
        for (Case column : ColumnCases.postgres()) {
          compare(List.of(text), text, table, column, getters, zone);
          // An answer that the driver gives in one of its two transfers is the driver's answer.
          if (isBinary(binary, table)) {
            compare(List.of(text, binary), binary, table, column, getters, zone + " binary");
          }
          table++;
        }
      }
    }
  }

  private static List<Class<?>> andArrays(Class<?>... others) {
    List<Class<?>> classes = new ArrayList<>(List.of(others));
    classes.addAll(Getters.ARRAYS);
    return classes;
  }

  private static boolean isBinary(Connection connection, int table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query(table));
        ResultSet result = statement.executeQuery()) {
      return result.getMetaData().unwrap(PGResultSetMetaData.class).getFormat(1) == 1;
    }
  }

  private void h2() throws SQLException {
    List<Getter> getters = Getters.all(andArrays(org.h2.api.Interval.class));
    for (String zone : ZONES) {
      zone(TimeZone.getTimeZone(zone));
      try (Connection connection = connect("");
          Statement statement = connection.createStatement()) {
        fill(statement, ColumnCases.h2());
        int table = 0;
        for (Case column : ColumnCases.h2()) {
          compare(List.of(connection), connection, table++, column, getters, zone);
        }
        statement.execute("drop all objects");
      }
    }
  }

  private void maria(List<Case> columns) throws SQLException {
    List<Getter> getters =
        Getters.all(
            List.of(
                Array.class,
                float[].class,
                org.mariadb.jdbc.type.Geometry.class,
                org.mariadb.jdbc.type.Point.class,
                org.mariadb.jdbc.type.Polygon.class));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("set sql_mode = ''");
      fill(statement, columns);
    }
    for (String zone : ZONES) {
      zone(TimeZone.getTimeZone(zone));
      for (String options : List.of("", "tinyInt1isBit=false", "transformedBitIsBoolean=false")) {
        try (Connection connection = connect(options)) {
          int table = 0;
          for (Case column : columns) {
            if (options.isEmpty() || column.type().matches("tinyint.*|bit.*|boolean")) {
              compare(
                  List.of(connection), connection, table, column, getters, zone + " " + options);
            }
            table++;
          }
        }
      }
    }
  }

  private void connector(List<Case> columns) throws SQLException {
    List<Getter> getters = Getters.all(List.of(Array.class, float[].class));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("set sql_mode = ''");
      fill(statement, columns);
    }
    for (String zone : ZONES) {
      zone(TimeZone.getTimeZone(zone));
      String what = zone + " ";
      for (String options : properties) {
        String ofOptions = CONNECTOR_OPTIONS.getOrDefault(options, "");
        String types = zone.equals(ZONES.get(0)) ? ofOptions : TIMES;
        try (Connection connection = connect(options)) {
          int table = 0;
          for (Case column : columns) {
            if (column.type().matches(types) && column.type().matches(ofOptions)) {
              compare(List.of(connection), connection, table, column, getters, what + options);
            }
            table++;
          }
        }
      }
    }
  }

  private Connection connect(String options) throws SQLException {
    String with = options.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + options;
    if (url.startsWith("jdbc:mariadb:")) {
      // The tests' server speaks no TLS, which is what this driver begins with from 4.0 on.
      with += (with.indexOf('?') < 0 ? "?" : "&") + "sslMode=disable";
    }
    return DriverManager.getConnection(with, username, password);
  }

  private static void fill(Statement statement, List<Case> columns) throws SQLException {
    int table = 0;
    for (Case column : columns) {
      statement.execute(
          "create table cases" + table + " (id int primary key, V " + column.type() + ")");
      StringBuilder rows = new StringBuilder("insert into cases" + table + " values ");
      int id = 0;
      for (String literal : column.literals()) {
        rows.append(id == 0 ? "" : ", ").append("(" + id++ + ", " + literal + ")");
      }
      rows.append(column.type().equals("serial") ? "" : ", (" + id + ", null)");
      statement.execute(rows.toString());
      table++;
    }
  }

  private static String query(int table) {
    return "select v as Label from cases" + table + " order by id";
  }

  private void compare(
      List<Connection> lives,
      Connection captured,
      int table,
      Case column,
      List<Getter> getters,
      String what)
      throws SQLException {
    Memory memory;
    try (PreparedStatement statement = captured.prepareStatement(query(table));
        ResultSet result = statement.executeQuery()) {
      behavior = Drivers.of(captured);
      CaptureOutcome outcome = Capture.capture(result, behavior, 1000, 1_000_000);
      if (outcome instanceof CaptureOutcome.Refused refusal) {
        refused.add(column.type() + " (" + refusal.detail() + ")");
        return;
      }
      if (!(outcome instanceof CaptureOutcome.Complete complete)) {
        refused.add(column.type() + " (a value of it)");
        return;
      }
      memory = new Memory(way.apply(complete.snapshot()), captured, query(table));
      compareMetaData(result.getMetaData(), memory, column);
    }
    List<ResultSet> rows = new ArrayList<>();
    for (Connection live : lives) {
      rows.add(live.prepareStatement(query(table)).executeQuery());
    }
    memory.of(rows.get(0).getStatement());
    // What a column leaves to the driver, it leaves to it in every row: two are enough.
    Map<Getter, Integer> left = new HashMap<>();
    for (int at = 1; memory.cursorAt(at) != null; at++) {
      String value = at <= column.literals().size() ? column.literals().get(at - 1) : "NULL";
      for (ResultSet row : rows) {
        if (!row.next()) {
          throw new AssertionError("The driver has no row " + at + " of " + column.type());
        }
      }
      for (Getter getter : getters) {
        if (isCovered(getter, at, what)
            || isEndless(getter, column, value, what)
            || left.getOrDefault(getter, 0) > 1) {
          continue;
        }
        long before = handedOver;
        ResultSet mine = Objects.requireNonNull(memory.cursorAt(at));
        Observed ours = ask(getter, mine, lives, captured);
        List<Observed> theirs =
            rows.stream().map(row -> ask(getter, row, lives, captured)).toList();
        compared++;
        if (handedOver > before) {
          left.merge(getter, 1, Integer::sum);
        }
        if (theirs.stream().noneMatch(answer -> answer.allows(ours))) {
          differ(column.type() + " " + getter.name(), what + " " + value, theirs, ours);
        }
      }
    }
    memory.close();
    for (ResultSet row : rows) {
      if (row.next()) {
        throw new AssertionError("The driver has more rows of " + column.type());
      }
      row.getStatement().close();
    }
  }

  /**
   * MariaDB's driver names the connection in its messages, which a snapshot has none of; and
   * pgjdbc's quote a number as it was transferred.
   */
  private Observed ask(
      Getter getter, ResultSet result, List<Connection> lives, Connection captured) {
    Observed answer =
        product == Product.MARIADB || product == Product.MYSQL || lives.size() > 1
            ? getter.answer(result, 1, "label")
            : getter.exactAnswer(result, 1, "label");
    boolean isArray = getter.name().equals("getArray(index)") && answer.text().contains("array ");
    return isArray ? andArray(answer, result) : answer;
  }

  private static Observed andArray(Observed answer, ResultSet result) {
    try {
      return answer.and(result.getArray(1));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A label is only another way to the column, and a zone matters to what has to do with time. */
  private static boolean isCovered(Getter getter, int row, String what) {
    return (row > 2 && getter.name().contains("(label"))
        || (!what.startsWith(ZONES.get(0))
            && !getter.name().matches("get(Date|Time|Timestamp|String|Object)\\(.*"));
  }

  /**
   * Coordinates that came in binary are read as the dimensions of an array, for which there may be
   * no room.
   */
  private static boolean isEndless(Getter getter, Case column, String value, String what) {
    return getter.name().startsWith("getArray(")
        && what.endsWith("binary")
        && column.type().matches("point|box")
        && !value.equals("NULL")
        && !value.startsWith("'(0,");
  }

  private void compareMetaData(ResultSetMetaData live, Memory memory, Case column)
      throws SQLException {
    for (Method method : ResultSetMetaData.class.getMethods()) {
      for (int index : new int[] {1, 0, 2}) {
        if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class) {
          Observed theirs = invoke(method, live, index);
          Observed answer = invoke(method, memory.metaData(), index);
          compared++;
          if (!theirs.equals(answer)) {
            differ(
                column.type() + " metadata " + method.getName(),
                "column " + index,
                List.of(theirs),
                answer);
          }
        }
      }
    }
  }

  private static Observed invoke(Method method, Object target, int index) {
    return Observed.of(
        () -> {
          try {
            return method.invoke(target, index);
          } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        });
  }

  private void differ(String where, String value, List<Observed> theirs, Observed ours) {
    differences
        .computeIfAbsent(where, key -> new ArrayList<>())
        .add(value + ": driver " + theirs + ", snapshot " + ours);
  }

  /**
   * Cursors over one snapshot, each as long as it answers by itself: one that has handed over to
   * the driver's own result would have that answer all that is asked after it.
   */
  private final class Memory implements SnapshotCursor.Listener {

    private final Snapshot snapshot;
    private final Connection connection;
    private final String sql;
    private @Nullable Statement owner;
    private @Nullable SnapshotCursor cursor;
    private int row;
    private @Nullable PreparedStatement driversOwn;

    Memory(Snapshot snapshot, Connection connection, String sql) {
      this.snapshot = snapshot;
      this.connection = connection;
      this.sql = sql;
    }

    /** The next cursor is of that statement. */
    void of(Statement statement) throws SQLException {
      close();
      owner = statement;
    }

    /** A cursor that is on this row, counted from one; null after the last. */
    @Nullable SnapshotCursor cursorAt(int asked) throws SQLException {
      SnapshotCursor current = untouched();
      while (row < asked) {
        row++;
        if (!current.next()) {
          return null;
        }
      }
      return current;
    }

    ResultSetMetaData metaData() throws SQLException {
      return untouched().getMetaData();
    }

    private SnapshotCursor untouched() throws SQLException {
      SnapshotCursor current = cursor;
      if (current == null || driversOwn != null) {
        close();
        current = new SnapshotCursor(snapshot, owner, ResultSet.TYPE_FORWARD_ONLY, 0, this);
        cursor = current;
      }
      return current;
    }

    void close() throws SQLException {
      if (driversOwn != null) {
        driversOwn.close();
        driversOwn = null;
      }
      row = 0;
      cursor = null;
    }

    @Override
    public void cursorClosed() {}

    @Override
    public ResultSet askAgain(SnapshotCursor asking, String what) throws SQLException {
      handedOver++;
      PreparedStatement statement = connection.prepareStatement(sql);
      driversOwn = statement;
      return statement.executeQuery();
    }
  }
}
