package dev.larder.jdbc.history;

import dev.larder.jdbc.history.Transaction.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Collects what the clients did and saw. Thread-safe. */
final class Recorder {

  /** What a database may say to a client among others, by SQLSTATE. */
  private static final Set<String> EXPECTED =
      Set.of(
          // Serialization failure and deadlock.
          "40001",
          "40P01",
          // PostgreSQL: cancelled, and a duplicate key on purpose.
          "57014",
          "23505",
          // MariaDB: cancelled, lock wait time-out, the same duplicate key, a row that changed
          // since the snapshot.
          "70100",
          "HY000",
          "23000",
          // H2: a concurrent update, a lock time-out.
          "90131",
          "HYT00");

  private final Queue<Transaction> transactions = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicLong operations = new AtomicLong();
  private final Registers registers;

  Recorder(Registers registers) {
    this.registers = registers;
  }

  Open begin(String client, Level level) {
    return new Open(client, level, registers.tick());
  }

  void operated() {
    operations.incrementAndGet();
  }

  long operations() {
    return operations.get();
  }

  /** MySQL's driver gives it no SQLSTATE. */
  private static boolean isCancelledOnMySql(SQLException e) {
    return e.getSQLState() == null
        && String.valueOf(e.getMessage()).startsWith("Statement cancelled");
  }

  /** Notes an exception, unless it is one that any client must reckon with. */
  void failed(String what, SQLException e) {
    if (!EXPECTED.contains(String.valueOf(e.getSQLState())) && !isCancelledOnMySql(e)) {
      unexpected.add(what + ": " + e.getSQLState() + " " + e);
    }
  }

  void unexpected(String what) {
    unexpected.add(what);
  }

  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  History history(List<Long> initial) {
    return new History(initial, List.copyOf(transactions));
  }

  /** A transaction that its client is at work on. For one thread. */
  final class Open {
    private final String client;
    private final Level level;
    private final long began;
    private final List<Step> steps = new ArrayList<>();
    private long commitCalled = Long.MAX_VALUE;

    private Open(String client, Level level, long began) {
      this.client = client;
      this.level = level;
      this.began = began;
    }

    void add(Step step) {
      steps.add(step);
      if (!(step instanceof Step.Savepoint)) {
        operated();
      }
    }

    Step first() {
      return steps.get(0);
    }

    /** COMMIT is about to be sent. */
    void committing() {
      commitCalled = registers.tick();
    }

    /** What is to be rolled back may be committed all the same. */
    void mayCommit() {
      if (commitCalled == Long.MAX_VALUE) {
        committing();
      }
    }

    /** The outcome is known, or that nobody will know it; the locks are still held. */
    void ended(Outcome outcome) {
      Transaction transaction =
          new Transaction(
              client, level, List.copyOf(steps), outcome, began, commitCalled, registers.tick());
      if (outcome == Outcome.COMMITTED) {
        transaction.written().forEach(registers::committed);
      } else if (outcome == Outcome.UNKNOWN) {
        transaction.written().keySet().forEach(registers::doubted);
      }
      transactions.add(transaction);
    }
  }
}
