package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Transaction.Outcome;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** One client that reads and writes at random. For one thread. */
final class Client {

  /** What a client mostly does. */
  enum Habit {
    /** A bit of all. */
    ALL,
    /** Transactions in snapshots, and short writes around them. */
    SNAPSHOTS,
    /** Transactions that read two registers and write one. */
    SKEW,
    /** What a replica may answer, and short writes around it. */
    READ_ONLY,
    /** A bit of all, past Larder. */
    ELSEWHERE,
    /**
     * What may not be old although others write unseen: reads under locks, snapshots, and what is
     * read again after a write that met fewer rows than it named, or was rolled back.
     */
    ORDER,
    /** What can be foreseen: the rows of a list one by one, queries that follow one another. */
    FORESEEN
  }

  private static final List<Level> LEVELS = List.of(Level.values());

  private final String name;
  private final DataSource source;
  private final DataSource direct;
  private final Product product;
  private final Registers registers;
  private final Recorder recorder;
  private final Random random;
  private final Habit habit;

  Client(
      String name,
      DataSource source,
      DataSource direct,
      Product product,
      Registers registers,
      Recorder recorder,
      Random random,
      Habit habit) {
    this.name = name;
    this.source = source;
    this.direct = direct;
    this.product = product;
    this.registers = registers;
    this.recorder = recorder;
    this.random = random;
    this.habit = habit;
  }

  /** One connection's worth of work. */
  void step() {
    try (Connection connection = source.getConnection()) {
      int chance = random.nextInt(100);
      switch (habit) {
        case ALL, ELSEWHERE -> {
          if (chance < 60) {
            reads(connection, -1);
          } else if (chance < 80) {
            transaction(connection, level(), List.of());
          } else if (chance < 81) {
            blockedWrite(connection, false);
          } else {
            write(connection, level(), 3);
          }
        }
        case SNAPSHOTS -> {
          if (chance < 40) {
            reads(connection, -1);
          } else if (chance < 80) {
            transaction(connection, Level.REPEATABLE_READ, List.of());
          } else {
            write(connection, Level.AUTO_COMMIT, 1);
          }
        }
        case SKEW -> skew(connection);
        case ORDER -> {
          if (chance < 40) {
            Query.any(random, -1).run(connection, registers);
          } else if (chance < 60) {
            readsUnderLock(connection);
          } else if (chance < 70) {
            transaction(connection, Level.REPEATABLE_READ, List.of());
          } else if (chance < 80) {
            readsUnderLockOfTheSession(connection);
          } else {
            writesWhatMayBeOld(connection);
          }
        }
        case FORESEEN -> {
          if (chance < 85) {
            foreseen(connection);
          } else if (chance < 95) {
            write(connection, level(), 1);
          } else {
            reads(connection, -1);
          }
        }
        case READ_ONLY -> {
          if (chance < 35) {
            reads(connection, -1);
          } else if (chance < 50) {
            readWhatMayLag(connection);
          } else if (chance < 80) {
            readOnlyTransaction(connection);
          } else {
            write(connection, Level.AUTO_COMMIT, 1);
          }
        }
      }
    } catch (SQLException e) {
      recorder.failed(name, e);
    }
  }

  /** What was read before the lock may be old, and is in no history. */
  private void readsUnderLock(Connection connection) throws SQLException {
    List<Integer> target = targets(1);
    int register = target.get(0);
    boolean writes = random.nextInt(3) == 0 && registers.take(target);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Level.READ_COMMITTED.jdbc);
    Recorder.Open open = recorder.begin(name, Level.READ_COMMITTED);
    Outcome outcome = Outcome.ROLLED_BACK;
    try {
      Query.any(random, -1).run(connection, registers);
      if (writes) {
        write(connection, open, register, registers.current(register));
      } else if (product == Product.POSTGRESQL && random.nextBoolean()) {
        run(connection, "select pg_advisory_xact_lock(1)");
      } else {
        run(
            connection,
            "select id from %s where id = %d for update"
                .formatted(Registers.table(register), Registers.row(register)));
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        open.add(Query.any(random, -1).run(connection, registers));
      }
      open.committing();
      connection.commit();
      outcome = Outcome.COMMITTED;
    } catch (SQLException e) {
      recorder.failed(name, e);
      outcome = rollBack(connection, open);
    } finally {
      open.ended(outcome);
      if (writes) {
        registers.release(target);
      }
    }
    connection.setAutoCommit(true);
  }

  private void readsUnderLockOfTheSession(Connection connection) throws SQLException {
    switch (product) {
      case POSTGRESQL -> {
        run(connection, "select pg_advisory_lock_shared(2)");
        reads(connection, -1);
        run(connection, "select pg_advisory_unlock_all()");
      }
      case MARIADB, MYSQL -> {
        run(connection, "select get_lock('" + name + "', 1)");
        reads(connection, -1);
        run(connection, "select release_all_locks()");
      }
      case H2 -> {
        // It has none.
      }
    }
  }

  /**
   * Writes a register by the value that it read, which may be old. While its lock is held nobody
   * else writes it, so what is read of it once more is known.
   */
  private void writesWhatMayBeOld(Connection connection) throws SQLException {
    List<Integer> target = targets(1);
    if (!registers.take(target)) {
      return;
    }
    int register = target.get(0);
    Query query = Query.one(register / Registers.ROWS, Registers.row(register));
    String update =
        "update %s set n = ? where id = %d"
            .formatted(Registers.table(register), Registers.row(register));
    try (Connection other = source.getConnection()) {
      long old = query.run(connection, registers).seen().get(0).value();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Level.READ_COMMITTED.jdbc);
      Recorder.Open open = recorder.begin(name, Level.READ_COMMITTED);
      Outcome outcome = Outcome.ROLLED_BACK;
      try {
        long value = registers.draw(register);
        open.add(new Step.Write(registers.tick(), register, value));
        boolean byKeyAlone = random.nextBoolean();
        boolean written =
            run(connection, update + (byKeyAlone ? " and 0 < ?" : " and n = ?"), value, old);
        if (!written) {
          readAgain(other, query);
        }
        if (written && !byKeyAlone) {
          open.committing();
          connection.commit();
          outcome = Outcome.COMMITTED;
        } else {
          connection.rollback();
        }
      } catch (SQLException e) {
        recorder.failed(name, e);
        outcome = rollBack(connection, open);
      }
      open.ended(outcome);
      readAgain(other, query);
      connection.setAutoCommit(true);
    } finally {
      registers.release(target);
    }
  }

  private void readAgain(Connection connection, Query query) throws SQLException {
    Recorder.Open open = recorder.begin(name, Level.AUTO_COMMIT);
    open.add(query.run(connection, registers));
    open.ended(Outcome.COMMITTED);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Level level() {
    return LEVELS.get(random.nextInt(LEVELS.size()));
  }

  /** Some queries in auto-commit mode. */
  void reads(Connection connection, int register) throws SQLException {
    for (int i = random.nextInt(8); i >= 0; i--) {
      read(connection, Query.any(random, register));
    }
  }

  /** Goes through a list, or asks a chain of queries, in a transaction or in auto-commit mode. */
  private void foreseen(Connection connection) throws SQLException {
    List<Query> queries = new ArrayList<>();
    int row = random.nextInt(Registers.ROWS);
    int table = random.nextInt(Registers.TABLES.size() + 1);
    if (table < Registers.TABLES.size()) {
      queries.add(Query.list(table));
      for (int each = 0; each < Registers.ROWS; each++) {
        queries.add(Query.lookUp(table, each, "r"));
      }
    } else {
      // A commit that touches the row leaves all of them to the database.
      for (String alias : List.of("a", "b", "c")) {
        queries.add(Query.lookUp(0, row, alias));
      }
    }
    Level level = random.nextInt(3) == 0 ? level() : Level.AUTO_COMMIT;
    if (level == Level.AUTO_COMMIT) {
      for (Query query : queries) {
        read(connection, query);
      }
      return;
    }
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(level.jdbc);
    Recorder.Open open = recorder.begin(name, level);
    try {
      for (Query query : queries) {
        open.add(query.run(connection, registers));
      }
      open.committing();
      connection.commit();
      open.ended(Outcome.COMMITTED);
    } catch (SQLException e) {
      recorder.failed(name + " at " + level, e);
      open.ended(rollBack(connection, open));
    }
    connection.setAutoCommit(true);
  }

  /** A read of that register and no other, always by the same query. */
  void readRow(Connection connection, int register) throws SQLException {
    read(connection, Query.one(register));
  }

  private void read(Connection connection, Query query) throws SQLException {
    Recorder.Open open = recorder.begin(name, Level.AUTO_COMMIT);
    open.add(query.run(connection, registers));
    open.ended(Outcome.COMMITTED);
  }

  /** What it sees may be old, and is in no history; what is kept of it is for others to see. */
  private void readWhatMayLag(Connection connection) throws SQLException {
    Query query = Query.any(random, -1);
    query.after("/* larder(replica) */ ").run(connection, registers);
  }

  private void readOnlyTransaction(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    transaction(connection, level(), List.of());
    if (!connection.isClosed()) {
      connection.setReadOnly(false);
    }
  }

  private void write(Connection connection, Level level, int most) throws SQLException {
    List<Integer> targets = targets(1 + random.nextInt(most));
    if (!registers.take(targets)) {
      reads(connection, targets.get(0));
      return;
    }
    try {
      if (level == Level.AUTO_COMMIT) {
        for (int target : targets) {
          autoCommitWrite(connection, target);
        }
      } else {
        transaction(connection, level, targets);
      }
    } finally {
      registers.release(targets);
    }
  }

  /** Distinct registers. */
  List<Integer> targets(int count) {
    return random.ints(0, Registers.COUNT).distinct().limit(count).boxed().toList();
  }

  private void autoCommitWrite(Connection connection, int register) {
    Recorder.Open open = recorder.begin(name, Level.AUTO_COMMIT);
    long value = registers.draw(register);
    open.add(new Step.Write(registers.tick(), register, value));
    open.committing();
    try {
      boolean written = update(connection, register, registers.current(register), value, 4);
      open.ended(written ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
    } catch (SQLException e) {
      recorder.failed(name, e);
      open.ended(Outcome.ROLLED_BACK);
    }
  }

  private void transaction(Connection connection, Level level, List<Integer> targets)
      throws SQLException {
    if (level == Level.AUTO_COMMIT) {
      reads(connection, -1);
      return;
    }
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(level.jdbc);
    Recorder.Open open = recorder.begin(name, level);
    try {
      someReads(connection, open, -1);
      for (int target : targets) {
        writes(connection, open, target);
        someReads(connection, open, random.nextBoolean() ? target : -1);
      }
      if (targets.isEmpty()) {
        someReads(connection, open, -1);
      }
      if (random.nextInt(4) > 0) {
        open.committing();
        commit(connection);
        open.ended(Outcome.COMMITTED);
      } else {
        if (random.nextBoolean()) {
          connection.rollback();
        } else {
          connection.close();
        }
        open.ended(Outcome.ROLLED_BACK);
      }
    } catch (SQLException e) {
      recorder.failed(name + " at " + level, e);
      open.ended(rollBack(connection, open));
    }
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }

  /** Where it fails, whoever turns auto-commit on commits what was not rolled back. */
  private Outcome rollBack(Connection connection, Recorder.Open open) {
    try {
      connection.rollback();
      return Outcome.ROLLED_BACK;
    } catch (SQLException e) {
      recorder.failed(name, e);
      open.mayCommit();
      return Outcome.UNKNOWN;
    }
  }

  private void commit(Connection connection) throws SQLException {
    if (random.nextInt(6) == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("commit");
      }
    } else {
      connection.commit();
    }
  }

  private void someReads(Connection connection, Recorder.Open open, int register)
      throws SQLException {
    for (int i = random.nextInt(4); i > 0; i--) {
      open.add(Query.any(random, register).run(connection, registers));
    }
  }

  /** Writes a register once, twice, or around a savepoint. */
  private void writes(Connection connection, Recorder.Open open, int register) throws SQLException {
    long value = write(connection, open, register, registers.current(register));
    switch (random.nextInt(6)) {
      case 0 -> write(connection, open, register, value);
      case 1 -> {
        Savepoint savepoint = connection.setSavepoint();
        open.add(new Step.Savepoint());
        write(connection, open, register, value);
        someReads(connection, open, register);
        connection.rollback(savepoint);
        open.add(new Step.BackToSavepoint());
      }
      case 2 -> {
        Savepoint savepoint = connection.setSavepoint();
        open.add(new Step.Savepoint());
        try (Statement statement = connection.createStatement()) {
          statement.executeUpdate("insert into " + Registers.table(register) + " values (0, -5)");
          recorder.unexpected("a duplicate key was taken");
        } catch (SQLException e) {
          if (!String.valueOf(e.getSQLState()).startsWith("23")) {
            // A deadlock, say, which takes the savepoint away.
            throw e;
          }
        }
        connection.rollback(savepoint);
        open.add(new Step.BackToSavepoint());
      }
      default -> {}
    }
  }

  private long write(Connection connection, Recorder.Open open, int register, long old)
      throws SQLException {
    long value = registers.draw(register);
    open.add(new Step.Write(registers.tick(), register, value));
    if (!update(connection, register, old, value, 5)) {
      // MariaDB and H2 do not find by its old value what changed since the snapshot.
      throw new SQLException("not found by its old value", "40001");
    }
    return value;
  }

  private boolean update(Connection connection, int register, long old, long value, int ways)
      throws SQLException {
    String table = Registers.table(register);
    int row = Registers.row(register);
    int way = random.nextInt(ways);
    if (way == 1 && !registers.isKnown(register)) {
      // What is to be added follows from what is there.
      way = 2;
    }
    switch (way) {
      case 0 -> {
        try (Statement statement = connection.createStatement()) {
          return 1
              == statement.executeUpdate(
                  "update %s set n = %d where id = %d".formatted(table, value, row));
        }
      }
      case 1 -> {
        if (random.nextInt(4) == 0) {
          return run(connection, "update " + table + " set n = ? where n = ?", value, old);
        }
        return run(connection, "update " + table + " set n = n + ? where id = ?", value - old, row);
      }
      case 4 -> {
        try (Statement statement = connection.createStatement()) {
          statement.addBatch("delete from " + table + " where id = " + row);
          statement.addBatch("insert into %s values (%d, %d)".formatted(table, row, value));
          statement.executeBatch();
          return true;
        }
      }
      default -> {
        return run(connection, "update " + table + " set n = ? where id = ?", value, row);
      }
    }
  }

  static boolean run(Connection connection, String sql, long first, long second)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first);
      statement.setLong(2, second);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * A write that waits for another's lock until it is cancelled or its time is up.
   *
   * @param timeout whether to let JDBC's time-out end it, which takes at least a second
   */
  void blockedWrite(Connection connection, boolean timeout) throws SQLException {
    List<Integer> target = targets(1);
    if (!registers.take(target)) {
      return;
    }
    int register = target.get(0);
    int row = Registers.row(register);
    String sql = "update %s set n = ? where id = ?".formatted(Registers.table(register));
    // What is never committed need not go through Larder.
    try (Connection holder = direct.getConnection()) {
      Recorder.Open holding = recorder.begin(name, Level.READ_COMMITTED);
      holder.setAutoCommit(false);
      long held = registers.draw(register);
      holding.add(new Step.Write(registers.tick(), register, held));
      run(holder, sql, held, row);
      Recorder.Open blocked = recorder.begin(name, Level.AUTO_COMMIT);
      long value = registers.draw(register);
      blocked.add(new Step.Write(registers.tick(), register, value));
      AtomicBoolean over = new AtomicBoolean();
      Outcome outcome = Outcome.ROLLED_BACK;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, value);
        statement.setInt(2, row);
        if (timeout) {
          statement.setQueryTimeout(1);
        } else if (product != Product.H2) {
          // H2 ends the wait by its lock time-out, and takes no cancellation during it.
          cancelUntil(over, statement, holder, 0);
        }
        blocked.committing();
        if (statement.executeUpdate() == 1) {
          outcome = Outcome.COMMITTED;
        }
      } catch (SQLException e) {
        recorder.failed(name, e);
      }
      over.set(true);
      blocked.ended(outcome);
      holder.rollback();
      holding.ended(Outcome.ROLLED_BACK);
    } finally {
      registers.release(target);
    }
  }

  /**
   * Cancels again and again: a cancellation that comes before the server has begun is lost. pgjdbc
   * sends one only, so in the end the lock is given up instead.
   */
  private static void cancelUntil(
      AtomicBoolean over, Statement statement, Connection holder, int times) {
    CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (over.get()) {
                return;
              }
              try {
                if (times < 100) {
                  statement.cancel();
                } else {
                  holder.rollback();
                }
              } catch (SQLException e) {
                // The statement is over and closed.
              }
              cancelUntil(over, statement, holder, times + 1);
            });
  }

  /** Reads two registers and writes one of them, as serializable transactions must not overlap. */
  private void skew(Connection connection) throws SQLException {
    int row = random.nextInt(2);
    List<Integer> mine = List.of(Registers.register(1 + random.nextInt(2), row));
    if (!registers.take(mine)) {
      reads(connection, mine.get(0));
      return;
    }
    Recorder.Open open = recorder.begin(name, Level.SERIALIZABLE);
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Level.SERIALIZABLE.jdbc);
      List<Query> both = new ArrayList<>(List.of(Query.one(1, row), Query.one(2, row)));
      for (Query query : both) {
        open.add(query.run(connection, registers));
      }
      write(connection, open, mine.get(0), registers.current(mine.get(0)));
      open.committing();
      connection.commit();
      open.ended(Outcome.COMMITTED);
    } catch (SQLException e) {
      recorder.failed(name, e);
      open.ended(rollBack(connection, open));
    } finally {
      registers.release(mine);
    }
    connection.setAutoCommit(true);
  }
}
