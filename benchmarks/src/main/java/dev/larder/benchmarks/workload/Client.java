package dev.larder.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * A client of a workload: it makes one transaction after the other, each on a connection that it
 * borrows for it. For one thread at a time.
 *
 * <p>A transaction that the database ends because of another one, by a serialization failure or a
 * deadlock, is made again, with keys drawn anew. One that meets a key which exists already is
 * rolled back and done with.
 */
public final class Client {
  private static final Set<String> TO_BE_RETRIED = Set.of("40001", "40P01");
  private static final Set<String> KEY_VIOLATIONS = Set.of("23503", "23505");

  private final PublishedWorkload workload;
  private final DataSource dataSource;
  private final SplittableRandom random;
  private final List<TransactionType> types;
  private final double shares;
  private final Questions asked;
  private long retried;
  private long rolledBack;
  private long total;

  /** Clients of equal seeds draw the same transactions. */
  public Client(PublishedWorkload workload, DataSource dataSource, long seed) {
    this(workload, dataSource, seed, StatementListener.NONE);
  }

  /** The same, with somebody who hears what it asks. */
  public Client(
      PublishedWorkload workload, DataSource dataSource, long seed, StatementListener listener) {
    this.asked = new Questions(listener);
    this.workload = workload;
    this.dataSource = dataSource;
    this.random = new SplittableRandom(seed);
    this.types = workload.types();
    this.shares = types.stream().mapToDouble(TransactionType::share).sum();
  }

  /** Makes one transaction, whatever becomes of it. */
  public void transaction() throws SQLException {
    TransactionType type = draw();
    while (!attempt(type)) {
      retried++;
    }
  }

  private TransactionType draw() {
    double point = random.nextDouble() * shares;
    for (TransactionType type : types) {
      point -= type.share();
      if (point < 0) {
        return type;
      }
    }
    return types.get(types.size() - 1);
  }

  private boolean attempt(TransactionType type) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (workload.isAutoCommit()) {
        total += type.body().run(new Session(connection, asked), random);
        return true;
      }
      connection.setAutoCommit(false);
      return attempt(type, connection);
    }
  }

  private boolean attempt(TransactionType type, Connection connection) throws SQLException {
    try {
      long change = type.body().run(new Session(connection, asked), random);
      connection.commit();
      total += change;
      return true;
    } catch (Abandoned e) {
      connection.rollback();
      rolledBack++;
      return true;
    } catch (SQLException e) {
      connection.rollback();
      String state = e.getSQLState();
      if (state != null && KEY_VIOLATIONS.contains(state)) {
        rolledBack++;
        return true;
      }
      if (state != null && TO_BE_RETRIED.contains(state)) {
        return false;
      }
      throw e;
    }
  }

  /** How many queries it has asked. */
  public long queries() {
    return asked.count();
  }

  /** How many times a transaction was made again because of another one. */
  public long retried() {
    return retried;
  }

  /** How many transactions ended in a rollback by what they met, as published. */
  public long rolledBack() {
    return rolledBack;
  }

  /** What its commits have added to {@link PublishedWorkload#total}. */
  long total() {
    return total;
  }

  Questions asked() {
    return asked;
  }
}
