package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger and the analysis of one data source, for a cache above it. Thread-safe. */
final class LedgerAccess implements SharedLedger {

  private static final Logger log = LoggerFactory.getLogger(LedgerAccess.class);

  private final ConnectionSource connections;
  private final Invalidation invalidation;

  LedgerAccess(ConnectionSource connections, Invalidation invalidation) {
    this.connections = connections;
    this.invalidation = invalidation;
  }

  private Optional<StatementExecutor> executor() {
    return Optional.ofNullable(connections.executorIfKnown());
  }

  @Override
  public Optional<Ledger> ledger() {
    return executor().map(known -> known.database().ledger());
  }

  @Override
  public Optional<Set<TableName>> tables(String query) {
    return ask((executor, connection) -> Optional.ofNullable(executor.footprint(query, connection)))
        .map(LedgerAccess::tables);
  }

  @Override
  public Optional<RowKey> rowKey(String query) {
    return ask((executor, connection) -> Optional.ofNullable(executor.rowKey(query, connection)));
  }

  private <T extends Object> Optional<T> ask(ConnectionSource.Question<Optional<T>> question) {
    try {
      return connections.ask(question);
    } catch (SQLException unreachable) {
      log.debug("What a query follows from cannot be told now", unreachable);
      return Optional.empty();
    }
  }

  @Override
  public Optional<Stamp> definitions() {
    return executor().map(known -> known.database().definitions().stamp());
  }

  @Override
  public Invalidation invalidation() {
    return invalidation;
  }

  @Override
  public long maxAgeNanos() {
    StatementExecutor known = connections.executorIfKnown();
    return known == null ? 0 : known.age().maxNanos();
  }

  @Override
  public long maxAgeNanos(TrackedFootprint footprint) {
    StatementExecutor known = connections.executorIfKnown();
    return known == null ? 0 : known.age().maxNanos(footprint);
  }

  private static Set<TableName> tables(TrackedFootprint footprint) {
    Set<TableName> tables = new LinkedHashSet<>();
    for (Scope scope : footprint.footprint().scopes()) {
      if (scope instanceof Scope.Table table) {
        tables.add(table.table());
      }
    }
    return tables;
  }
}
