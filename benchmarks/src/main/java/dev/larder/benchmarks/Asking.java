package dev.larder.benchmarks;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * How long {@code SHOW LARDER QUERIES} takes, all of its rows read, with many templates and an
 * answer in memory of each, on H2.
 *
 * @param templates how many
 * @param rounds how often it is asked; the first half only warms up
 */
record Asking(int templates, int rounds) {

  List<Figure> measure() throws SQLException {
    Target target = Target.of(Product.H2);
    try (Side.Opened opened = Side.LARDER.open(target);
        Connection connection = opened.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < templates; i++) {
        statement.executeQuery("select name as c" + i + " from item where id = 1").close();
      }
      double[] millis = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        long begun = System.nanoTime();
        long rows = read(statement);
        millis[round] = (System.nanoTime() - begun) / 1e6;
        if (rows < templates) {
          throw new IllegalStateException("only " + rows + " of " + templates + " were shown");
        }
      }
      double[] warm = Arrays.copyOfRange(millis, rounds / 2, rounds);
      Arrays.sort(warm);
      String name = "asking/queries/" + templates + "/";
      return List.of(
          new Figure(name + "median", warm[warm.length / 2], "ms"),
          new Figure(name + "most", warm[warm.length - 1], "ms"),
          new Figure(name + "first", millis[0], "ms"));
    }
  }

  private static long read(Statement statement) throws SQLException {
    long rows = 0;
    try (ResultSet queries = statement.executeQuery("show larder queries")) {
      int columns = queries.getMetaData().getColumnCount();
      while (queries.next()) {
        rows++;
        for (int i = 1; i <= columns; i++) {
          queries.getObject(i);
        }
      }
    }
    return rows;
  }
}
