package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.tier.Told;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every getter on every value of every column type answers from what another node kept as it does
 * from the live row.
 */
@Isolated
final class ToldFidelityTest {

  @EachDatabase(Product.MARIADB)
  void everyTypeOfMariaDbCanBeTold(TestDatabase database) throws SQLException {
    assertThat(compared(FidelityMatrix.on(database)).untold()).isEmpty();
  }

  @Tag("long")
  @EachDatabase(Product.MYSQL)
  void everyTypeOfMySqlCanBeToldThatTheDriverOfMariaDbReads(TestDatabase database)
      throws SQLException {
    FidelityMatrix matrix =
        new FidelityMatrix(
            Product.MYSQL,
            database.url().replaceFirst("jdbc:mysql:", "jdbc:mariadb:"),
            database.username(),
            database.password());
    assertThat(compared(matrix).untold()).isEmpty();
  }

  /**
   * What this driver answers depends on a dozen of its properties, and is kept as it was asked: no
   * other JVM can be sure that its own driver would answer the same.
   */
  @Tag("long")
  @EachDatabase(Product.MYSQL)
  void noTypeOfMySqlIsToldThatItsOwnDriverReads(TestDatabase database) throws SQLException {
    Told told = new Told();
    FidelityMatrix matrix = FidelityMatrix.on(database);
    matrix.through(told::told).compare();
    System.out.printf("%d answers compared, not told: %s%n", matrix.compared(), told.untold());
    assertThat(told.told()).isZero();
    assertThat(told.untold()).contains("INT", "BIGINT", "VARCHAR", "DECIMAL", "DATETIME", "BIT");
  }

  @Tag("long")
  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void whatCanBeToldIsWhatItWas(TestDatabase database) throws SQLException {
    compared(FidelityMatrix.on(database));
  }

  private static Told compared(FidelityMatrix matrix) throws SQLException {
    Told told = new Told();
    matrix.through(told::told).compare();
    System.out.printf(
        "%d columns told, %d answers compared, not told: %s%n",
        told.told(), matrix.compared(), told.untold());
    assertThat(matrix.differences()).isEmpty();
    assertThat(told.told()).isPositive();
    return told;
  }
}
