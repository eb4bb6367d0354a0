package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
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

  @EachDatabase
  void everyGetterAnswersAsTheDriverDoes(TestDatabase database) throws SQLException {
    FidelityMatrix matrix = FidelityMatrix.on(database);
    matrix.compare();
    System.out.println(
        database.product()
            + ": "
            + matrix.compared()
            + " (type, getter, value) answers compared; not captured: "
            + matrix.refused());
    assertThat(matrix.differences()).isEmpty();
    assertThat(matrix.isProven()).isTrue();
    assertThat(matrix.handedOver()).isZero();
  }
}
