package dev.larder.examples.twonodes;

import dev.larder.invalidation.SourceReport.State;
import dev.larder.jdbc.LarderDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** This process: the counter of a shop, which looks a price up again and again. For one thread. */
final class Counter {

  /**
   * What came of it.
   *
   * @param fromMemory how many reads reached no database
   * @param median from the commit there until the price was seen here, in microseconds
   * @param longest the same, at its longest
   */
  record Day(int changes, long reads, long fromMemory, long median, long longest) {}

  private static final int LOOKS_BETWEEN = 200;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Counter() {}

  static Day work(LarderDataSource node, BackOffice office, int changes)
      throws IOException, SQLException {
    long reads = 0;
    long[] micros = new long[changes];
    office.setPrice(0);
    price(node);
    awaitTheOthers(node);
    long hits = node.statistics().hits();
    for (int i = 1; i <= changes; i++) {
      for (int look = 0; look < LOOKS_BETWEEN; look++) {
        price(node);
      }
      office.setPrice(i);
      long committed = System.nanoTime();
      reads += LOOKS_BETWEEN + 1;
      while (price(node) != i) {
        reads++;
      }
      micros[i - 1] = (System.nanoTime() - committed) / 1_000;
    }
    Arrays.sort(micros);
    return new Day(
        changes, reads, node.statistics().hits() - hits, micros[changes / 2], micros[changes - 1]);
  }

  private static int price(LarderDataSource node) throws SQLException {
    try (Connection connection = node.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select price from book where id = 1")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Until then answers live for {@code larder.max-staleness}: right as well. */
  private static void awaitTheOthers(LarderDataSource node) {
    long limit = System.nanoTime() + PATIENCE_NANOS;
    while (node.invalidation().sources().get(0).state() != State.COVERING
        && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
  }
}
