package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.prefetch.Batch;
import dev.larder.jdbc.internal.prefetch.BatchLoader;
import dev.larder.jdbc.internal.prefetch.Guess;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import java.sql.SQLException;

/** Loads what is about to be asked for through the data source's connections. Thread-safe. */
final class PrefetchLoader implements BatchLoader {

  private final ConnectionSource connections;

  PrefetchLoader(ConnectionSource connections) {
    this.connections = connections;
  }

  @Override
  public void load(Batch batch) throws SQLException {
    connections.ask(
        (executor, connection) -> {
          executor.load(batch, connection);
          return batch;
        });
  }

  @Override
  public void load(Guess guess) throws SQLException {
    connections.ask(
        (executor, connection) -> {
          executor.load(guess, connection);
          return guess;
        });
  }

  @Override
  public boolean isInMemory(Guess guess) {
    StatementExecutor known = connections.executorIfKnown();
    return known != null && known.isInMemory(guess.text(), guess.key());
  }
}
