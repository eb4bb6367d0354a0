package dev.larder.examples.bookshop;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Builds the bookshop: schema, rows, indexes, trigger. The rows follow from the size and the seed
 * alone, so two shops built alike hold the same data. For one thread.
 */
final class Bookshop {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private final Size size;
  private final SplittableRandom random;
  private final Watcher watcher;
  private long rows;

  /** Told after each table how many rows there are, of about how many in the end. */
  interface Watcher {
    void at(long rows, long ofAbout);
  }

  Bookshop(Size size, long seed, Watcher watcher) {
    this.size = size;
    this.random = new SplittableRandom(seed);
    this.watcher = watcher;
  }

  /** Empties the database, builds the shop in it and returns how many rows it holds. */
  long build(ShopDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      database.kind().empty().run(connection);
      SqlScript.named("schema.sql").run(connection);
      connection.setAutoCommit(false);
      fill(connection);
      connection.commit();
      connection.setAutoCommit(true);
      SqlScript.named("indexes.sql").run(connection);
      database.kind().trigger().run(connection);
      return rows;
    }
  }

  private void fill(Connection connection) throws SQLException {
    publishersAuthorsCategories(connection);
    books(connection);
    shelves(connection);
    prices(connection);
    customers(connection);
    orders(connection);
    reviews(connection);
  }

  private void publishersAuthorsCategories(Connection connection) throws SQLException {
    try (Batch publisher = new Batch(connection, "publisher (id, name, city)")) {
      for (int id = 1; id <= size.publishers(); id++) {
        publisher.add(id, Names.publisher(random), Names.city(random));
      }
      done(publisher);
    }
    try (Batch author = new Batch(connection, "author (id, name, born)")) {
      for (int id = 1; id <= size.authors(); id++) {
        author.add(id, Names.person(random), 1900 + random.nextInt(105));
      }
      done(author);
    }
    try (Batch category = new Batch(connection, "category (id, name)")) {
      for (int id = 1; id <= size.categories(); id++) {
        category.add(id, Names.category(id - 1));
      }
      done(category);
    }
  }

  private void books(Connection connection) throws SQLException {
    try (Batch book =
        new Batch(connection, "book (id, publisher_id, isbn, title, published, pages)")) {
      for (int id = 1; id <= size.books(); id++) {
        book.add(
            id,
            1 + random.nextInt(size.publishers()),
            "978%010d".formatted(id * 7L),
            Names.title(random),
            TODAY.minusDays(random.nextInt(12_000)),
            80 + random.nextInt(700));
      }
      done(book);
    }
  }

  private void shelves(Connection connection) throws SQLException {
    try (Batch written = new Batch(connection, "book_author (book_id, author_id, listed_as)")) {
      for (int book = 1; book <= size.books(); book++) {
        int first = random.nextInt(size.authors());
        int authors = 1 + random.nextInt(10) / 7;
        for (int nth = 1; nth <= authors; nth++) {
          written.add(book, 1 + (first + nth) % size.authors(), nth);
        }
      }
      done(written);
    }
    try (Batch shelved = new Batch(connection, "book_category (book_id, category_id)")) {
      for (int book = 1; book <= size.books(); book++) {
        int first = random.nextInt(size.categories());
        int shelves = 1 + random.nextInt(2);
        for (int nth = 0; nth < shelves; nth++) {
          shelved.add(book, 1 + (first + nth) % size.categories());
        }
      }
      done(shelved);
    }
  }

  private void prices(Connection connection) throws SQLException {
    try (Batch price = new Batch(connection, "price (book_id, amount)");
        Batch stock = new Batch(connection, "stock (book_id, quantity)");
        Batch movement =
            new Batch(connection, "stock_movement (book_id, change, quantity_after)")) {
      for (int book = 1; book <= size.books(); book++) {
        int delivered = 5_000 + random.nextInt(5_000);
        price.add(book, anyPrice(random));
        stock.add(book, delivered);
        movement.add(book, delivered, delivered);
      }
      done(price);
      done(stock);
      done(movement);
    }
  }

  private void customers(Connection connection) throws SQLException {
    try (Batch customer = new Batch(connection, "customer (id, name, email, joined)")) {
      for (int id = 1; id <= size.customers(); id++) {
        String name = Names.person(random);
        String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + id + "@mail.example";
        customer.add(id, name, email, TODAY.minusDays(random.nextInt(3_000)));
      }
      done(customer);
    }
    try (Batch address = new Batch(connection, "address (id, customer_id, street, city)")) {
      for (int id = 1; id <= size.customers() * 5 / 4; id++) {
        int customer = 1 + id % size.customers();
        address.add(id, customer, Names.street(random), Names.city(random));
      }
      done(address);
    }
  }

  private void orders(Connection connection) throws SQLException {
    Zipf popular = new Zipf(size.books());
    try (Batch order = new Batch(connection, "orders (id, customer_id, ordered, status)")) {
      for (int id = 1; id <= size.orders(); id++) {
        LocalDate ordered = TODAY.minusDays((size.orders() - id) / 50);
        order.add(id, 1 + random.nextInt(size.customers()), ordered, "sent");
      }
      done(order);
    }
    try (Batch line =
        new Batch(connection, "order_line (order_id, line, book_id, quantity, unit_price)")) {
      for (int id = 1; id <= size.orders(); id++) {
        int lines = 1 + random.nextInt(4);
        for (int nth = 1; nth <= lines; nth++) {
          line.add(id, nth, popular.next(random), 1 + random.nextInt(3), anyPrice(random));
        }
      }
      done(line);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter table orders alter column id restart with " + (size.orders() + 1));
    }
  }

  private void reviews(Connection connection) throws SQLException {
    Zipf popular = new Zipf(size.books());
    try (Batch review = new Batch(connection, "review (book_id, customer_id, stars, words)")) {
      for (int i = 0; i < size.reviews(); i++) {
        review.add(
            popular.next(random),
            1 + random.nextInt(size.customers()),
            1 + random.nextInt(5),
            Names.opinion(random));
      }
      done(review);
    }
  }

  static BigDecimal anyPrice(SplittableRandom random) {
    return BigDecimal.valueOf(499 + random.nextInt(3_500), 2);
  }

  private void done(Batch batch) {
    rows += batch.rows();
    watcher.at(rows, size.rows());
  }
}
