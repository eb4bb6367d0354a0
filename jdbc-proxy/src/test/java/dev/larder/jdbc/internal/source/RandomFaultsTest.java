package dev.larder.jdbc.internal.source;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.MutantLoader;
import dev.larder.testkit.BinlogServer;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An external writer commits at random while the source is cut, stalled and let go, and the server
 * is killed and started again: no read is older than the bound, and the source comes back each
 * time.
 *
 * <p>{@code -Dlarder.test.seed} replays the faults; threads and server take their own time. That
 * the checker finds what it looks for is shown by a Larder that keeps the age bound lifted when its
 * source goes silent.
 */
class RandomFaultsTest {

  private static final int ROWS = 4;
  private static final long BOUND_MILLIS = 500;

  @Test
  void byLogicalReplication() throws Exception {
    run("logical", Duration.ofSeconds(4), false);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void byTheBinaryLog(Product product) throws Exception {
    try (TestDatabase database = Databases.logging(product)) {
      run("binlog", database, null, Duration.ofSeconds(4));
    }
  }

  @Test
  @Tag("long")
  void byLogicalReplicationForLong() throws Exception {
    run("logical", Duration.ofSeconds(90), true);
  }

  @Test
  @Tag("long")
  void byNotificationsForLong() throws Exception {
    run("notify", Duration.ofSeconds(90), true);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  @Tag("long")
  void byTheBinaryLogForLong(Product product) throws Exception {
    // A log that goes on in a new file now and then is part of what may go wrong.
    try (BinlogServer server = Databases.binlogServer(product, "--max-binlog-size=65536");
        TestDatabase database = server.fresh()) {
      run("binlog", database, new Killing(server::kill, server::restart), Duration.ofSeconds(90));
    }
  }

  /** What ends a server at once and brings it back. */
  private record Killing(Runnable kill, Runnable restart) {}

  @Test
  void findsABoundThatStaysLiftedWhenTheSourceIsSilent() throws Exception {
    AsmVisitorWrapper lifted = Advice.to(Lifted.class).on(named("isSettled"));
    MutantLoader mutant =
        new MutantLoader(Map.of("dev.larder.invalidation.source.Coverage", List.of(lifted)));
    try (TestDatabase database = Databases.postgres();
        Relay relay = Relay.to(database)) {
      fill(database);
      Properties settings = new Properties();
      String[] given = settings("logical", database, relay);
      for (int i = 0; i < given.length; i += 2) {
        settings.setProperty(given[i], given[i + 1]);
      }
      DataSource larder = mutant.wrap(database.dataSource(), settings);
      try (AutoCloseable closing = (AutoCloseable) larder) {
        Run run = new Run(database, sql -> Elsewhere.read(larder, sql), closing::toString);
        run.start(new SplittableRandom(1));
        relay.holdReplies();
        Elsewhere.until("an answer is too old", () -> !run.violations.isEmpty());
        run.stop();
      }
      assertThat(mutant.notLoaded()).isEmpty();
    }
  }

  /** Every answer is settled, whatever the source has proved. */
  private static final class Lifted {
    @Advice.OnMethodExit
    static void settle(@Advice.Return(readOnly = false) boolean settled) {
      settled = true;
    }
  }

  private static void fill(TestDatabase database) {
    database.execute(
        "create table counter (id int primary key, n bigint)",
        "insert into counter values "
            + IntStream.range(0, ROWS)
                .mapToObj(i -> "(" + i + ", 0)")
                .collect(Collectors.joining(", ")));
  }

  private static String[] settings(String way, TestDatabase database, Relay relay) {
    String setting =
        database.product().speaksMySql()
            ? "larder.invalidation.mysql"
            : "larder.invalidation.postgres";
    return new String[] {
      setting,
      way,
      setting + ".url",
      Elsewhere.withUser(database, database.urlThrough(relay)),
      "larder.max-staleness",
      BOUND_MILLIS + "ms"
    };
  }

  private static void run(String way, Duration time, boolean killing) throws Exception {
    try (PostgresServer server = killing ? Databases.postgresServer() : null;
        TestDatabase database = server == null ? Databases.postgres() : server.fresh()) {
      Killing kills = server == null ? null : new Killing(server::kill, server::restart);
      run(way, database, kills, time);
    }
  }

  private static void run(String way, TestDatabase database, @Nullable Killing kills, Duration time)
      throws Exception {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("larder.test.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    fill(database);
    try (Relay relay = Relay.to(database);
        Elsewhere here = new Elsewhere(database, settings(way, database, relay))) {
      here.untilCovered();
      Run run = new Run(database, here::read, () -> here.report().toString());
      run.start(random.split());
      long ends = System.nanoTime() + time.toNanos();
      while (System.nanoTime() - ends < 0 && run.violations.isEmpty()) {
        fault(random, relay, kills);
        pause(random.nextInt(50, 400));
        long gaps = here.report().gaps();
        if (random.nextInt(3) == 0) {
          Elsewhere.until("it covers after a fault, gaps " + gaps, here::covers);
        }
      }
      relay.releaseReplies();
      Elsewhere.until("it covers in the end", here::covers);
      run.stop();
      assertThat(run.violations).as("seed " + seed).isEmpty();
      assertThat(here.larder.statistics().hits()).isPositive();
    }
  }

  private static void fault(SplittableRandom random, Relay relay, @Nullable Killing kills)
      throws InterruptedException {
    switch (random.nextInt(kills == null ? 6 : 8)) {
      case 0, 1 -> relay.cut();
      case 2, 3 -> {
        relay.holdReplies();
        pause(random.nextInt(20, 1_500));
        relay.releaseReplies();
      }
      case 4 -> {
        relay.holdReplies();
        pause(random.nextInt(20, 700));
        relay.cut();
        relay.releaseReplies();
      }
      case 7 -> {
        if (kills != null) {
          kills.kill.run();
          pause(random.nextInt(20, 500));
          kills.restart.run();
        }
      }
      default -> pause(random.nextInt(20, 1_000));
    }
  }

  private static void pause(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  /** A commit that the writer knows of. */
  private record Committed(long value, long atNanos) {}

  /** What is checked: answers the query's one value. */
  @FunctionalInterface
  private interface Reads {
    String one(String sql) throws SQLException;
  }

  /** One writer that Larder does not see, and two readers that check each answer. */
  private static final class Run {
    private final TestDatabase database;
    private final Reads reads;
    private final Supplier<String> condition;
    private final List<Queue<Committed>> commits = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    Run(TestDatabase database, Reads reads, Supplier<String> condition) {
      this.database = database;
      this.reads = reads;
      this.condition = condition;
      for (int row = 0; row < ROWS; row++) {
        commits.add(new ConcurrentLinkedQueue<>());
      }
    }

    void start(SplittableRandom random) {
      begin(() -> write(random.split()));
      begin(() -> read(random.split()));
      begin(() -> read(random.split()));
    }

    private void begin(Runnable work) {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }

    void stop() throws InterruptedException {
      stopping.countDown();
      for (Thread thread : threads) {
        thread.join(Elsewhere.PATIENCE.toMillis());
      }
    }

    private boolean isStoppingWithin(int micros) {
      try {
        return stopping.await(micros, TimeUnit.MICROSECONDS);
      } catch (InterruptedException e) {
        return true;
      }
    }

    private void write(SplittableRandom random) {
      while (stopping.getCount() > 0) {
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          while (!isStoppingWithin(random.nextInt(100, 30_000))) {
            int row = random.nextInt(ROWS);
            long value = increment(connection, statement, row);
            commits.get(row).add(new Committed(value, System.nanoTime()));
          }
        } catch (SQLException serverIsAway) {
          isStoppingWithin(20_000);
        }
      }
    }

    /** The value that was committed; not every product returns it from the statement itself. */
    private static long increment(Connection connection, Statement statement, int row)
        throws SQLException {
      connection.setAutoCommit(false);
      statement.executeUpdate("update counter set n = n + 1 where id = " + row);
      try (ResultSet value = statement.executeQuery("select n from counter where id = " + row)) {
        value.next();
        long written = value.getLong(1);
        connection.commit();
        return written;
      }
    }

    /** An answer may lack only what was committed less than the bound before it was asked for. */
    private void read(SplittableRandom random) {
      long[] mustBe = new long[ROWS];
      int[] seen = new int[ROWS];
      while (!isStoppingWithin(random.nextInt(50, 2_000))) {
        int row = random.nextInt(ROWS);
        long asked = System.nanoTime();
        long old = asked - TimeUnit.MILLISECONDS.toNanos(BOUND_MILLIS);
        int skip = seen[row];
        for (Committed commit :
            (Iterable<Committed>) commits.get(row).stream().skip(skip)::iterator) {
          if (commit.atNanos - old > 0) {
            break;
          }
          mustBe[row] = Math.max(mustBe[row], commit.value);
          seen[row]++;
        }
        try {
          long read = Long.parseLong(reads.one("select n from counter where id = " + row));
          if (read < mustBe[row]) {
            violations.add(
                "row " + row + " is " + read + " but was " + mustBe[row] + ": " + condition.get());
          }
        } catch (SQLException serverIsAway) {
          isStoppingWithin(5_000);
        }
      }
    }
  }
}
