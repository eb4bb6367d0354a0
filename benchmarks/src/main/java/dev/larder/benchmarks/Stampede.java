package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Many callers ask the same slow question at the same moment, and no answer is in memory.
 *
 * @param callers how many at once
 * @param rounds how many questions
 */
record Stampede(int callers, int rounds) {

  private static final String SLOW =
      "select count(*) from item a join item b on a.stock <> b.stock + ? where a.id <= 300";

  List<Figure> measure(Target target) throws SQLException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (Side side : List.of(Side.HIKARI, Side.LARDER)) {
      try (Side.Opened opened = side.open(target)) {
        ask(opened.dataSource(), -1);
        int asked = side == Side.HIKARI ? 1 : rounds;
        long most = side == Side.HIKARI ? callers : 0;
        long begun = System.nanoTime();
        for (int round = 0; round < asked; round++) {
          long before = sent(opened);
          round(opened.dataSource(), round);
          most = Math.max(most, sent(opened) - before);
        }
        double millis = (System.nanoTime() - begun) / 1e6 / asked;
        figures.add(new Figure("stampede/" + side + "/executions", most, "statements"));
        figures.add(new Figure("stampede/" + side + "/until all are answered", millis, "ms"));
      }
    }
    return figures;
  }

  private void round(DataSource dataSource, int number) throws SQLException, InterruptedException {
    CyclicBarrier start = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      Callable<Long> caller =
          () -> {
            start.await();
            return ask(dataSource, number);
          };
      for (Future<Long> answer : threads.invokeAll(Collections.nCopies(callers, caller))) {
        answer.get();
      }
    } catch (ExecutionException failure) {
      throw new SQLException("a caller failed: " + failure.getMessage(), failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static long ask(DataSource dataSource, int number) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SLOW)) {
      statement.setInt(1, number);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static long sent(Side.Opened opened) {
    return opened.larder() == null ? 0 : opened.requireLarder().statistics().statementsToDatabase();
  }
}
