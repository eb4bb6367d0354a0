package dev.larder.benchmarks;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.LarderDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long after a commit that Larder did not carry is an answer forgotten?
 *
 * <p>Taken from the call of {@code commit()} on a plain connection until a listener hears of the
 * change, when the answer is not served any more and may be read anew.
 *
 * @param commits how many
 */
record CommitsElsewhere(int commits) {

  private static final long PATIENCE_SECONDS = 30;
  private static final int WARM_UP = 200;

  /**
   * A way to be told.
   *
   * @param name what its figures are called
   * @param value what the setting is set to
   */
  private record Way(String name, String setting, String value) {}

  /** By each way that PostgreSQL has. */
  List<Figure> measure(Target postgres) throws SQLException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (String way : List.of("logical", "notify")) {
      String name = way.toUpperCase(Locale.ROOT);
      figures.addAll(measure(postgres, new Way(name, "larder.invalidation.postgres", way)));
    }
    return figures;
  }

  /** By the binary log of MySQL or MariaDB. */
  List<Figure> measureBinlog(Target target) throws SQLException, InterruptedException {
    String name = "BINLOG/" + target.product();
    return measure(target, new Way(name, "larder.invalidation.mysql", "binlog"));
  }

  private List<Figure> measure(Target target, Way way) throws SQLException, InterruptedException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "anyone");
    settings.setProperty("larder.max-staleness", "1h");
    settings.setProperty(way.setting, way.value);
    long[] nanos = new long[commits];
    try (Side.Opened opened = Side.LARDER.open(target, settings);
        Connection plain = target.connect();
        PreparedStatement update =
            plain.prepareStatement("update item set stock = stock + 1 where id = 1")) {
      LarderDataSource larder = opened.requireLarder();
      read(larder);
      awaitCover(larder);
      Semaphore heard = new Semaphore(0);
      AtomicLong heardAt = new AtomicLong();
      larder
          .invalidation()
          .onChange(
              change -> {
                boolean told =
                    change.origin() == Origin.SOURCE
                        && !change.changes().equals(ChangeSet.DEFINITIONS);
                if (told) {
                  heardAt.set(System.nanoTime());
                  heard.release();
                }
              });
      plain.setAutoCommit(false);
      for (int i = -WARM_UP; i < commits; i++) {
        read(larder);
        update.executeUpdate();
        long begun = System.nanoTime();
        plain.commit();
        if (!heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("a commit was not heard of: " + reports(larder));
        }
        if (i >= 0) {
          nanos[i] = heardAt.get() - begun;
        }
      }
    }
    Arrays.sort(nanos);
    String name = "elsewhere/" + way.name + "/commit to forgotten/";
    return List.of(
        new Figure(name + "p50", at(nanos, 0.5), "us"),
        new Figure(name + "p99", at(nanos, 0.99), "us"),
        new Figure(name + "longest", at(nanos, 1), "us"));
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e3;
  }

  private static void read(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select stock from item where id = 1");
        ResultSet row = statement.executeQuery()) {
      row.next();
    }
  }

  private static void awaitCover(LarderDataSource larder) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (reports(larder).stream().noneMatch(r -> r.state() == SourceReport.State.COVERING)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the source does not cover: " + reports(larder));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static List<SourceReport> reports(LarderDataSource larder) {
    return larder.invalidation().sources();
  }
}
