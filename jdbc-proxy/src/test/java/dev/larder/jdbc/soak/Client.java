package dev.larder.jdbc.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One application thread: reads and writes, and compares what it is shown with what it knows.
 * Others may take its statement, its connection or itself at any moment.
 */
final class Client implements Runnable {

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final DataSource larder;
  private final Truth truth;
  private final Random random;
  volatile boolean stopped;
  volatile @Nullable Thread thread;
  volatile @Nullable Connection connection;
  volatile @Nullable Statement statement;

  Client(DataSource larder, Truth truth, long seed) {
    this.larder = larder;
    this.truth = truth;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopped) {
      try (Connection own = larder.getConnection()) {
        connection = own;
        step(own);
      } catch (SQLException e) {
        truth.failed("client", e);
      } catch (RuntimeException | Error e) {
        truth.wrong("not an SQLException: " + e, e);
      } finally {
        connection = null;
        statement = null;
        // What others interrupted is over.
        Thread.interrupted();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void step(Connection own) throws SQLException {
    int choice = random.nextInt(100);
    int tenant = 1 + random.nextInt(Schema.TENANTS);
    if (choice < 30) {
      readVersion(own);
    } else if (choice < 45) {
      readSum(own, tenant);
    } else if (choice < 69) {
      readAsTenant(own, tenant);
    } else if (choice < 79) {
      readWide(own);
    } else if (choice < 84) {
      readByNewText(own);
    } else if (choice < 86) {
      readBySessionSetting(own, tenant);
    } else if (choice < 94) {
      raise(own);
    } else {
      transfer(own, tenant);
    }
  }

  private void readVersion(Connection own) throws SQLException {
    int row = row();
    long floor = truth.floor(row);
    try (PreparedStatement query = prepare(own, "select version from register where id = ?")) {
      query.setInt(1, row);
      truth.shown(row, floor, number(query), "by key");
    }
  }

  private void readSum(Connection own, int tenant) throws SQLException {
    try (PreparedStatement query =
        prepare(own, "select sum(balance) from account where tenant = ?")) {
      query.setInt(1, tenant);
      long sum = number(query);
      truth.expect(sum == Schema.SUM, "tenant " + tenant + " has " + sum);
    }
  }

  /** As row security is done everywhere: a setting that ends with the transaction. */
  private void readAsTenant(Connection own, int tenant) throws SQLException {
    own.setAutoCommit(false);
    set(own, tenant, true);
    for (int i = 0; i < 3; i++) {
      readOfTenant(own, tenant);
    }
    own.commit();
  }

  private void readBySessionSetting(Connection own, int tenant) throws SQLException {
    set(own, tenant, false);
    readOfTenant(own, tenant);
  }

  private void readOfTenant(Connection own, int tenant) throws SQLException {
    int page = random.nextInt(Schema.PAGES);
    try (PreparedStatement query = prepare(own, "select tenant, page from secret where page = ?")) {
      query.setInt(1, page);
      try (ResultSet rows = query.executeQuery()) {
        int count = 0;
        while (rows.next()) {
          count++;
          int shown = rows.getInt(1);
          truth.expect(shown == tenant, "tenant " + tenant + " is shown a row of " + shown);
        }
        truth.expect(count == 1, "tenant " + tenant + " is shown " + count + " rows of its one");
      }
    }
  }

  private void set(Connection own, int tenant, boolean local) throws SQLException {
    try (PreparedStatement set =
        prepare(own, "select set_config('app.tenant', ?, " + local + ")")) {
      set.setString(1, String.valueOf(tenant));
      set.executeQuery().close();
    }
  }

  private void readWide(Connection own) throws SQLException {
    int id = 1 + random.nextInt(Schema.WIDE);
    try (PreparedStatement query = prepare(own, "select id, pad from wide where id = ?")) {
      query.setInt(1, id);
      truth.expect(number(query) == id, "another wide row than " + id);
    }
  }

  private void readByNewText(Connection own) throws SQLException {
    int row = row();
    long floor = truth.floor(row);
    String text = "select version as v" + random.nextInt() + " from register where id = " + row;
    try (PreparedStatement query = prepare(own, text.replace("v-", "v_"))) {
      truth.shown(row, floor, number(query), "by a new text");
    }
  }

  private void raise(Connection own) throws SQLException {
    int row = row();
    begin(own);
    long version;
    try (PreparedStatement update =
        prepare(own, "update register set version = version + 1 where id = ? returning version")) {
      update.setInt(1, row);
      version = number(update);
    }
    if (random.nextInt(10) == 0) {
      own.rollback();
      return;
    }
    truth.trying(row, version);
    own.commit();
    truth.committed(row, version);
    own.setAutoCommit(true);
    try (PreparedStatement query = prepare(own, "select version from register where id = ?")) {
      query.setInt(1, row);
      truth.shown(row, version, number(query), "after its own commit");
    }
  }

  /**
   * The transaction begins before the first write: a cancel that hits BEGIN leaves the statement
   * with which pgjdbc has sent it without a transaction, and so committed by itself.
   */
  private void begin(Connection own) throws SQLException {
    own.setAutoCommit(false);
    try (PreparedStatement query = prepare(own, "select pg_backend_pid()")) {
      number(query);
    }
  }

  private void transfer(Connection own, int tenant) throws SQLException {
    begin(own);
    int amount = 1 + random.nextInt(10);
    int from = random.nextInt(Schema.ACCOUNTS);
    int to = random.nextInt(Schema.ACCOUNTS);
    // In one order, so that two transfers do not wait for each other.
    move(own, tenant, Math.min(from, to), -amount);
    move(own, tenant, Math.max(from, to), amount);
    if (random.nextInt(10) == 0) {
      own.rollback();
    } else {
      own.commit();
    }
  }

  private void move(Connection own, int tenant, int number, int amount) throws SQLException {
    try (PreparedStatement update =
        prepare(own, "update account set balance = balance + ? where tenant = ? and number = ?")) {
      update.setInt(1, amount);
      update.setInt(2, tenant);
      update.setInt(3, number);
      update.executeUpdate();
    }
  }

  private PreparedStatement prepare(Connection own, String sql) throws SQLException {
    PreparedStatement prepared = own.prepareStatement(sql);
    statement = prepared;
    return prepared;
  }

  private int row() {
    return 1 + random.nextInt(Schema.ROWS);
  }

  private static long number(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException("no row");
      }
      return rows.getLong(1);
    }
  }
}
