package dev.larder.benchmarks;

import dev.larder.jdbc.Statistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * Five queries each of which needs what an earlier one had or has answered, about what nobody has
 * asked for before, over a wire that takes two milliseconds each way: once where they need the
 * first one's parameter or answer, or the second's, and once where each needs the answer right
 * before it.
 *
 * @param chains how many of each
 */
record Chain(int chains) {

  private static final long DELAY_MILLIS = 2;
  private static final int WARM_UP = 40;
  private static final int STEPS = 5;

  /** Of the step before whose answer has the value, from 0; -1 for the chain's own number. */
  private static final int[] FANNED = {-1, -1, 0, 0, 1};

  private static final int[] STRICT = {-1, 0, 1, 2, 3};

  List<Figure> measure(Target direct) throws SQLException {
    List<Figure> figures = new ArrayList<>();
    prepare(direct);
    try (SlowWire wire = SlowWire.to(direct, DELAY_MILLIS)) {
      Target target = wire.target(direct);
      for (boolean strict : new boolean[] {false, true}) {
        for (String prefetch : List.of("off", "on")) {
          Properties settings = new Properties();
          settings.setProperty("larder.prefetch", prefetch);
          String name = "chain/" + (strict ? "each by the last" : "by earlier ones") + "/";
          try (Side.Opened opened = Side.LARDER.open(target, settings)) {
            figures.addAll(chains(name + prefetch, strict ? STRICT : FANNED, opened));
          }
        }
      }
    }
    return figures;
  }

  private void prepare(Target target) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      for (int step = 0; step < STEPS; step++) {
        String table = "chain_" + step;
        statement.execute("drop table if exists " + table);
        statement.execute("create table " + table + " (id int primary key, next int, name text)");
        statement.execute(
            "insert into "
                + table
                + " select x, x + 1000000, 'name ' || x from generate_series(1, 6000000, 1000000)"
                + " b, lateral generate_series(b, b + "
                + (chains + WARM_UP)
                + ") x");
        statement.execute("analyze " + table);
      }
    }
  }

  private List<Figure> chains(String name, int[] from, Side.Opened opened) throws SQLException {
    long[] nanos = new long[chains];
    for (int chain = 0; chain < chains + WARM_UP; chain++) {
      long began = System.nanoTime();
      chain(opened, from, 1 + chain);
      if (chain >= WARM_UP) {
        nanos[chain - WARM_UP] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    Statistics.Prefetches prefetches = opened.requireLarder().statistics().prefetches();
    return List.of(
        new Figure(name + "/p50", nanos[chains / 2] / 1e6, "ms"),
        new Figure(name + "/p99", nanos[(int) (chains * 0.99)] / 1e6, "ms"),
        new Figure(
            name + "/statements run ahead",
            (double) prefetches.statements() / (chains + WARM_UP),
            "statements"),
        new Figure(
            name + "/not asked for",
            prefetches.answers() == 0
                ? 0
                : 100.0 * (prefetches.answers() - prefetches.used()) / prefetches.answers(),
            "%"));
  }

  private static void chain(Side.Opened opened, int[] from, int number) throws SQLException {
    int[] answers = new int[STEPS];
    try (Connection connection = opened.dataSource().getConnection()) {
      for (int step = 0; step < STEPS; step++) {
        int id = from[step] < 0 ? number : answers[from[step]];
        try (PreparedStatement query =
            connection.prepareStatement("select next, name from chain_" + step + " where id = ?")) {
          query.setInt(1, id);
          try (ResultSet row = query.executeQuery()) {
            if (!row.next() || !row.getString(2).endsWith(" " + id)) {
              throw new IllegalStateException("not the row of " + id);
            }
            answers[step] = row.getInt(1);
          }
        }
      }
    }
  }
}
