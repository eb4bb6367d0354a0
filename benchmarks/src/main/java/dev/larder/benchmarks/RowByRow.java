package dev.larder.benchmarks;

import dev.larder.jdbc.Statistics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
 * A list of 50 rows and then, one by one, the row that each leads to, which nobody has asked for
 * before; over a wire that takes two milliseconds each way. And the same number of look-ups by
 * values that are from nowhere, to see what looking costs.
 *
 * @param lists how many of each
 */
record RowByRow(int lists) {

  private static final int ROWS = 50;
  private static final long DELAY_MILLIS = 2;
  private static final int WARM_UP = 3;
  private static final int TURNS = 5;

  List<Figure> measure(Target direct) throws SQLException {
    List<Figure> figures = new ArrayList<>();
    prepare(direct);
    try (SlowWire wire = SlowWire.to(direct, DELAY_MILLIS)) {
      Target target = wire.target(direct);
      for (String prefetch : List.of("off", "on")) {
        try (Side.Opened opened = Side.LARDER.open(target, settings(prefetch))) {
          figures.addAll(lists("row-by-row/list/" + prefetch, opened));
        }
      }
    }
    for (int turn = 1; turn <= TURNS; turn++) {
      for (String prefetch : List.of("off", "on")) {
        try (Side.Opened opened = Side.LARDER.open(direct, settings(prefetch))) {
          figures.add(atRandom("row-by-row/from nowhere/" + turn + "/" + prefetch, opened));
        }
      }
    }
    return figures;
  }

  private static Properties settings(String prefetch) {
    Properties settings = new Properties();
    settings.setProperty("larder.prefetch", prefetch);
    return settings;
  }

  private void prepare(Target target) throws SQLException {
    int rows = (lists + WARM_UP) * ROWS;
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists line_item");
      statement.execute("drop table if exists product_of_line");
      statement.execute("create table product_of_line (id int primary key, name varchar(50))");
      statement.execute("create table line_item (id int primary key, list int, product int)");
      statement.execute("create index on line_item (list)");
      statement.execute(
          "insert into product_of_line select x, 'name ' || x from generate_series(1, "
              + rows
              + ") x");
      statement.execute(
          "insert into line_item select x, (x - 1) / 50, x from generate_series(1, "
              + rows
              + ") x");
      statement.execute("analyze line_item");
      statement.execute("analyze product_of_line");
    }
  }

  private List<Figure> lists(String name, Side.Opened opened) throws SQLException {
    long[] nanos = new long[lists];
    Statistics before = Statistics.NONE;
    for (int list = 0; list < lists + WARM_UP; list++) {
      if (list == WARM_UP) {
        before = opened.requireLarder().statistics();
      }
      long began = System.nanoTime();
      list(opened, list);
      if (list >= WARM_UP) {
        nanos[list - WARM_UP] = System.nanoTime() - began;
      }
    }
    Statistics after = opened.requireLarder().statistics();
    Arrays.sort(nanos);
    double statements = after.statementsToDatabase() - before.statementsToDatabase();
    long answers = after.prefetches().answers() - before.prefetches().answers();
    long used = after.prefetches().used() - before.prefetches().used();
    return List.of(
        new Figure(name + "/p50", nanos[lists / 2] / 1e6, "ms"),
        new Figure(name + "/p99", nanos[(int) (lists * 0.99)] / 1e6, "ms"),
        new Figure(name + "/statements for a list and its rows", statements / lists, "statements"),
        new Figure(
            name + "/loaded and not asked for",
            answers == 0 ? 0 : 100.0 * (answers - used) / answers,
            "%"));
  }

  private static void list(Side.Opened opened, int list) throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement lines =
            connection.prepareStatement(
                "select id, product from line_item where list = ? order by id");
        PreparedStatement product =
            connection.prepareStatement("select id, name from product_of_line where id = ?")) {
      lines.setInt(1, list);
      List<Integer> products = new ArrayList<>();
      try (ResultSet rows = lines.executeQuery()) {
        while (rows.next()) {
          products.add(rows.getInt(2));
        }
      }
      for (int id : products) {
        lookUp(product, id);
      }
      if (products.size() != ROWS) {
        throw new IllegalStateException("a list of " + products.size());
      }
    }
  }

  private static void lookUp(PreparedStatement product, int id) throws SQLException {
    product.setInt(1, id);
    try (ResultSet row = product.executeQuery()) {
      if (!row.next() || !row.getString(2).endsWith(" " + id)) {
        throw new IllegalStateException("not the row of " + id);
      }
    }
  }

  /** Each row once, in no order that any list has, after one that has others. */
  private Figure atRandom(String name, Side.Opened opened) throws SQLException {
    int rows = lists * ROWS;
    long took;
    try (Connection connection = opened.dataSource().getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement product =
            connection.prepareStatement("select id, name from product_of_line where id = ?")) {
      try (ResultSet other =
          statement.executeQuery("select -id, -product from line_item where list < 5")) {
        other.next();
      }
      for (int i = 0; i < WARM_UP * ROWS; i++) {
        lookUp(product, rows + 1 + i);
      }
      // Of its thread alone: what looking costs is less than what a busy machine adds.
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long began = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < rows; i++) {
        lookUp(product, 1 + (int) (i * 7_919L % rows));
      }
      took = threads.getCurrentThreadCpuTime() - began;
    }
    return new Figure(name + "/processor time of a look-up", took / 1e3 / rows, "us");
  }
}
