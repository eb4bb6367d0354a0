package dev.larder.jdbc.internal.result.driver;

import dev.larder.testkit.Product;
import java.sql.SQLException;
import java.util.List;

/**
 * A program that runs the fidelity matrix with the driver on its class path, and says how it went
 * in its last line. Single-threaded.
 */
final class DriverReleaseProgram {

  private DriverReleaseProgram() {}

  /** Takes the product, and URL, user and password of an empty database. */
  public static void main(String[] arguments) throws SQLException {
    FidelityMatrix matrix =
        new FidelityMatrix(Product.valueOf(arguments[0]), arguments[1], arguments[2], arguments[3]);
    matrix.compare();
    matrix
        .differences()
        .forEach(
            (where, how) -> System.out.println(where + ": " + how.size() + ", as " + how.get(0)));
    System.out.println(
        new DriverReleasesTest.Finding(
                DriverReleasesTest.Kept.of(matrix.behavior()),
                matrix.compared(),
                matrix.handedOver(),
                matrix.differences().values().stream().mapToInt(List::size).sum())
            .line());
    System.exit(0);
  }
}
