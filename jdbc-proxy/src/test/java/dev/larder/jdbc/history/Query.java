package dev.larder.jdbc.history;

import static dev.larder.jdbc.history.Registers.ROWS;
import static dev.larder.jdbc.history.Registers.register;

import dev.larder.jdbc.history.Step.Seen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A way to read some registers. Immutable.
 *
 * @param sql answers with rows of table, id and value, or of id and value of one table
 * @param expects the registers it reads
 * @param table that one; negative where the rows say it
 */
record Query(String sql, List<Integer> parameters, List<Integer> expects, int table) {

  private static final int IN_ROWS = -1;

  Query(String sql, List<Integer> parameters, List<Integer> expects) {
    this(sql, parameters, expects, IN_ROWS);
  }

  static final String EVERYTHING =
      "select 0, id, n from book union all select 1, id, n from stock"
          + " union all select 2, id, n from price order by 1, 2";

  /** Any one, or one that reads this register if it is not negative. */
  static Query any(Random random, int wanted) {
    int target = wanted >= 0 ? wanted : random.nextInt(Registers.COUNT);
    int table = target / ROWS;
    int row = target % ROWS;
    String name = Registers.TABLES.get(table);
    return switch (random.nextInt(table == 0 ? 7 : 9)) {
      case 0, 1 -> one(table, row);
      case 2 ->
          new Query(
              "select %d, id, n from %s where id = %d".formatted(table, name, row),
              List.of(),
              List.of(target));
      case 3, 4 ->
          new Query(
              "select %d, id, n from %s order by id".formatted(table, name),
              List.of(),
              IntStream.range(0, ROWS).mapToObj(id -> register(table, id)).toList());
      case 5 -> {
        int other = (row + 1 + random.nextInt(ROWS - 1)) % ROWS;
        yield new Query(
            "select %d, id, n from %s where id in (?, ?) order by id".formatted(table, name),
            List.of(row, other),
            List.of(target, register(table, other)));
      }
      case 6 ->
          new Query(EVERYTHING, List.of(), IntStream.range(0, Registers.COUNT).boxed().toList());
      case 7 ->
          new Query(
              "select 1, s.id, s.n, 2, p.id, p.n from stock s join price p on p.id = s.id"
                  + " where s.id = ?",
              List.of(row),
              List.of(register(1, row), register(2, row)));
      default ->
          new Query(
              "select 1, s.id, s.n, 2, p.id, p.n from stock s join price p on p.id = s.id"
                  + " order by s.id",
              List.of(),
              IntStream.range(ROWS, 3 * ROWS).boxed().toList());
    };
  }

  /** The row of that register. */
  static Query one(int register) {
    return one(register / ROWS, register % ROWS);
  }

  static Query one(int table, int row) {
    return new Query(
        "select %d, id, n from %s where id = ?".formatted(table, Registers.TABLES.get(table)),
        List.of(row),
        List.of(register(table, row)));
  }

  /** All rows of a table, in some order, by nothing but columns. */
  static Query list(int table) {
    return new Query(
        "select id, n from %s order by id".formatted(Registers.TABLES.get(table)),
        List.of(),
        IntStream.range(0, ROWS).mapToObj(id -> register(table, id)).toList(),
        table);
  }

  /** A row by nothing but columns, in the words of whoever asks. */
  static Query lookUp(int table, int row, String alias) {
    return new Query(
        "select %2$s.id, %2$s.n from %1$s %2$s where %2$s.id = ?"
            .formatted(Registers.TABLES.get(table), alias),
        List.of(row),
        List.of(register(table, row)),
        table);
  }

  /** The same with other words before it. */
  Query after(String words) {
    return new Query(words + sql, parameters, expects, table);
  }

  Step.Read run(Connection connection, Registers registers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setInt(i + 1, parameters.get(i));
      }
      long called = registers.tick();
      try (ResultSet rows = statement.executeQuery()) {
        long returned = registers.tick();
        List<Seen> seen = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          if (table >= 0) {
            seen.add(new Seen(register(table, rows.getInt(1)), rows.getLong(2)));
            continue;
          }
          for (int column = 1; column < columns; column += 3) {
            seen.add(
                new Seen(
                    register(rows.getInt(column), rows.getInt(column + 1)),
                    rows.getLong(column + 2)));
          }
        }
        for (int register : expects) {
          if (seen.stream().noneMatch(s -> s.register() == register)) {
            seen.add(new Seen(register, Step.ABSENT));
          }
        }
        return new Step.Read(sql, called, returned, seen);
      }
    }
  }
}
