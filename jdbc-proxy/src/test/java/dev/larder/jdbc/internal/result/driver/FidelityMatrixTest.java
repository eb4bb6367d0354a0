package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
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

  @EachDatabase(Product.MYSQL)
  void everyGetterOfConnectorJAnswersAsItDoes(TestDatabase database) throws SQLException {
    connectorJ(database, connector(database).withoutProperties());
  }

  @Tag("long")
  @EachDatabase(Product.MYSQL)
  void everyGetterOfConnectorJAnswersAsItDoesWhateverItsProperties(TestDatabase database)
      throws SQLException {
    connectorJ(database, connector(database));
  }

  private static FidelityMatrix connector(TestDatabase database) {
    return new FidelityMatrix(
        Product.MYSQL,
        database.url().replaceFirst("jdbc:mariadb:", "jdbc:mysql:"),
        database.username(),
        database.password());
  }

  /** What a column was not asked when it was read is left to the driver, and is its answer too. */
  private static void connectorJ(TestDatabase database, FidelityMatrix matrix) throws SQLException {
    matrix.compare();
    print(database, matrix);
    assertThat(matrix.differences()).isEmpty();
    assertThat(matrix.isProven()).isFalse();
    assertThat(matrix.handedOver()).isPositive();
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
            + " (type, getter, value) answers compared, "
            + matrix.handedOver()
            + " results asked of the driver; not captured: "
            + matrix.refused());
  }
}
