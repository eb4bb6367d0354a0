package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.ahead.HotAnswer;
import dev.larder.jdbc.internal.ahead.Renewal;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.proxy.ConnectionSource;
import java.sql.SQLException;

/** Loads answers ahead through the data source's own connections. Thread-safe. */
final class AnswerRenewal implements Renewal {

  private final ConnectionSource connections;

  AnswerRenewal(ConnectionSource connections) {
    this.connections = connections;
  }

  @Override
  public long maxAgeNanos(HotAnswer answer) {
    StatementExecutor known = connections.executorIfKnown();
    return known == null ? 0 : known.age().maxNanos(answer.text().analysis(), answer.footprint());
  }

  @Override
  public double savedNanos(HotAnswer answer) {
    StatementExecutor known = connections.executorIfKnown();
    return known == null ? 0 : known.savedNanos(answer.text());
  }

  @Override
  public boolean renew(HotAnswer answer) throws SQLException {
    return connections.ask(
        (executor, connection) -> executor.loadAhead(answer.text(), answer.key(), connection));
  }
}
