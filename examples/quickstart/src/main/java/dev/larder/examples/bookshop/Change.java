package dev.larder.examples.bookshop;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** One write, which is one transaction. Immutable. */
sealed interface Change {

  /** Sends the statements; the caller commits. */
  void send(Connection connection) throws SQLException;

  /** Whether the transaction ends in a rollback after all. */
  default boolean abandoned() {
    return false;
  }

  /** A book in a shopping basket. */
  record Item(int book, int quantity, BigDecimal price) {}

  /**
   * An order with its lines, each of which takes books out of the stock (and so fires the trigger).
   * The items are in the order of their books, so that two orders never wait for each other in a
   * circle.
   */
  record PlaceOrder(int customer, List<Item> basket, boolean abandoned) implements Change {
    @Override
    public void send(Connection connection) throws SQLException {
      long order = insertOrder(connection);
      try (PreparedStatement line =
          connection.prepareStatement(
              "insert into order_line (order_id, line, book_id, quantity, unit_price)"
                  + " values (?, ?, ?, ?, ?)")) {
        int nth = 0;
        for (Item item : basket) {
          line.setLong(1, order);
          line.setInt(2, ++nth);
          line.setInt(3, item.book());
          line.setInt(4, item.quantity());
          line.setBigDecimal(5, item.price());
          line.addBatch();
        }
        line.executeBatch();
      }
      for (Item item : basket) {
        new MoveStock(item.book(), -item.quantity()).send(connection);
      }
    }

    private long insertOrder(Connection connection) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into orders (customer_id, ordered, status) values (?, ?, 'new')",
              new String[] {"id"})) {
        insert.setInt(1, customer);
        insert.setObject(2, LocalDate.of(2026, 11, 22));
        insert.executeUpdate();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          return keys.getLong(1);
        }
      }
    }
  }

  /** Books come into the stock or leave it; the trigger writes the movement down. */
  record MoveStock(int book, int pieces) implements Change {
    @Override
    public void send(Connection connection) throws SQLException {
      update(
          connection, "update stock set quantity = quantity + ? where book_id = ?", pieces, book);
    }
  }

  /** A customer's opinion. */
  record WriteReview(int book, int customer, int stars, String words) implements Change {
    @Override
    public void send(Connection connection) throws SQLException {
      update(
          connection,
          "insert into review (book_id, customer_id, stars, words) values (?, ?, ?, ?)",
          book,
          customer,
          stars,
          words);
    }
  }

  /** A book gets a new price. */
  record ChangePrice(int book, BigDecimal amount) implements Change {
    @Override
    public void send(Connection connection) throws SQLException {
      update(
          connection,
          "update price set amount = ?, changes = changes + 1 where book_id = ?",
          amount,
          book);
    }
  }

  /** An account is closed: addresses, reviews, orders and their lines go with it, by cascade. */
  record CloseAccount(int customer) implements Change {
    @Override
    public void send(Connection connection) throws SQLException {
      update(connection, "delete from customer where id = ?", customer);
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
