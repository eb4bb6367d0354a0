package dev.larder.jdbc.soak;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.retention.Heap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Everything at once, for as long as one likes, in a small JVM of its own: clients that know what
 * they must be shown, beside changes of definitions, kills, cancels, interrupts, closes and aborts
 * by other threads, and settings of tenants and roles. Ends with 1 where an answer was wrong,
 * something grew, or something was left after {@code close()}.
 */
public final class Soak {

  private static final int CLIENTS = 8;
  private static final int SAMPLES = 30;
  private static final long MEGABYTE = 1L << 20;

  /** In a shorter run memory is still filling up in the second quarter. */
  private static final long FULL_AFTER_SECONDS = 600;

  private final String url;
  private final DataSource server;
  private final long seconds;
  private final long seed;
  private final List<String> failures = new ArrayList<>();

  private Soak(String url, String user, String password, long seconds, long seed) {
    this.url = url;
    this.server = driver(url, user, password);
    this.seconds = seconds;
    this.seed = seed;
  }

  /**
   * @param arguments URL, user and password of an empty PostgreSQL database's administrator, how
   *     many seconds, and the seed
   */
  public static void main(String[] arguments) throws Exception {
    Soak soak =
        new Soak(
            arguments[0],
            arguments[1],
            arguments[2],
            Long.parseLong(arguments[3]),
            Long.parseLong(arguments[4]));
    soak.run();
    soak.failures.forEach(failure -> System.out.println("FAILED " + failure));
    System.out.println(soak.failures.isEmpty() ? "ALL HELD" : "NOT ALL HELD");
    System.exit(soak.failures.isEmpty() ? 0 : 1);
  }

  private void run() throws Exception {
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : Schema.statements()) {
        statement.execute(sql);
      }
    }
    // Once before, so that classes and what the driver keeps are there when it begins.
    try (LarderDataSource warm = larder()) {
      soak(warm, new Truth(Schema.ROWS), 2, 1);
    }
    settled(() -> Sample.backendsOf(server) == 0);
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update register set version = 0");
    }
    Sample before = Sample.take(server);
    System.out.println("before: " + before);
    Truth truth = new Truth(Schema.ROWS);
    LarderDataSource larder = larder();
    List<Sample> samples = soak(larder, truth, seconds, SAMPLES);
    expect(
        settled(() -> larder.statistics().pool().active() == 0),
        larder.statistics().pool().active() + " connections never came back");
    // The last connection that was killed may still be in the pool, which looks at it later.
    expect(settled(() -> isCompared(larder, truth)), "nothing can be read at the end");
    expect(truth.wrongs() == 0, truth.wrongs() + " wrong answers");
    expect(larder.statistics().hits() > 0, "no hits");
    System.out.println("failures by SQLSTATE: " + truth.failures());
    System.out.println(larder.statistics());
    flat("heap", samples, Sample::heap, 1.1, 6.0 * MEGABYTE);
    flat("threads", samples, Sample::threads, 1, 6);
    flat("backends", samples, Sample::backends, 1, 4);
    flat("files", samples, Sample::files, 1, 12);
    larder.close();
    expect(
        settled(() -> Sample.backendsOf(server) == 0),
        Sample.backendsOf(server) + " connections after close");
    boolean ended = settled(() -> Sample.take(server).threads() <= before.threads());
    Sample after = Sample.take(server);
    System.out.println("after close: " + after);
    expect(ended, after.threads() - before.threads() + " threads more after close");
    expect(
        after.heap() - before.heap() < 6 * MEGABYTE,
        Heap.megabytes(after.heap() - before.heap()) + " more after close");
  }

  private List<Sample> soak(LarderDataSource larder, Truth truth, long duration, int count)
      throws Exception {
    List<Client> clients = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(larder, truth, seed + i);
      clients.add(client);
      threads.add(new Thread(client, "soak-client-" + i));
    }
    Chaos chaos = new Chaos(larder, server, clients, truth, seed);
    threads.addAll(chaos.threads());
    threads.forEach(Thread::start);
    List<Sample> samples = new ArrayList<>();
    long begun = System.nanoTime();
    System.out.println(Sample.heading());
    for (int i = 1; i <= count; i++) {
      long due = begun + TimeUnit.SECONDS.toNanos(duration) * i / count;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      Sample sample = Sample.take(server);
      samples.add(sample);
      long passed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      System.out.println(sample.line(passed, larder, truth, chaos));
    }
    chaos.stop();
    clients.forEach(client -> client.stopped = true);
    for (Thread thread : threads) {
      thread.join(TimeUnit.MINUTES.toMillis(1));
      if (thread.isAlive()) {
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
          stack.append("\n    ").append(frame);
        }
        failures.add(thread.getName() + " never came back" + stack);
      }
    }
    return samples;
  }

  private boolean isCompared(LarderDataSource larder, Truth truth) {
    try {
      compare(larder, truth);
      return true;
    } catch (SQLException e) {
      e.printStackTrace(System.out);
      return false;
    }
  }

  /** When all is quiet, memory and the database say the same. */
  private void compare(LarderDataSource larder, Truth truth) throws SQLException {
    for (int row = 1; row <= Schema.ROWS; row++) {
      String sql = "select version from register where id = " + row;
      long shown = number(larder, sql);
      truth.expect(shown == number(server, sql), "row " + row + " shows " + shown + " at the end");
      truth.shown(row, truth.floor(row), shown, "at the end");
    }
    for (int tenant = 1; tenant <= Schema.TENANTS; tenant++) {
      String sql = "select sum(balance) from account where tenant = " + tenant;
      long shown = number(larder, sql);
      truth.expect(shown == Schema.SUM, "tenant " + tenant + " has " + shown + " at the end");
      truth.expect(number(server, sql) == Schema.SUM, "tenant " + tenant + " lost money");
    }
  }

  /** The last quarter is no larger than the second. */
  private void flat(
      String what,
      List<Sample> samples,
      ToLongFunction<Sample> figure,
      double factor,
      double more) {
    int quarter = samples.size() / 4;
    double second = Sample.mean(samples.subList(quarter, 2 * quarter), figure);
    double last = Sample.mean(samples.subList(samples.size() - quarter, samples.size()), figure);
    System.out.printf("%-9s second quarter %14.1f, last %14.1f%n", what, second, last);
    boolean full = seconds >= FULL_AFTER_SECONDS || !what.equals("heap");
    expect(!full || last <= second * factor + more, what + " grew from " + second + " to " + last);
  }

  private void expect(boolean holds, String failure) {
    if (!holds) {
      failures.add(failure);
    }
  }

  /** Whether a condition comes to hold in time: threads end when they have been idle. */
  private static boolean settled(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return true;
  }

  private static long number(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private LarderDataSource larder() {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    // So little that it is full before the second quarter.
    settings.setProperty("larder.cache.max-bytes", "16MB");
    settings.setProperty("larder.pool.maximum-size", "10");
    settings.setProperty("larder.pool.minimum-idle", "10");
    settings.setProperty("larder.pool.connection-timeout", "5s");
    settings.setProperty("larder.pool.adaptive", "false");
    return LarderDataSource.wrap(driver(url, Schema.USER, Schema.PASSWORD), settings);
  }

  private static DataSource driver(String url, String user, String password) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(url);
    driver.setUser(user);
    driver.setPassword(password);
    return driver;
  }
}
