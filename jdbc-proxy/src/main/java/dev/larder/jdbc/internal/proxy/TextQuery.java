package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.execution.QueryRequest;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One execution of a query whose text was given to a statement just now. Used by one thread. */
final class TextQuery implements QueryRequest {

  private final StatementExecution statement;
  private final CachedStatement text;

  TextQuery(StatementExecution statement, String sql) throws SQLException {
    this.statement = statement;
    this.text = statement.connection.know(sql);
  }

  @Override
  public CachedStatement text() {
    return text;
  }

  @Override
  public boolean needsItsConnection() throws SQLException {
    return statement.needsItsConnection();
  }

  @Override
  public ResultSet executeOn(Connection other) throws SQLException {
    return statement.runOn(other, there -> there.executeQuery(text.sql()));
  }

  @Override
  public ResultShape shape() {
    return statement.shape();
  }

  @Override
  public BoundValues values() {
    return BoundValues.NONE;
  }

  @Override
  public @Nullable BypassReason objection() {
    return statement.objection();
  }

  @Override
  public ResultSet run() throws SQLException {
    return statement.within(() -> statement.delegate().executeQuery(text.sql()));
  }
}
