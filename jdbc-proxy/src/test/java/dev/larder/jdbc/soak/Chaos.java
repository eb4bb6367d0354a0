package dev.larder.jdbc.soak;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What goes wrong around the clients, each kind in a thread of its own. Thread-safe. */
final class Chaos {

  private final DataSource larder;
  private final DataSource server;
  private final List<Client> clients;
  private final Truth truth;
  private final long seed;
  private volatile boolean stopped;
  final LongAdder kills = new LongAdder();
  final LongAdder disturbances = new LongAdder();
  final LongAdder definitions = new LongAdder();

  /**
   * @param server connections of the administrator, around Larder
   */
  Chaos(DataSource larder, DataSource server, List<Client> clients, Truth truth, long seed) {
    this.larder = larder;
    this.server = server;
    this.clients = clients;
    this.truth = truth;
    this.seed = seed;
  }

  /** Something that is done again and again until the end. */
  @FunctionalInterface
  private interface Deed {
    void run(Random random, int turn) throws SQLException;
  }

  List<Thread> threads() {
    return List.of(
        every("kill", 250, this::kill),
        every("disturb", 20, this::disturb),
        every("define", 5_000, this::define),
        every("set", 7_000, this::setRole));
  }

  void stop() {
    stopped = true;
  }

  private Thread every(String name, long millis, Deed deed) {
    Random random = new Random(seed + name.hashCode());
    return new Thread(
        () -> {
          for (int turn = 0; !stopped; turn++) {
            try {
              deed.run(random, turn);
            } catch (SQLException e) {
              truth.failed(name, e);
            } catch (RuntimeException | Error e) {
              truth.wrong(name + ": not an SQLException: " + e, e);
            }
            LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(millis / 2 + random.nextLong(millis)));
          }
        },
        "soak-" + name);
  }

  private void kill(Random random, int turn) throws SQLException {
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement
          .executeQuery(
              "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                  + Schema.USER
                  + "' order by random() limit 1")
          .close();
      kills.increment();
    }
  }

  private void disturb(Random random, int turn) throws SQLException {
    Client client = clients.get(random.nextInt(clients.size()));
    @Nullable Connection connection = client.connection;
    @Nullable Statement statement = client.statement;
    @Nullable Thread thread = client.thread;
    int kind = random.nextInt(4);
    if (kind == 0 && statement != null) {
      statement.cancel();
    } else if (kind == 1 && thread != null) {
      thread.interrupt();
    } else if (kind == 2 && connection != null) {
      connection.close();
    } else if (kind == 3 && connection != null) {
      connection.abort(Runnable::run);
    } else {
      return;
    }
    disturbances.increment();
  }

  private void define(Random random, int turn) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      String name = "side.t" + turn;
      statement.execute("create table " + name + " (id int primary key, a int)");
      statement.execute("insert into " + name + " values (1, " + turn + ")");
      expect(statement, "select a from " + name + " where id = 1", turn);
      statement.execute("alter table " + name + " add column b int default 7");
      expect(statement, "select sum(a + b) from " + name, turn + 7);
      statement.execute(
          "create or replace view side.v as select a + " + turn + " as a from side.base");
      expect(statement, "select a from side.v", turn + 1);
      statement.execute("drop table " + name);
      definitions.increment();
    }
  }

  private void expect(Statement statement, String sql, long wanted) throws SQLException {
    // The second is answered from memory.
    for (int i = 0; i < 2; i++) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        long shown = rows.next() ? rows.getLong(1) : -1;
        truth.expect(shown == wanted, sql + " shows " + shown + ", not " + wanted);
      }
    }
  }

  private void setRole(Random random, int turn) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter role " + Schema.USER + " set app.note = 'n" + turn + "'");
    }
  }
}
