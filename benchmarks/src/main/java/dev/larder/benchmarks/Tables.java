package dev.larder.benchmarks;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.SplittableRandom;

/** The tables that the benchmarks read and write, with the same rows in every run. */
final class Tables {

  /** Rows of {@code item}, with ids from 1. */
  static final int ITEMS = 1_000;

  private static final String[] WORDS = {
    "rye", "barley", "honey", "salt", "cellar", "shelf", "jar", "crumb", "apple", "smoke"
  };

  private static final String ITEM =
      "create table item (id int primary key, name varchar(60) not null, price numeric(10,2) not"
          + " null, made_at timestamp not null, stock bigint not null, weight double precision not"
          + " null, organic boolean not null, best_before date, note varchar(200))";

  private static final String COUNTER = "create table counter (id int primary key, n bigint)";

  private Tables() {}

  /** Creates what is missing. */
  static void ensure(Target target) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet tables =
          connection
              .getMetaData()
              .getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
        while (tables.next()) {
          if (tables.getString("TABLE_NAME").equalsIgnoreCase("counter")) {
            return;
          }
        }
      }
      statement.execute(ITEM);
      fill(connection);
      statement.execute(COUNTER);
      statement.execute("insert into counter values (1, 0), (2, 0)");
    }
  }

  private static void fill(Connection connection) throws SQLException {
    SplittableRandom random = new SplittableRandom(42);
    LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into item values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int id = 1; id <= ITEMS; id++) {
        insert.setInt(1, id);
        insert.setString(2, words(random, 3) + " " + id);
        insert.setBigDecimal(3, BigDecimal.valueOf(random.nextInt(1_000_000), 2));
        insert.setTimestamp(4, Timestamp.valueOf(start.plusSeconds(random.nextInt(20_000_000))));
        insert.setLong(5, random.nextInt(100_000));
        insert.setDouble(6, random.nextDouble() * 25);
        insert.setBoolean(7, random.nextBoolean());
        boolean keeps = random.nextInt(5) == 0;
        insert.setDate(
            8, keeps ? null : Date.valueOf(LocalDate.of(2027, 1, 1).plusDays(random.nextInt(700))));
        insert.setString(9, random.nextInt(3) == 0 ? null : words(random, 8));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }
}
