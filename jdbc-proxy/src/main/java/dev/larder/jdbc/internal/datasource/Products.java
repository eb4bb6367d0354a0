package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.h2.H2;
import dev.larder.jdbc.internal.product.mariadb.MariaDb;
import dev.larder.jdbc.internal.product.mysql.MySql;
import dev.larder.jdbc.internal.product.postgresql.PostgreSql;
import dev.larder.jdbc.internal.product.unknown.UnknownProduct;
import java.util.List;
import java.util.Locale;

/** The products that Larder knows. Immutable and thread-safe. */
public final class Products {

  /** Every one of them. */
  public static final List<Product> KNOWN =
      List.of(new PostgreSql(), new MariaDb(), new MySql(), new H2());

  /** Any other. */
  public static final Product UNKNOWN = new UnknownProduct();

  private Products() {}

  /**
   * The product of that name.
   *
   * @param name as {@link java.sql.DatabaseMetaData#getDatabaseProductName()} tells it, in any case
   */
  public static Product named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Product known : KNOWN) {
      if (known.sessionRules().product().equals(lower)) {
        return known;
      }
    }
    return UNKNOWN;
  }
}
