package dev.larder.benchmarks;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;

/**
 * A hit, a miss and an invalidation with few entries in memory and with many, on H2, in turns. A
 * hit asks for any of the entries with the same chance, so that with a million of them the
 * processor's own caches hold none: that part of the cost is the memory's, and a look-up in a plain
 * map of as many answers is measured beside it.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=growth}.
 *
 * @param entries how many, of each that is compared
 */
record Growth(List<Integer> entries, Turns turns) {

  private static final String TEXT = Reading.ROW + " and ? >= 0";

  /** A data source with so many answers in memory. For one thread. */
  private static final class Filled {
    private final Side.Opened opened;
    private final int entries;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Sink sink = new Sink();
    private int turn;

    Filled(Target target, int entries) throws SQLException {
      Properties settings = new Properties();
      settings.setProperty("larder.cache.max-bytes", "2GB");
      this.opened = Side.LARDER.open(target, settings);
      this.entries = entries;
      for (turn = 0; turn < entries; turn++) {
        ask(turn);
      }
    }

    void hit() throws SQLException {
      ask(random.nextInt(entries));
    }

    void miss() throws SQLException {
      ask(turn++);
    }

    /** Makes every entry old. */
    void invalidation() {
      opened.requireLarder().invalidation().table("item");
    }

    private void ask(int number) throws SQLException {
      try (Connection connection = opened.dataSource().getConnection();
          PreparedStatement statement = connection.prepareStatement(TEXT)) {
        statement.setInt(1, number % Tables.ITEMS + 1);
        statement.setInt(2, number);
        try (ResultSet rows = statement.executeQuery()) {
          sink.accept(Reading.fourColumns(rows, sink));
        }
      }
    }

    /** A figure for so many entries must be one with so many entries. */
    void requireEntries() {
      long kept = opened.requireLarder().statistics().entries();
      if (kept < entries) {
        throw new IllegalStateException("only " + kept + " of " + entries + " entries were kept");
      }
    }
  }

  /** What is done with each. */
  @FunctionalInterface
  private interface Doing {
    Turns.Work with(Filled filled);
  }

  List<Figure> measure() throws SQLException {
    Target target = Target.of(Product.H2);
    List<Filled> all = new ArrayList<>();
    try {
      for (int size : entries) {
        all.add(new Filled(target, size));
      }
      List<Figure> figures = new ArrayList<>();
      figures.addAll(compare("hit", all, filled -> filled::hit));
      figures.addAll(compare("miss", all, filled -> filled::miss));
      all.forEach(Filled::requireEntries);
      figures.addAll(compare("invalidation", all, filled -> filled::invalidation));
      return figures;
    } finally {
      all.forEach(filled -> filled.opened.close());
    }
  }

  private List<Figure> compare(String name, List<Filled> all, Doing doing) throws SQLException {
    Map<String, Turns.Work> works = new LinkedHashMap<>();
    all.forEach(filled -> works.put("growth/" + name + "/" + filled.entries, doing.with(filled)));
    return turns.compare(works).stream().filter(figure -> figure.unit().equals("ns")).toList();
  }
}
