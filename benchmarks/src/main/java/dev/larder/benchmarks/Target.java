package dev.larder.benchmarks;

import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database that a benchmark talks to. Immutable and thread-safe.
 *
 * @param url of the driver's own form
 */
record Target(Product product, String url, String username, String password) {

  private static final String PROPERTY = "larder.benchmarks.postgresql.";

  /**
   * A database with the benchmarks' tables in it: H2 in this JVM, or the PostgreSQL that the
   * process above started for all its forks, or else one of this JVM's own.
   */
  static Target of(Product product) throws SQLException {
    Target target = inherited(product);
    if (target == null) {
      TestDatabase fresh = Databases.fresh(product);
      target = new Target(product, fresh.url(), fresh.username(), fresh.password());
    }
    Tables.ensure(target);
    return target;
  }

  /** The same on a server of MariaDB or MySQL that keeps a binary log. */
  static Target logging(Product product) throws SQLException {
    TestDatabase fresh = Databases.logging(product);
    Target target = new Target(product, fresh.url(), fresh.username(), fresh.password());
    Tables.ensure(target);
    return target;
  }

  private static @Nullable Target inherited(Product product) {
    String url = System.getProperty(PROPERTY + "url");
    return product == Product.POSTGRESQL && url != null
        ? new Target(
            product,
            url,
            System.getProperty(PROPERTY + "username", ""),
            System.getProperty(PROPERTY + "password", ""))
        : null;
  }

  /** Tells a fork to use this database. */
  List<String> asJvmArguments() {
    return List.of(
        "-D" + PROPERTY + "url=" + url,
        "-D" + PROPERTY + "username=" + username,
        "-D" + PROPERTY + "password=" + password);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, username, password);
  }
}
