package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.pin.LookUp;
import dev.larder.jdbc.internal.pin.TableReader;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Reads pinned tables through the data source's own connections. Thread-safe. */
final class PinnedTableReader implements TableReader {

  private final ConnectionSource connections;
  private final BooleanSupplier hasSpareConnection;

  PinnedTableReader(ConnectionSource connections, BooleanSupplier hasSpareConnection) {
    this.connections = connections;
    this.hasSpareConnection = hasSpareConnection;
  }

  @Override
  public long maxAgeNanos(Stamp stamp) {
    StatementExecutor known = connections.executorIfKnown();
    return known == null ? 0 : known.age().maxNanos(stamp.footprint());
  }

  @Override
  public Reading read(LookUp lookUp, long maxBytes) throws SQLException {
    if (!hasSpareConnection.getAsBoolean()) {
      return Reading.later();
    }
    return connections.ask(
        (executor, connection) -> executor.readTable(lookUp, maxBytes, connection));
  }
}
