package dev.larder.jdbc;

import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever rows and columns queries and writes name, and however they name them, an answer from
 * memory is the database's own.
 *
 * <p>{@code -Dlarder.test.seed=N} replays a run.
 */
final class RandomRowsTest {

  @ParameterizedTest
  @EnumSource(Product.class)
  void someRounds(Product product) throws SQLException {
    run(product, product == Product.H2 ? 200 : 60);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void manyRounds(Product product) throws SQLException {
    run(product, 10_000);
  }

  private static void run(Product product, int rounds) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    try (TestDatabase database = Databases.fresh(product);
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings);
        Connection cached = larder.getConnection()) {
      new RandomRows(database, larder, () -> {}).run(cached, cached, rounds);
    }
  }
}
