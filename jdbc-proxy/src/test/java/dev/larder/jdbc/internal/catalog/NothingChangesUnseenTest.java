package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.TableName;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Whenever a statement changes a query's answer, what it writes meets what the query reads: the
 * property the whole cache rests on, asked of random schemas on real databases.
 *
 * <p>Replay a run with {@code -Dlarder.test.seed=<the printed seed>}.
 */
class NothingChangesUnseenTest {

  private static final int TABLES = 6;
  private static final int VIEWS = 4;
  private static final int STATEMENTS = 40;
  private static final String[] ACTIONS = {"cascade", "set null", "no action"};
  private static final String[] VERBS = {"insert", "update", "delete"};

  @EachDatabase
  void whateverChangesAnAnswerIsAmongItsTables(TestDatabase database) throws SQLException {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("NothingChangesUnseenTest on " + database.product() + " seed " + seed);
    Random random = new Random(seed);
    schema(database, random);
    CatalogueProbe probe = CatalogueProbe.of(database);
    List<String> queries = queries();
    int changes = 0;
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Map<String, List<String>> before = answers(connection, queries);
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = statement(random);
        if (!runs(connection, sql)) {
          continue;
        }
        Map<String, List<String>> after = answers(connection, queries);
        connection.rollback();
        WriteSet writes = probe.writeSet(sql);
        for (String query : queries) {
          if (!Objects.equals(before.get(query), after.get(query))) {
            changes++;
            ReadSet reads = probe.readSet(query);
            assertThat(meet(reads, writes))
                .as("seed %d: %s changed %s; %s, %s", seed, sql, query, writes, reads)
                .isTrue();
            assertThat(reads).as(query).isInstanceOf(ReadSet.Tables.class);
          }
        }
      }
    }
    assertThat(changes).as("changed answers with seed %d", seed).isPositive();
  }

  private static boolean meet(ReadSet reads, WriteSet writes) {
    return writes instanceof WriteSet.Everything
        || reads instanceof ReadSet.Refused
        || !Collections.disjoint(tables(reads), ((WriteSet.Tables) writes).tables());
  }

  private static Set<TableName> tables(ReadSet reads) {
    return ((ReadSet.Tables) reads).tables();
  }

  private static void schema(TestDatabase database, Random random) {
    List<String> ddl = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      String references = "";
      if (i > 0) {
        references =
            ", foreign key (p) references t%d (id) on delete %s on update %s"
                .formatted(random.nextInt(i), any(ACTIONS, random), any(ACTIONS, random));
      }
      ddl.add("create table t%d (id int primary key, n int, p int%s)".formatted(i, references));
      for (int row = 1; row <= 3; row++) {
        ddl.add("insert into t%d values (%d, 0, %d)".formatted(i, row, row));
      }
      ddl.add("create table l%d (x int)".formatted(i));
    }
    for (int i = 0; i < VIEWS; i++) {
      String second =
          i > 0 && random.nextBoolean()
              ? "(select id from v%d)".formatted(random.nextInt(i))
              : "(select p from t%d where n = 0)".formatted(random.nextInt(TABLES));
      ddl.add(
          "create view v%d as select id, n from t%d where id in %s"
              .formatted(i, random.nextInt(TABLES), second));
    }
    for (int i = 0; i < TABLES; i++) {
      trigger(database.product(), i, ddl, random);
    }
    database.execute(ddl.toArray(String[]::new));
  }

  /** A trigger that writes a log and, in PostgreSQL, perhaps another table, which may go on. */
  private static void trigger(Product product, int i, List<String> ddl, Random random) {
    String verb = any(VERBS, random);
    int log = random.nextInt(TABLES);
    switch (product) {
      case POSTGRESQL -> {
        String other =
            random.nextBoolean()
                ? "update t%d set n = n + 1 where id = 1;".formatted(random.nextInt(TABLES))
                : "delete from t%d where id = 3;".formatted(random.nextInt(TABLES));
        ddl.add(
            """
            create function f%d() returns trigger language plpgsql as $$ begin
              if pg_trigger_depth() < 4 then insert into l%d values (1); %s end if; return null;
            end $$\
            """
                .formatted(i, log, other));
        ddl.add(
            "create trigger g%d after %s on t%d for each %s execute function f%d()"
                .formatted(i, verb, i, random.nextBoolean() ? "row" : "statement", i));
      }
      case MARIADB, MYSQL ->
          ddl.add(
              "create trigger g%d after %s on t%d for each row insert into l%d values (1)"
                  .formatted(i, verb, i, log));
      case H2 -> {}
    }
  }

  private static String statement(Random random) {
    int table = random.nextInt(TABLES);
    int id = 1 + random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> "insert into t%d values (%d, 1, null)".formatted(table, 10 + id);
      case 1 -> "update t%d set n = n + 1 where id = %d".formatted(table, id);
      case 2 -> "update t%d set id = %d where id = %d".formatted(table, 20 + id, id);
      case 3 -> "delete from t%d where id = %d".formatted(table, id);
      default -> "delete from t%d".formatted(table);
    };
  }

  private static List<String> queries() {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      queries.add("select * from t" + i);
      queries.add("select count(*) from l" + i);
    }
    for (int i = 0; i < VIEWS; i++) {
      queries.add("select * from v" + i);
    }
    return queries;
  }

  /** Runs a statement, or undoes it where a foreign key or a trigger forbids it. */
  private static boolean runs(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException forbidden) {
      connection.rollback();
      return false;
    }
  }

  private static Map<String, List<String>> answers(Connection connection, List<String> queries)
      throws SQLException {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (String query : queries) {
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        int columns = row.getMetaData().getColumnCount();
        while (row.next()) {
          StringBuilder line = new StringBuilder();
          for (int column = 1; column <= columns; column++) {
            line.append(row.getString(column)).append(' ');
          }
          rows.add(line.toString());
        }
      }
      Collections.sort(rows);
      answers.put(query, rows);
    }
    return answers;
  }

  private static String any(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }
}
