package dev.larder.examples.bookshop;

/** How many of each thing the bookshop has when it opens. Immutable. */
record Size(
    int publishers,
    int authors,
    int categories,
    int books,
    int customers,
    int orders,
    int reviews) {

  /** The bookshop of the program: more than 130,000 rows in all. */
  static final Size TOWN = new Size(200, 4_000, 100, 10_000, 8_000, 8_000, 15_000);

  /** A small one, built in a moment; the tests use it. */
  static final Size CORNER = new Size(10, 40, 8, 300, 200, 400, 500);

  /**
   * The customers with an identifier up to this one stay; only those above may close their account,
   * so that an order is never placed for somebody who has just gone.
   */
  int faithfulCustomers() {
    return customers - customers / 20;
  }

  /** About how many rows that makes in all tables; the seed decides the rest. */
  long rows() {
    return publishers
        + authors
        + categories
        + 7L * books
        + 9L * customers / 4
        + 7L * orders / 2
        + reviews;
  }
}
