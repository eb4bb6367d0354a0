package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Client.Habit;
import dev.larder.jdbc.history.Transaction.Outcome;
import dev.larder.testkit.Product;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Clients at work on one database, in rounds: after each, their history is checked and forgotten.
 * For one thread, which is not one of the clients.
 */
final class Run implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  private final TestDatabase database;
  private final Registers registers;
  private final Relay relay;
  private final DataSource source;
  private final DataSource elsewhere;
  private final DataSource throughRelay;
  private final Promises promises;
  private final long seed;
  private int round;
  private long operations;
  private long transactions;
  private @Nullable UnluckyClient unlucky;

  /**
   * @param over makes what the clients get of a driver's data source; it is closed in the end
   */
  Run(TestDatabase database, UnaryOperator<DataSource> over, long seed) {
    this.database = database;
    if (database.product() == Product.H2) {
      // H2 2.5.252 may give a prepared query's last result again between a commit's becoming
      // visible and its second mark, so
      // that two raw connections see a row go back.
      database.execute("set optimize_reuse_results 0", "set default_lock_timeout 50");
    }
    this.registers = new Registers(database);
    this.relay = Relay.to(database);
    this.source = over.apply(Sources.driver(database, null));
    this.throughRelay = over.apply(Sources.driver(database, relay));
    this.elsewhere = Sources.RAW.over(Sources.driver(database, null));
    this.promises = Promises.of(database.product());
    this.seed = seed;
  }

  DataSource source() {
    return source;
  }

  long operations() {
    return operations;
  }

  long transactions() {
    return transactions;
  }

  /** How many commits got no answer. */
  int struck() {
    return unlucky == null ? 0 : unlucky.struck();
  }

  /**
   * Lets the clients work and checks what they saw.
   *
   * @param most operations after which they stop
   * @param seconds after which they stop too
   * @throws AssertionError when a client met an exception that nobody must reckon with
   */
  List<Anomaly> round(long most, double seconds, Habit... habits) throws Exception {
    round++;
    List<Long> initial = registers.values();
    Recorder recorder = new Recorder(registers);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < habits.length; i++) {
      Client client = client("client " + i, recorder, i, habits[i]);
      boolean first = i == 0 && round == 1 && habits[i] == Habit.ALL;
      threads.add(
          start(
              () -> {
                if (first) {
                  try (Connection connection = source.getConnection()) {
                    client.blockedWrite(connection, true);
                  } catch (SQLException e) {
                    recorder.failed("blocked", e);
                  }
                }
                while (isOn(recorder, most, end)) {
                  client.step();
                }
              },
              recorder));
    }
    if (!Arrays.asList(habits).contains(Habit.ELSEWHERE)) {
      Client companion = client("unlucky", recorder, habits.length, Habit.ALL);
      UnluckyClient unlucky = unlucky(companion, recorder, random(habits.length + 1));
      threads.add(
          start(
              () -> {
                while (isOn(recorder, most, end)) {
                  unlucky.step();
                }
              },
              recorder));
    }
    join(threads, recorder);
    readAll(recorder);
    if (!recorder.unexpected().isEmpty()) {
      throw new AssertionError("seed " + seed + ", unexpected: " + recorder.unexpected());
    }
    History history = recorder.history(initial);
    operations += recorder.operations();
    transactions += history.transactions().size();
    return Checker.check(history, promises);
  }

  /** Waits for the clients for as long as any of them gets on. */
  private void join(List<Thread> threads, Recorder recorder) throws InterruptedException {
    long last = -1;
    int idle = 0;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        thread.join(1_000);
        idle = recorder.operations() == last ? idle + 1 : 0;
        last = recorder.operations();
        if (idle > PATIENCE_SECONDS) {
          StringBuilder where = new StringBuilder("clients hang, seed " + seed);
          for (Thread stuck : threads) {
            where.append(System.lineSeparator()).append(Arrays.toString(stuck.getStackTrace()));
          }
          throw new AssertionError(where.append(onTheServer()).toString());
        }
      }
    }
  }

  /** What the server has open, by its own word: who hangs mostly waits for one of those. */
  private String onTheServer() {
    String asked =
        switch (database.product()) {
          case MARIADB, MYSQL -> "select * from information_schema.innodb_trx";
          case POSTGRESQL -> "select * from pg_stat_activity where xact_start is not null";
          case H2 -> "select * from information_schema.sessions";
        };
    StringBuilder open = new StringBuilder();
    try (Connection raw = database.connect();
        Statement statement = raw.createStatement();
        ResultSet rows = statement.executeQuery(asked)) {
      while (rows.next()) {
        open.append(System.lineSeparator()).append("open:");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          open.append(' ').append(rows.getString(i));
        }
      }
    } catch (SQLException e) {
      open.append(e);
    }
    return open.toString();
  }

  private boolean isOn(Recorder recorder, long most, long end) {
    return recorder.operations() < most
        && System.nanoTime() - end < 0
        && recorder.unexpected().isEmpty();
  }

  private UnluckyClient unlucky(Client companion, Recorder recorder, Random random) {
    UnluckyClient known = unlucky;
    if (known == null) {
      known =
          new UnluckyClient(
              database, throughRelay, relay, source, registers, companion, recorder, random);
      unlucky = known;
    } else {
      known.begin(companion, recorder, random);
    }
    return known;
  }

  private Client client(String name, Recorder recorder, int number, Habit habit) {
    return new Client(
        name,
        habit == Habit.ELSEWHERE ? elsewhere : source,
        Sources.driver(database, null),
        database.product(),
        registers,
        recorder,
        random(number),
        habit);
  }

  private Random random(int number) {
    return new Random((seed * 1_000_003 + round) * 1_000_003 + number);
  }

  private static Thread start(Runnable work, Recorder recorder) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                recorder.unexpected("a client broke: " + e);
                e.printStackTrace();
              }
            },
            "history");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** What is there in the end is what was committed: nothing of it was lost. */
  private void readAll(Recorder recorder) throws SQLException {
    try (Connection raw = database.connect()) {
      Recorder.Open open = recorder.begin("the end", Level.AUTO_COMMIT);
      long called = registers.tick();
      List<Step.Seen> all = Registers.readAll(raw);
      open.add(new Step.Read(Query.EVERYTHING, called, registers.tick(), all));
      open.ended(Outcome.COMMITTED);
      // Where nobody found out what became of a commit, this tells.
      all.forEach(seen -> registers.committed(seen.register(), seen.value()));
    }
  }

  @Override
  public void close() {
    try (relay) {
      close(source);
      close(throughRelay);
      close(elsewhere);
    }
  }

  private static void close(DataSource source) {
    if (source instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
