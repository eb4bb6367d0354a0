package dev.larder.examples.bookshop;

import dev.larder.examples.bookshop.Question.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers that visitors get with what the database itself says at that moment. Safe for
 * use by several threads.
 */
final class TruthCheck implements AutoCloseable {
  /*
   * Two reads one after the other may rightly differ when a write falls between them. So every
   * write transaction holds this gate shared, from before its first statement until its commit has
   * returned, and a comparison holds it exclusively around both reads: no write is under way, both
   * must see the same rows. Reads of other visitors go on meanwhile; they change nothing.
   */
  private final ReadWriteLock gate = new ReentrantReadWriteLock();
  private final Connection database;
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private volatile @Nullable String firstWrong;

  /** What was found. */
  record Findings(long compared, long wrong, @Nullable String firstWrong) {}

  /** How a visitor gets an answer. */
  interface Visitor {
    Answer ask() throws SQLException;
  }

  TruthCheck(DataSource database) throws SQLException {
    this.database = database.getConnection();
  }

  /** Held by a writer around each transaction. */
  Lock writing() {
    return gate.readLock();
  }

  /** Lets the visitor ask, asks the database the same thing, and compares value by value. */
  void compare(Question question, Visitor visitor) throws SQLException {
    Lock alone = gate.writeLock();
    alone.lock();
    try {
      Answer answer = visitor.ask();
      Answer truth = question.ask(database);
      compared.incrementAndGet();
      if (!answer.equals(truth)) {
        wrong.incrementAndGet();
        if (firstWrong == null) {
          firstWrong = question + "\n    answered " + answer + "\n    in truth " + truth;
        }
      }
    } finally {
      alone.unlock();
    }
  }

  Findings findings() {
    return new Findings(compared.get(), wrong.get(), firstWrong);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
