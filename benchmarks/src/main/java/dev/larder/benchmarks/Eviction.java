package dev.larder.benchmarks;

import dev.larder.benchmarks.workload.Zipf;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What a bound on memory costs: readers who ask by a Zipf distribution for more answers than there
 * is room for. Immutable; used by one thread.
 *
 * @param questions how many different ones are asked
 * @param reads how many are measured, after as many that fill the memory
 */
record Eviction(int questions, int reads) {

  private static final long SEED = 42;

  /** Far more than all answers need. */
  private static final String ROOM = "1GB";

  List<Figure> measure(Target target) throws SQLException {
    List<Figure> figures = new ArrayList<>();
    long needed = measure(target, "room for all", ROOM, figures);
    measure(target, "room for a tenth", Long.toString(needed / 10), figures);
    return figures;
  }

  /** Measures with so many bytes of room; says how many were used. */
  private long measure(Target target, String name, String room, List<Figure> figures)
      throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.cache.max-bytes", room);
    try (Side.Opened opened = Side.LARDER.open(target, settings)) {
      LarderDataSource larder = opened.requireLarder();
      Zipf zipf = new Zipf(questions);
      SplittableRandom random = new SplittableRandom(SEED);
      Sink sink = new Sink();
      for (int i = 0; i < reads; i++) {
        ask(larder, zipf.next(random), sink);
      }
      Statistics before = larder.statistics();
      long begun = System.nanoTime();
      for (int i = 0; i < reads; i++) {
        ask(larder, zipf.next(random), sink);
      }
      double nanos = System.nanoTime() - begun;
      Statistics after = larder.statistics();
      String prefix = "eviction/" + name + "/";
      long hits = after.hits() - before.hits();
      figures.add(new Figure(prefix + "mean", nanos / reads / 1_000, "us"));
      figures.add(new Figure(prefix + "hits", hits / (double) reads, "of reads"));
      figures.add(new Figure(prefix + "evictions", after.evictions() - before.evictions(), ""));
      figures.add(new Figure(prefix + "held", after.bytes(), "B"));
      return after.bytes();
    }
  }

  private static void ask(LarderDataSource larder, int number, Consumer<Object> sink)
      throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(Reading.ROW + " and ? >= 0")) {
      statement.setInt(1, 1);
      statement.setInt(2, number);
      try (ResultSet result = statement.executeQuery()) {
        Reading.fourColumns(result, sink);
      }
    }
  }
}
