package dev.larder.examples.bookshop;

import java.time.Duration;

/**
 * What the user chose, by system properties named {@code larder.quickstart.*}. Immutable.
 *
 * @param time how long the first run is measured; warming up takes a quarter of it before
 */
record Options(ShopDatabase.Kind database, Size size, Duration time, int threads, long seed) {

  /**
   * Reads the system properties.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options fromSystemProperties() {
    return new Options(
        ShopDatabase.Kind.named(System.getProperty("larder.quickstart.database", "h2")),
        Size.TOWN,
        Duration.ofSeconds(number("seconds", 12, 1, 3_600)),
        (int) number("threads", 4, 1, 64),
        number("seed", 42, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static long number(String option, long otherwise, long least, long most) {
    String name = "larder.quickstart." + option;
    long value;
    try {
      value = Long.parseLong(System.getProperty(name, String.valueOf(otherwise)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number", e);
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is not between " + least + " and " + most);
    }
    return value;
  }
}
