package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.WatchedSession;
import java.util.Optional;
import java.util.Set;

/** Tells which tables and rows a text reads. Implementations are thread-safe as their parts. */
sealed interface TableResolver {

  /** The tables below a table or view; empty where that cannot be proven. */
  default Optional<Set<TableName>> table(String table) {
    return query("select 1 from " + table);
  }

  /** The tables that a query reads; empty where that cannot be proven. */
  Optional<Set<TableName>> query(String query);

  /** How the rows of a table are found; empty where it may be others than those. */
  Optional<RowKey> rows(String table, TableDependencies.Key key);

  /** The analysis below, for a session that has set nothing. */
  record OfDataSource(SharedLedger shared) implements TableResolver {

    @Override
    public Optional<Set<TableName>> query(String query) {
      return shared.tables(query);
    }

    @Override
    public Optional<RowKey> rows(String table, TableDependencies.Key key) {
      return shared.rowKey(key.query(table));
    }
  }

  /** The same, by a connection that is there already. */
  record OfSession(WatchedSession session) implements TableResolver {

    @Override
    public Optional<Set<TableName>> query(String query) {
      return Optional.ofNullable(session.footprint(query)).map(DependencyResolver::tables);
    }

    @Override
    public Optional<RowKey> rows(String table, TableDependencies.Key key) {
      return Optional.ofNullable(session.rowKey(key.query(table)));
    }
  }

  /**
   * Names alone. What a formula reads cannot be told without analysis: the hooks name it, or nobody
   * does.
   */
  record OfNames() implements TableResolver {

    @Override
    public Optional<Set<TableName>> table(String table) {
      return Optional.of(Set.of(SimpleNames.table(table)));
    }

    @Override
    public Optional<Set<TableName>> query(String query) {
      return Optional.of(Set.of());
    }

    @Override
    public Optional<RowKey> rows(String table, TableDependencies.Key key) {
      return Optional.of(
          new RowKey(
              SimpleNames.table(table), SimpleNames.column(key.column()), null, SimpleNames::hash));
    }
  }
}
