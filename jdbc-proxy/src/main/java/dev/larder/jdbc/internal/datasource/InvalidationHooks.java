package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import java.sql.SQLException;
import java.util.List;

/**
 * What the application says it changed, brought to the ledger with everything the catalogue knows
 * to follow from it. Thread-safe.
 */
final class InvalidationHooks implements Invalidation {

  private final ConnectionSource connections;
  private final ChangeListeners listeners;
  private final Sources sources;

  InvalidationHooks(ConnectionSource connections, ChangeListeners listeners, Sources sources) {
    this.connections = connections;
    this.listeners = listeners;
    this.sources = sources;
  }

  @Override
  public void table(String table) {
    changed((executor, connection) -> executor.planning().changesOf(table, connection));
  }

  @Override
  public void rows(String table, String column, Object value) {
    changed(
        (executor, connection) -> executor.planning().changesOf(table, column, value, connection));
  }

  /**
   * @param named what the catalogue makes of a change that the application names
   */
  private void changed(ConnectionSource.Question<ChangeSet> named) {
    try {
      connections.ask(
          (executor, connection) -> {
            executor.database().ledger().changed(named.ask(executor, connection), Origin.HOOK);
            return true;
          });
    } catch (SQLException unreachable) {
      // A name that cannot be looked up may be any table.
      changed(ChangeSet.EVERYTHING);
    }
  }

  /** Before the database is known nothing of it can be in memory. */
  private void changed(ChangeSet changes) {
    StatementExecutor known = connections.executorIfKnown();
    if (known != null) {
      known.database().ledger().changed(changes, Origin.HOOK);
    }
  }

  @Override
  public void tag(String tag) {
    changed(ChangeSet.ofTag(tag));
  }

  @Override
  public void everything() {
    changed(ChangeSet.DEFINITIONS);
  }

  @Override
  public void onChange(ChangeListener listener) {
    listeners.add(listener);
  }

  @Override
  public List<SourceReport> sources() {
    return sources.reports();
  }
}
