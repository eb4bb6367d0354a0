package dev.larder.examples.bookshop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One read with its arguments: a list of pages of the shop, and the SQL behind them. Immutable. */
record Question(Kind kind, List<Integer> arguments) {

  /** What came back: rows of column values, as {@code getObject} gave them. */
  record Answer(List<List<@Nullable Object>> rows) {}

  /** The questions that pages of the shop ask. */
  enum Kind {
    BOOK(
        "a book and its publisher",
        """
        select b.id, b.isbn, b.title, b.published, b.pages, p.name as publisher, p.city
        from book b join publisher p on p.id = b.publisher_id
        where b.id = ?"""),
    AUTHORS(
        "the authors of a book",
        """
        select a.id, a.name, a.born
        from book_author ba join author a on a.id = ba.author_id
        where ba.book_id = ? order by ba.listed_as"""),
    CATEGORY_PAGE(
        "a page of a category",
        """
        select b.id, b.title, b.published, p.name as publisher
        from book_category bc
        join book b on b.id = bc.book_id
        join publisher p on p.id = b.publisher_id
        where bc.category_id = ?
        order by b.published desc, b.id limit 20 offset ?"""),
    PRICE_AND_STOCK(
        "price and stock of a book",
        """
        select p.amount, p.changes, s.quantity, m.id, m.change, m.quantity_after
        from price p
        join stock s on s.book_id = p.book_id
        join stock_movement m on m.book_id = p.book_id
        where p.book_id = ? order by m.id desc limit 3"""),
    RATING(
        "the rating of a book (view)",
        """
        select r.reviews, r.stars, cast(r.stars as numeric(9, 2)) / r.reviews as average
        from book_rating r where r.book_id = ?"""),
    BEST_SELLERS(
        "the best sellers (view, literals)",
        """
        select b.id, b.title, s.sold
        from (select book_id, sold from best_seller
          where sold >= 10 order by sold desc, book_id limit 10) s
        join book b on b.id = s.book_id
        order by s.sold desc, b.id"""),
    LAST_ORDERS(
        "the last orders of a customer",
        """
        select c.name, o.id, o.ordered, o.status
        from customer c join orders o on o.customer_id = c.id
        where c.id = ? order by o.id desc limit 10"""),
    ORDER(
        "an order, its lines and total",
        """
        select l.line, b.title, l.quantity, l.unit_price,
          (select sum(t.quantity * t.unit_price) from order_line t where t.order_id = l.order_id)
            as total
        from order_line l join book b on b.id = l.book_id
        where l.order_id = ? order by l.line""");

    private final String words;
    private final String sql;

    Kind(String words, String sql) {
      this.words = words;
      this.sql = sql;
    }

    String words() {
      return words;
    }

    String sql() {
      return sql;
    }
  }

  Question(Kind kind, Integer... arguments) {
    this(kind, List.of(arguments));
  }

  /** Asks as an application does: borrow, prepare, bind, read every row, close everything. */
  Answer ask(DataSource shop) throws SQLException {
    try (Connection connection = shop.getConnection()) {
      return ask(connection);
    }
  }

  /** Asks on a connection that the caller keeps. */
  Answer ask(Connection connection) throws SQLException {
    if (arguments.isEmpty()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(kind.sql)) {
        return everyRowOf(rows);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(kind.sql)) {
      for (int i = 0; i < arguments.size(); i++) {
        statement.setInt(i + 1, arguments.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return everyRowOf(rows);
      }
    }
  }

  private static Answer everyRowOf(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<List<@Nullable Object>> answer = new ArrayList<>();
    while (rows.next()) {
      List<@Nullable Object> row = new ArrayList<>(columns);
      for (int column = 1; column <= columns; column++) {
        row.add(rows.getObject(column));
      }
      answer.add(row);
    }
    return new Answer(answer);
  }
}
