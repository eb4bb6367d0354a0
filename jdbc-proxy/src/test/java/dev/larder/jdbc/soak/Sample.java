package dev.larder.jdbc.soak;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.retention.Heap;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/**
 * What this JVM holds at one moment, after a collection.
 *
 * @param backends how many of the server's processes work for it
 * @param files open file descriptors; 0 where the system does not say
 */
record Sample(long heap, int threads, int backends, int files) {

  static Sample take(DataSource server) throws SQLException {
    return new Sample(
        Heap.used(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        backendsOf(server),
        openFiles());
  }

  static int backendsOf(DataSource server) throws SQLException {
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where usename = '" + Schema.USER + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static int openFiles() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  static String heading() {
    return "    s    heap thr pool act bck fds      hits    misses      checked wrong  failed "
        + " kills disturbed ddl";
  }

  String line(long seconds, LarderDataSource larder, Truth truth, Chaos chaos) {
    Statistics counted = larder.statistics();
    return String.format(
        "%5d %7s %3d %4d %3d %3d %3d %9d %9d %12d %5d %7d %6d %9d %3d",
        seconds,
        Heap.megabytes(heap),
        threads,
        counted.pool().active() + counted.pool().idle(),
        counted.pool().active(),
        backends,
        files,
        counted.hits(),
        counted.misses(),
        truth.checked.sum(),
        truth.wrongs(),
        truth.failed(),
        chaos.kills.sum(),
        chaos.disturbances.sum(),
        chaos.definitions.sum());
  }

  /** The mean of one figure over some samples. */
  static double mean(List<Sample> samples, ToLongFunction<Sample> figure) {
    return samples.stream().mapToLong(figure).average().orElse(0);
  }
}
