package dev.larder.examples.bookshop;

import dev.larder.examples.bookshop.Change.ChangePrice;
import dev.larder.examples.bookshop.Change.CloseAccount;
import dev.larder.examples.bookshop.Change.Item;
import dev.larder.examples.bookshop.Change.MoveStock;
import dev.larder.examples.bookshop.Change.PlaceOrder;
import dev.larder.examples.bookshop.Change.WriteReview;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The endless list of requests that visitors make: 95 % reads, 5 % writes, popular books far more
 * often than others. Request number n follows from the seed and n alone, so two runs get the same
 * requests. Safe for use by several threads.
 */
final class Requests {

  /** What a visitor wants. */
  sealed interface Request {
    record Read(Question question) implements Request {}

    record Write(Change change) implements Request {}
  }

  private static final int PAGES = 5;

  private final Size size;
  private final long seed;
  private final Zipf books;
  private final Zipf categories;
  private final Zipf customers;
  private final Zipf orders;

  Requests(Size size, long seed) {
    this.size = size;
    this.seed = seed;
    books = new Zipf(size.books());
    categories = new Zipf(size.categories());
    customers = new Zipf(size.faithfulCustomers());
    orders = new Zipf(size.orders());
  }

  Request number(long n) {
    SplittableRandom random = randomFor(n);
    return random.nextInt(100) < 95
        ? new Request.Read(question(random))
        : new Request.Write(change(random));
  }

  /** A read: the one that request n would be if it were one. */
  Question questionNumber(long n) {
    return question(randomFor(n));
  }

  private SplittableRandom randomFor(long n) {
    // The multiplier spreads neighbouring numbers over all seeds.
    return new SplittableRandom(seed ^ (n + 1) * 0x9E3779B97F4A7C15L);
  }

  private Question question(SplittableRandom random) {
    int dice = random.nextInt(95);
    if (dice < 25) {
      return new Question(Question.Kind.BOOK, books.next(random));
    } else if (dice < 41) {
      return new Question(Question.Kind.AUTHORS, books.next(random));
    } else if (dice < 57) {
      int category = categories.next(random);
      return new Question(Question.Kind.CATEGORY_PAGE, category, 20 * random.nextInt(PAGES));
    } else if (dice < 69) {
      return new Question(Question.Kind.PRICE_AND_STOCK, books.next(random));
    } else if (dice < 81) {
      return new Question(Question.Kind.RATING, books.next(random));
    } else if (dice < 84) {
      return new Question(Question.Kind.BEST_SELLERS);
    } else if (dice < 90) {
      return new Question(Question.Kind.LAST_ORDERS, customers.next(random));
    } else {
      int newestFirst = size.orders() + 1 - orders.next(random);
      return new Question(Question.Kind.ORDER, newestFirst);
    }
  }

  private Change change(SplittableRandom random) {
    int dice = random.nextInt(50);
    if (dice < 18) {
      return order(random, false);
    } else if (dice < 22) {
      return order(random, true);
    } else if (dice < 32) {
      return new WriteReview(
          books.next(random), customers.next(random), 1 + random.nextInt(5), Names.opinion(random));
    } else if (dice < 41) {
      return new MoveStock(books.next(random), 1 + random.nextInt(50));
    } else if (dice < 49) {
      return new ChangePrice(books.next(random), Bookshop.anyPrice(random));
    } else {
      int faithful = size.faithfulCustomers();
      return new CloseAccount(faithful + 1 + random.nextInt(size.customers() - faithful));
    }
  }

  private PlaceOrder order(SplittableRandom random, boolean abandoned) {
    List<Item> basket =
        IntStream.generate(() -> books.next(random))
            .limit(1 + random.nextInt(3))
            .distinct()
            .sorted()
            .mapToObj(book -> new Item(book, 1 + random.nextInt(2), Bookshop.anyPrice(random)))
            .toList();
    return new PlaceOrder(customers.next(random), basket, abandoned);
  }
}
