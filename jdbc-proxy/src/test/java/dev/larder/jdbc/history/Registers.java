package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Step.Seen;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/** The hot rows of one database, and who may write them. Thread-safe. */
final class Registers {

  /*
   * A register is a row of one of three tables. Who writes it holds its lock until the outcome is known, so that the order of its
   * values is the order of their commits. A value is unique in the whole run: a counter's, times the number of registers, plus the
   * register.
   */
  static final List<String> TABLES = List.of("book", "stock", "price");
  static final int ROWS = 4;
  static final int COUNT = TABLES.size() * ROWS;

  private final List<ReentrantLock> locks = new ArrayList<>();
  private final AtomicLongArray current = new AtomicLongArray(COUNT);
  private final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();
  private final AtomicLong draws = new AtomicLong();
  private final AtomicLong ticks = new AtomicLong();

  Registers(TestDatabase database) {
    String engine = database.product().speaksMySql() ? " engine=innodb" : "";
    for (int register = 0; register < COUNT; register++) {
      locks.add(new ReentrantLock());
      current.set(register, register);
      if (row(register) == 0) {
        database.execute(
            "create table "
                + table(register)
                + " (id int primary key, n bigint not null)"
                + engine);
      }
      database.execute(
          "insert into " + table(register) + " values (" + row(register) + ", " + register + ")");
    }
  }

  static String table(int register) {
    return TABLES.get(register / ROWS);
  }

  static int row(int register) {
    return register % ROWS;
  }

  static int register(int table, int row) {
    return table * ROWS + row;
  }

  /** The next tick: greater than every earlier one of any thread. */
  long tick() {
    return ticks.incrementAndGet();
  }

  /** Whether the caller may write these from now on; none is taken where one is another's. */
  boolean take(List<Integer> registers) {
    for (int i = 0; i < registers.size(); i++) {
      if (!locks.get(registers.get(i)).tryLock()) {
        release(registers.subList(0, i));
        return false;
      }
    }
    return true;
  }

  void release(List<Integer> registers) {
    registers.forEach(register -> locks.get(register).unlock());
  }

  /** A value greater than all that were drawn for the register; its lock must be held. */
  long draw(int register) {
    return draws.incrementAndGet() * COUNT + register;
  }

  /** Whether {@link #current} is what is committed, for all that is known. */
  boolean isKnown(int register) {
    return !doubtful.contains(register);
  }

  /** Nobody knows whether it was written; its lock must be held. */
  void doubted(int register) {
    doubtful.add(register);
  }

  /** What is committed; nobody may be writing it but the caller. */
  long current(int register) {
    return current.get(register);
  }

  /** Notes what is committed now; its lock must be held. */
  void committed(int register, long value) {
    current.set(register, value);
    doubtful.remove(register);
  }

  /** What is committed in every register while nobody writes. */
  List<Long> values() {
    List<Long> values = new ArrayList<>();
    for (int register = 0; register < COUNT; register++) {
      values.add(current.get(register));
    }
    return values;
  }

  /** What the database itself says of all registers. */
  static List<Seen> readAll(Connection raw) throws SQLException {
    List<Seen> seen = new ArrayList<>();
    try (Statement statement = raw.createStatement();
        ResultSet rows = statement.executeQuery(Query.EVERYTHING)) {
      while (rows.next()) {
        seen.add(new Seen(register(rows.getInt(1), rows.getInt(2)), rows.getLong(3)));
      }
    }
    return seen;
  }
}
