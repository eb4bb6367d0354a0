package dev.larder.jdbc.equivalence;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;

/** A kind of column, with values that every product takes. Immutable and thread-safe. */
enum Kind {
  INT("int"),
  BIG("bigint"),
  NUM("numeric(12,2)"),
  TEXT("varchar(30)"),
  BOOL("boolean"),
  DATE("date"),
  STAMP("timestamp");

  private static final String[] WORDS = {"ann", "bob", "eve", "kim", "lee", "max", "o'neil", ""};

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  String type(Product product) {
    return this == STAMP && product.speaksMySql() ? "datetime" : type;
  }

  boolean isNumber() {
    return this == INT || this == BIG || this == NUM;
  }

  /** A value as a parameter; few different ones, so that rows meet. */
  Object value(Chance chance) {
    return switch (this) {
      case INT -> chance.below(12);
      case BIG -> (long) chance.below(12);
      case NUM -> BigDecimal.valueOf(chance.below(40) * 25L, 2);
      case TEXT -> chance.of(WORDS);
      case BOOL -> chance.percent(50);
      case DATE -> Date.valueOf("2024-01-" + two(chance.between(1, 20)));
      case STAMP ->
          Timestamp.valueOf(
              "2024-02-" + two(chance.between(1, 20)) + " 1" + chance.below(9) + ":30:00");
    };
  }

  /** A value as SQL spells it. */
  String literal(Chance chance) {
    Object value = value(chance);
    return switch (this) {
      case INT, BIG, NUM, BOOL -> value.toString();
      case TEXT -> "'" + value.toString().replace("'", "''") + "'";
      case DATE -> "date '" + value + "'";
      case STAMP -> "timestamp '" + value.toString().substring(0, 19) + "'";
    };
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
