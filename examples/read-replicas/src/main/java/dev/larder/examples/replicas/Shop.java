package dev.larder.examples.replicas;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Delivers items, and looks after each delivery what is in stock. For one thread. */
final class Shop {

  /**
   * What came of a day's work.
   *
   * @param reads of stock and of products
   * @param stale reads of stock that did not show the delivery before
   */
  record Day(int reads, int stale) {}

  private static final int PRODUCTS_BETWEEN = 20;

  private final DataSource writes;
  private final Supplier<DataSource> reads;
  private final SplittableRandom random = new SplittableRandom(42);

  /**
   * @param reads says for each read where it goes
   */
  Shop(DataSource writes, Supplier<DataSource> reads) {
    this.writes = writes;
    this.reads = reads;
  }

  Day work(int deliveries) throws SQLException {
    int stale = 0;
    for (int i = 1; i <= deliveries; i++) {
      int shelf = random.nextInt(1, 21);
      int delivered = deliver(shelf);
      if (ask("select items from stock where id = ?", shelf) < delivered) {
        stale++;
      }
      for (int k = 0; k < PRODUCTS_BETWEEN; k++) {
        ask("select id from product where id = ?", random.nextInt(1, 1001));
      }
    }
    return new Day(deliveries * (PRODUCTS_BETWEEN + 1), stale);
  }

  /** Returns how many items there are now. */
  private int deliver(int shelf) throws SQLException {
    try (Connection connection = writes.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update stock set items = items + 1 where id = ? returning items")) {
      statement.setInt(1, shelf);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private int ask(String sql, int id) throws SQLException {
    try (Connection connection = reads.get().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
