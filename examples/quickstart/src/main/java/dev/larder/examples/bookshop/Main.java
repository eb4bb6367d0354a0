package dev.larder.examples.bookshop;

/** The program: see {@code README.md} beside the sources for how to run it and read its table. */
public final class Main {
  private Main() {}

  /**
   * Runs the comparison and ends with status 1 if an answer was wrong or a request failed, 2 if an
   * option is.
   */
  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.fromSystemProperties();
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    boolean clean;
    try (ShopDatabase database = ShopDatabase.start(options.database(), "bookshop")) {
      String product = database.describe();
      System.out.printf(
          "%n  A bookshop on %s: %d visitors at once, seed %d.%n%n",
          product, options.threads(), options.seed());
      Comparison.Outcome outcome =
          new Comparison(options, database, System.out, Progress.onTerminal()).run();
      new Report(System.out).print(product, outcome);
      clean = outcome.clean();
    }
    System.exit(clean ? 0 : 1);
  }
}
