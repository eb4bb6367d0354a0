package dev.larder.examples.bookshop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.util.concurrent.atomic.LongAdder;

/**
 * A HikariCP pool that counts: how often a connection is borrowed, and the statements below it.
 * Both runs of the program use one of these. Safe for use by several threads.
 */
final class Pool implements AutoCloseable {
  private final StatementCounter statements = new StatementCounter();
  private final LongAdder borrowed = new LongAdder();
  private final HikariDataSource dataSource;

  /** What reached the pool and the database so far. */
  record Counts(long statements, long borrowed) {
    Counts since(Counts earlier) {
      return new Counts(statements - earlier.statements, borrowed - earlier.borrowed);
    }
  }

  Pool(ShopDatabase database, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(statements.countStatementsOf(database.dataSource()));
    config.setMaximumPoolSize(connections);
    config.setMetricsTrackerFactory((name, stats) -> new BorrowCounter());
    dataSource = new HikariDataSource(config);
  }

  HikariDataSource dataSource() {
    return dataSource;
  }

  StatementCounter statements() {
    return statements;
  }

  Counts counts() {
    return new Counts(statements.count(), borrowed.sum());
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private final class BorrowCounter implements IMetricsTracker {
    @Override
    public void recordConnectionAcquiredNanos(long elapsed) {
      borrowed.increment();
    }
  }
}
