package dev.larder.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.larder.benchmarks.workload.Client;
import dev.larder.benchmarks.workload.EndCheck;
import dev.larder.benchmarks.workload.PublishedWorkload;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * One side of a {@link WorkloadComparison}: a PostgreSQL database with the workload's rows, and the
 * clients that work on it, each a thread. For one thread.
 */
final class WorkloadSide implements AutoCloseable {
  private static final int CLIENTS = 4;

  /** What each client does at least, however slow the machine is. */
  private static final int LEAST_TRANSACTIONS = 20;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * What the clients did in a turn.
   *
   * @param perSecond transactions
   * @param p99 of a transaction, in microseconds
   * @param cpu the processor time of this JVM for a transaction, in microseconds
   */
  record Turn(double perSecond, double p99, double cpu) {}

  private final TestDatabase database = Databases.fresh(Product.POSTGRESQL);
  private final Connection truth = database.connect();
  private final EndCheck check;
  private final Side.Opened opened;
  private final List<Client> clients;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  WorkloadSide(Side side, PublishedWorkload workload) throws SQLException {
    create(workload, truth);
    check = new EndCheck(workload, truth);
    Target target =
        new Target(database.product(), database.url(), database.username(), database.password());
    opened = side.open(target, new Properties(), CLIENTS);
    clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(seed -> new Client(workload, opened.dataSource(), seed))
            .toList();
  }

  /** Makes the tables and rows of a workload. */
  static void create(PublishedWorkload workload, Connection truth) throws SQLException {
    try (Statement statement = truth.createStatement()) {
      // So that random() draws the same rows on every side.
      statement.execute("select setseed(0.42)");
      for (String sql : workload.schema().split(";", -1)) {
        statement.execute(sql);
      }
      statement.execute("vacuum analyze");
    }
  }

  Turn play(Duration length) throws SQLException, InterruptedException {
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long begun = System.nanoTime();
    List<Callable<long[]>> works = new ArrayList<>();
    for (Client client : clients) {
      works.add(() -> latencies(client, begun + length.toNanos()));
    }
    List<long[]> latencies = new ArrayList<>();
    for (Future<long[]> work : threads.invokeAll(works)) {
      latencies.add(result(work));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
    long[] sorted = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Turn(
        sorted.length / seconds,
        sorted[(int) (sorted.length * 0.99)] / 1e3,
        cpu / 1e3 / sorted.length);
  }

  private static long[] latencies(Client client, long end) throws SQLException {
    long[] nanos = new long[1 << 12];
    int count = 0;
    long now = System.nanoTime();
    while (now - end < 0 || count < LEAST_TRANSACTIONS) {
      long begun = now;
      client.transaction();
      now = System.nanoTime();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = now - begun;
    }
    return Arrays.copyOf(nanos, count);
  }

  private static long[] result(Future<long[]> work) throws SQLException, InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new SQLException("a transaction failed", e.getCause());
    }
  }

  /** What the clients have counted, all of them together. */
  long sum(ToLongFunction<Client> counted) {
    return clients.stream().mapToLong(counted).sum();
  }

  /** What Larder has counted; nothing on a side without it. */
  Statistics statistics() {
    return opened.larder() == null ? Statistics.NONE : opened.requireLarder().statistics();
  }

  /** What is wrong with rows or answers, when nobody works. */
  List<String> faults() throws SQLException {
    return check.faults(opened.dataSource(), clients);
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    opened.close();
    truth.close();
    database.close();
  }
}
