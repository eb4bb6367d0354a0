package dev.larder.jdbc.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * MySQL tells the type of an expression by the plan that it has chosen: the reason for what {@link
 * PlanTypes} lets pass. Larder has no part in it.
 */
class TypesByPlanTest {

  private static final String QUERY =
      "select (select max(a4.c1) from t1 a4) as f1, coalesce(a2.c6, false) as f2 from t3 a1"
          + " join t3 a2 on a1.id = a2.c1 join numbered a3 on a2.id = a3.id"
          + " where a1.id < 28 order by a2.c3, 1, 2 limit 1 offset 1";

  @Test
  void theServerAloneAnswersTheSameRowsWithTwoTypes() throws SQLException {
    try (TestDatabase database = Databases.fresh(Product.MYSQL);
        Connection reader = database.connect();
        Connection writer = database.connect()) {
      // Another release may choose other plans.
      assumeThat(reader.getMetaData().getDatabaseProductVersion()).startsWith("8.0.15");
      database.execute(
          "create table numbered (id int auto_increment primary key, what varchar(30))",
          "create table t1 (id int primary key, c1 int)",
          "create table t3 (id int primary key, c1 int, c3 bigint, c6 boolean)",
          "insert into t1 values (1, 6), (2, 11)",
          "insert into t3 values (8, 4, 5, null), (5, 6, null, null), (6, 11, null, null)",
          "insert into numbered (what) values ('z')");
      Outcome before = answer(reader);
      assertThat(answer(reader)).isEqualTo(before);
      writer.setAutoCommit(false);
      try (Statement statement = writer.createStatement()) {
        // Nobody else sees the row; the server's estimate of the table's size counts it.
        statement.executeUpdate("insert into numbered (what) values ('z')");
      }
      Outcome after = answer(reader);
      writer.rollback();
      assertThat(after).isNotEqualTo(before);
      assertThat(PlanTypes.matches(before, after)).isTrue();
    }
  }

  private static Outcome answer(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      Outcome.render(rows, Step.Asked.ORDERED, lines);
    }
    return Outcome.of(lines);
  }

  @Test
  void nothingElsePasses() {
    Outcome one = answer("f1 INT 4 | c INT 4", "Integer 1 | Integer 2");
    assertThat(PlanTypes.matches(one, answer("f1 BIGINT -5 | c INT 4", "Long 1 | Integer 2")))
        .isTrue();
    assertThat(PlanTypes.matches(one, answer("f1 BIGINT -5 | c INT 4", "Long 3 | Integer 2")))
        .as("another value")
        .isFalse();
    assertThat(PlanTypes.matches(one, answer("f1 INT 4 | c BIGINT -5", "Integer 1 | Long 2")))
        .as("a column")
        .isFalse();
    assertThat(PlanTypes.matches(one, answer("f1 DECIMAL 3 | c INT 4", "BigDecimal 1 | Integer 2")))
        .as("another type")
        .isFalse();
    assertThat(PlanTypes.matches(one, Outcome.DONE)).isFalse();
  }

  private static Outcome answer(String columns, String row) {
    return Outcome.of(List.of("columns | " + columns, "row | " + row));
  }
}
