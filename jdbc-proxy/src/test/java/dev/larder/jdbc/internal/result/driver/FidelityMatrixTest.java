package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.Capture;
import dev.larder.jdbc.internal.result.CaptureOutcome;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.SnapshotCursor;
import dev.larder.jdbc.internal.result.driver.ColumnCases.Case;
import dev.larder.jdbc.internal.result.driver.Getters.Getter;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.postgresql.PGResultSetMetaData;

/**
 * Every getter on every value of every column type answers from a snapshot as it does from the live
 * row. The JVM's time zone is part of the matrix, so this test runs alone.
 */
@Isolated
class FidelityMatrixTest {

  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin");

  private final TimeZone zoneBefore = TimeZone.getDefault();
  private final Map<String, List<String>> differences = new LinkedHashMap<>();
  private final Set<String> refused = new TreeSet<>();
  private long compared;

  @BeforeEach
  @AfterEach
  void ownZone() {
    TimeZone.setDefault(zoneBefore);
  }

  @Test
  void postgres() throws Exception {
    List<Getter> getters =
        Getters.all(
            List.of(org.postgresql.util.PGobject.class, org.postgresql.util.PGInterval.class));
    try (TestDatabase database = Databases.fresh(Product.POSTGRESQL)) {
      database.execute(
          "create type mood as enum ('sad', 'happy')",
          "create domain positive as int check (value > 0)");
      fill(database, ColumnCases.postgres());
      for (String zone : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (Connection text = connect(database, "prepareThreshold=0");
            Connection binary = connect(database, "prepareThreshold=-1")) {
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
    report("PostgreSQL");
  }

  @Test
  void h2() throws Exception {
    List<Getter> getters = Getters.all(List.of(org.h2.api.Interval.class));
    for (String zone : ZONES) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      org.h2.util.DateTimeUtils.resetCalendar();
      try (TestDatabase database = Databases.fresh(Product.H2)) {
        fill(database, ColumnCases.h2());
        try (Connection connection = database.connect()) {
          int table = 0;
          for (Case column : ColumnCases.h2()) {
            compare(List.of(connection), connection, table++, column, getters, zone);
          }
        }
      }
    }
    TimeZone.setDefault(zoneBefore);
    org.h2.util.DateTimeUtils.resetCalendar();
    report("H2");
  }

  @Test
  void maria() throws Exception {
    List<Getter> getters = Getters.all(List.of());
    try (TestDatabase database = Databases.fresh(Product.MARIADB)) {
      fill(database, ColumnCases.maria());
      for (String zone : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (String options : List.of("", "tinyInt1isBit=false", "transformedBitIsBoolean=false")) {
          try (Connection connection = connect(database, options)) {
            int table = 0;
            for (Case column : ColumnCases.maria()) {
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
    report("MariaDB");
  }

  private static Connection connect(TestDatabase database, String options) throws SQLException {
    String url = database.url();
    String with = url + (url.indexOf('?') < 0 ? "?" : "&") + options;
    return DriverManager.getConnection(with, database.username(), database.password());
  }

  private static boolean isBinary(Connection connection, int table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query(table));
        ResultSet result = statement.executeQuery()) {
      return result.getMetaData().unwrap(PGResultSetMetaData.class).getFormat(1) == 1;
    }
  }

  private static void fill(TestDatabase database, List<Case> columns) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (database.product() == Product.MARIADB) {
        statement.execute("set sql_mode = ''");
      }
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
    Snapshot snapshot;
    try (PreparedStatement statement = captured.prepareStatement(query(table));
        ResultSet result = statement.executeQuery()) {
      DriverBehavior answers = Drivers.of(captured);
      assertThat(answers).isNotSameAs(Drivers.STANDARD);
      CaptureOutcome outcome = Capture.capture(result, answers, 1000, 1_000_000);
      if (outcome instanceof CaptureOutcome.Refused refusal) {
        refused.add(column.type() + " (" + refusal.detail() + ")");
        return;
      }
      if (outcome instanceof CaptureOutcome.TooLarge) {
        refused.add(column.type() + " (a value of it)");
        return;
      }
      snapshot = ((CaptureOutcome.Complete) outcome).snapshot();
      compareMetaData(result.getMetaData(), cursor(snapshot, null).getMetaData(), column);
    }
    List<ResultSet> rows = new ArrayList<>();
    for (Connection live : lives) {
      rows.add(live.prepareStatement(query(table)).executeQuery());
    }
    SnapshotCursor cursor = cursor(snapshot, rows.get(0).getStatement());
    int at = 0;
    while (cursor.next()) {
      String value = at < column.literals().size() ? column.literals().get(at) : "NULL";
      at++;
      for (ResultSet row : rows) {
        assertThat(row.next()).isTrue();
      }
      for (Getter getter : getters) {
        if (isCovered(getter, at, what)) {
          continue;
        }
        Observed ours = ask(getter, cursor, lives, captured);
        List<Observed> theirs =
            rows.stream().map(row -> ask(getter, row, lives, captured)).toList();
        compared++;
        if (theirs.stream().noneMatch(answer -> answer.allows(ours))) {
          differ(column.type() + " " + getter.name(), what + " " + value, theirs, ours);
        }
      }
    }
    for (ResultSet row : rows) {
      assertThat(row.next()).isFalse();
      row.getStatement().close();
    }
  }

  /**
   * MariaDB's driver names the connection in its messages, which a snapshot has none of; and
   * pgjdbc's quote a number as it was transferred.
   */
  private static Observed ask(
      Getter getter, ResultSet result, List<Connection> lives, Connection captured) {
    return captured instanceof org.mariadb.jdbc.Connection || lives.size() > 1
        ? getter.answer(result, 1, "label")
        : getter.exactAnswer(result, 1, "label");
  }

  /** A label is only another way to the column, and a zone matters to what has to do with time. */
  private static boolean isCovered(Getter getter, int row, String what) {
    return (row > 2 && getter.name().contains("(label"))
        || (!what.startsWith(ZONES.get(0))
            && !getter.name().matches("get(Date|Time|Timestamp|String|Object)\\(.*"));
  }

  private static SnapshotCursor cursor(Snapshot snapshot, @Nullable Statement owner) {
    return new SnapshotCursor(snapshot, owner, ResultSet.TYPE_FORWARD_ONLY, 0, () -> {});
  }

  private void compareMetaData(ResultSetMetaData live, ResultSetMetaData ours, Case column) {
    for (var method : ResultSetMetaData.class.getMethods()) {
      for (int index : new int[] {1, 0, 2}) {
        if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class) {
          Observed theirs = invoke(method, live, index);
          Observed answer = invoke(method, ours, index);
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

  private static Observed invoke(java.lang.reflect.Method method, Object target, int index) {
    return Observed.of(
        () -> {
          try {
            return method.invoke(target, index);
          } catch (java.lang.reflect.InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        });
  }

  private void differ(String where, String value, List<Observed> theirs, Observed ours) {
    differences
        .computeIfAbsent(where, key -> new ArrayList<>())
        .add(value + ": driver " + theirs + ", snapshot " + ours);
  }

  private void report(String product) {
    System.out.println(
        product
            + ": "
            + compared
            + " (type, getter, value) answers compared, "
            + differences.values().stream().mapToInt(List::size).sum()
            + " differ; not captured: "
            + refused);
    assertThat(differences).isEmpty();
  }
}
