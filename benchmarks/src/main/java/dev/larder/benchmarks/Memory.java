package dev.larder.benchmarks;

import dev.larder.jdbc.LarderDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * How many bytes of heap the answers of the same size hold, for each byte of data in them: the
 * difference that many equal answers make to the heap. Data is what the values need by themselves:
 * 4 bytes for an int or a date, 8 for a bigint, a double, a timestamp or a numeric of ten digits, 1
 * for a boolean, a text's bytes in UTF-8, nothing for NULL.
 *
 * @param rows of each answer; one row is of four columns, more are of nine
 * @param answers how many are held
 */
record Memory(int rows, int answers) {

  List<Figure> measure(Target target) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.cache.max-bytes", "1GB");
    try (Side.Opened opened = Side.LARDER.open(target, settings)) {
      LarderDataSource larder = opened.requireLarder();
      long data = 0;
      for (int i = 0; i < 10; i++) {
        data = ask(larder, -1 - i);
      }
      long entriesBefore = larder.statistics().entries();
      long countedBefore = larder.statistics().bytes();
      long before = usedHeap();
      for (int i = 0; i < answers; i++) {
        ask(larder, i);
      }
      long held = usedHeap() - before;
      long counted = larder.statistics().bytes() - countedBefore;
      if (larder.statistics().entries() - entriesBefore != answers) {
        throw new IllegalStateException("not every answer was kept");
      }
      String name = "memory/" + rows + (rows == 1 ? " row" : " rows");
      double perAnswer = held / (double) answers;
      return List.of(
          new Figure(name + "/data", data, "B"),
          new Figure(name + "/held", perAnswer, "B"),
          new Figure(name + "/counted", counted / (double) answers, "B"),
          new Figure(name + "/held per data", perAnswer / data, "x"));
    }
  }

  /** Asks for an answer of its own, and says how many bytes of data are in it. */
  private long ask(LarderDataSource larder, int number) throws SQLException {
    String text = (rows == 1 ? Reading.ROW : Reading.ROWS) + " and ? >= -100";
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(text)) {
      int parameter = 1;
      statement.setInt(parameter++, 1);
      if (rows > 1) {
        statement.setInt(parameter++, rows);
      }
      statement.setInt(parameter, number);
      try (ResultSet result = statement.executeQuery()) {
        return data(result);
      }
    }
  }

  private long data(ResultSet result) throws SQLException {
    long bytes = 0;
    while (result.next()) {
      bytes += 4 + text(result.getString(2)) + 8 + 8;
      if (rows > 1) {
        bytes += 8 + 8 + 1;
        bytes += result.getDate(8) == null ? 0 : 4;
        bytes += text(result.getString(9));
      }
    }
    return bytes;
  }

  private static long text(String value) {
    return value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
