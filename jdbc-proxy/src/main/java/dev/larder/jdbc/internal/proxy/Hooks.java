package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import java.sql.SQLException;
import java.util.List;

/**
 * What the application says it changed, brought to the ledger with everything the catalogue knows
 * to follow from it. Thread-safe.
 */
final class Hooks implements Invalidation {

  private final Gateway gateway;

  Hooks(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void table(String table) {
    changed((executor, link) -> executor.planning().changesOf(table, link));
  }

  @Override
  public void rows(String table, String column, Object value) {
    changed((executor, link) -> executor.planning().changesOf(table, column, value, link));
  }

  /** What the catalogue makes of a change that the application names. */
  @FunctionalInterface
  private interface Named {
    ChangeSet changes(StatementExecutor executor, LogicalConnection link) throws SQLException;
  }

  private void changed(Named named) {
    try (LarderConnection connection = gateway.connection()) {
      StatementExecutor executor = connection.executor();
      executor.database().ledger().changed(named.changes(executor, connection), Origin.HOOK);
    } catch (SQLException unreachable) {
      // A name that cannot be looked up may be any table.
      gateway
          .ledgerIfKnown()
          .ifPresent(ledger -> ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK));
    }
  }

  @Override
  public void tag(String tag) {
    gateway.ledgerIfKnown().ifPresent(ledger -> ledger.changed(ChangeSet.ofTag(tag), Origin.HOOK));
  }

  @Override
  public void everything() {
    gateway.ledgerIfKnown().ifPresent(ledger -> ledger.changed(ChangeSet.DEFINITIONS, Origin.HOOK));
  }

  @Override
  public void onChange(ChangeListener listener) {
    gateway.onChange(listener);
  }

  @Override
  public List<SourceReport> sources() {
    return gateway.sourceReports();
  }
}
