package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every getter on every value of every column type answers from a snapshot as it does from the live
 * row, with the driver releases of the build. The JVM's time zone is part of the matrix, so this
 * test runs alone.
 */
@Isolated
class FidelityMatrixTest {

  @EachDatabase(Product.MYSQL)
  void everyGetterOfMariaDbsDriverAnswersAsItDoesOnMySql(TestDatabase database)
      throws SQLException {
    FidelityMatrix matrix =
        new FidelityMatrix(
            Product.MYSQL,
            database.url().replaceFirst("jdbc:mysql:", "jdbc:mariadb:"),
            database.username(),
            database.password());
    matrix.compare();
    print(database, matrix);
    assertThat(matrix.differences()).isEmpty();
    assertThat(matrix.isProven()).isTrue();
    assertThat(matrix.handedOver()).isZero();
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.H2})
  void everyGetterAnswersAsTheDriverDoes(TestDatabase database) throws SQLException {
    FidelityMatrix matrix = FidelityMatrix.on(database);
    matrix.compare();
    print(database, matrix);
    assertThat(matrix.differences()).isEmpty();
    assertThat(matrix.isProven()).isTrue();
    assertThat(matrix.handedOver()).isZero();
  }

  private static void print(TestDatabase database, FidelityMatrix matrix) {
    System.out.println(
        database.product()
            + ": "
            + matrix.compared()
            + " (type, getter, value) answers compared; not captured: "
            + matrix.refused());
  }
}
