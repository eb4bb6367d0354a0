package dev.larder.jdbc.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.ColumnCases.Case;
import dev.larder.jdbc.internal.result.Getters.Getter;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

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
      for (String zone : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (Case column : ColumnCases.postgres()) {
          fill(database, column);
          try (Connection connection = connect(database, "prepareThreshold=0")) {
            compare(connection, connection, column, getters, zone);
          }
          try (Connection text = connect(database, "prepareThreshold=0");
              Connection binary = connect(database, "prepareThreshold=-1")) {
            compareEither(text, binary, column, getters, zone + " binary");
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
        for (Case column : ColumnCases.h2()) {
          fill(database, column);
          try (Connection connection = database.connect()) {
            compare(connection, connection, column, getters, zone);
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
      for (String zone : ZONES) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (Case column : ColumnCases.maria()) {
          fill(database, column);
          for (String options :
              List.of("", "tinyInt1isBit=false", "transformedBitIsBoolean=true")) {
            try (Connection connection = connect(database, options)) {
              compare(connection, connection, column, getters, zone + " " + options);
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

  private static void fill(TestDatabase database, Case column) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists cases");
      if (database.product() == Product.MARIADB) {
        statement.execute("set sql_mode = ''");
      }
      statement.execute("create table cases (id int primary key, V " + column.type() + ")");
      int id = 0;
      for (String literal : column.literals()) {
        statement.execute("insert into cases values (" + id++ + ", " + literal + ")");
      }
      if (!column.type().equals("serial")) {
        statement.execute("insert into cases values (" + id + ", null)");
      }
    }
  }

  private static final String QUERY = "select v as Label from cases order by id";

  private void compare(
      Connection live, Connection captured, Case column, List<Getter> getters, String what)
      throws SQLException {
    compareRows(List.of(live), captured, column, getters, what);
  }

  /** An answer that the driver gives in one of its two transfer formats is the driver's answer. */
  private void compareEither(
      Connection text, Connection binary, Case column, List<Getter> getters, String what)
      throws SQLException {
    compareRows(List.of(text, binary), binary, column, getters, what);
  }

  private void compareRows(
      List<Connection> lives, Connection captured, Case column, List<Getter> getters, String what)
      throws SQLException {
    Snapshot snapshot;
    try (PreparedStatement statement = captured.prepareStatement(QUERY);
        ResultSet result = statement.executeQuery()) {
      DriverAnswers answers = DriverAnswers.of(captured);
      assertThat(answers).isNotSameAs(DriverAnswers.STANDARD);
      CaptureOutcome outcome = Capture.capture(result, answers, 1000, 1_000_000);
      if (outcome instanceof CaptureOutcome.Refused refusal) {
        refused.add(column.type() + " (" + refusal.detail() + ")");
        return;
      }
      snapshot = ((CaptureOutcome.Complete) outcome).snapshot();
      compareMetaData(result.getMetaData(), cursor(snapshot).getMetaData(), column);
    }
    List<ResultSet> rows = new ArrayList<>();
    for (Connection live : lives) {
      rows.add(live.prepareStatement(QUERY).executeQuery());
    }
    SnapshotCursor cursor = cursor(snapshot);
    int at = 0;
    while (cursor.next()) {
      String value = at < column.literals().size() ? column.literals().get(at) : "NULL";
      at++;
      for (ResultSet row : rows) {
        assertThat(row.next()).isTrue();
      }
      for (Getter getter : getters) {
        Answer ours = getter.answer(cursor, 1, "label");
        List<Answer> theirs = rows.stream().map(row -> getter.answer(row, 1, "label")).toList();
        compared++;
        if (!theirs.contains(ours)) {
          differ(column.type() + " " + getter.name(), what + " " + value, theirs, ours);
        }
      }
    }
    for (ResultSet row : rows) {
      assertThat(row.next()).isFalse();
      row.getStatement().close();
    }
  }

  private static SnapshotCursor cursor(Snapshot snapshot) {
    return new SnapshotCursor(snapshot, null, ResultSet.TYPE_FORWARD_ONLY, 0, () -> {});
  }

  private void compareMetaData(ResultSetMetaData live, ResultSetMetaData ours, Case column) {
    for (var method : ResultSetMetaData.class.getMethods()) {
      for (int index : new int[] {1, 0, 2}) {
        if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class) {
          Answer theirs = invoke(method, live, index);
          Answer answer = invoke(method, ours, index);
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

  private static Answer invoke(java.lang.reflect.Method method, Object target, int index) {
    return Answer.of(
        () -> {
          try {
            return method.invoke(target, index);
          } catch (java.lang.reflect.InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        });
  }

  private void differ(String where, String value, List<Answer> theirs, Answer ours) {
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
