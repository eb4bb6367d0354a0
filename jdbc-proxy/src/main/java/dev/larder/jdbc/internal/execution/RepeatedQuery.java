package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that was executed before, once more, by statements of Larder's own. For one thread. */
final class RepeatedQuery implements QueryRequest, AutoCloseable {

  private final CachedStatement text;
  private final CacheKey key;
  private final LogicalConnection connection;
  private final boolean prepares;
  private final List<Statement> opened = new ArrayList<>(1);

  /**
   * @param key what the answer is kept by, frozen
   */
  RepeatedQuery(CachedStatement text, CacheKey key, LogicalConnection connection) {
    this(text, key, connection, !key.parameters().isEmpty());
  }

  /**
   * @param prepares whether by a prepared statement
   */
  RepeatedQuery(
      CachedStatement text, CacheKey key, LogicalConnection connection, boolean prepares) {
    this.text = text;
    this.key = key;
    this.connection = connection;
    this.prepares = prepares;
  }

  CacheKey key() {
    return key;
  }

  @Override
  public CachedStatement text() {
    return text;
  }

  @Override
  public ResultShape shape() {
    return key.shape();
  }

  @Override
  public BoundValues values() {
    return key.parameters();
  }

  @Override
  public @Nullable BypassReason objection() {
    return null;
  }

  @Override
  public boolean needsItsConnection() {
    return false;
  }

  @Override
  public ResultSet run() throws SQLException {
    return executeOn(connection.physical().connection());
  }

  @Override
  public ResultSet executeOn(Connection other) throws SQLException {
    ResultShape shape = key.shape();
    Statement statement =
        prepares
            ? other.prepareStatement(text.sql(), shape.type(), shape.concurrency())
            : other.createStatement(shape.type(), shape.concurrency());
    opened.add(statement);
    if (shape.maxRows() > 0) {
      statement.setMaxRows((int) Math.min(Integer.MAX_VALUE, shape.maxRows()));
    }
    if (shape.maxFieldSize() > 0) {
      statement.setMaxFieldSize(shape.maxFieldSize());
    }
    if (statement instanceof PreparedStatement prepared) {
      key.parameters().replay(prepared);
      return prepared.executeQuery();
    }
    return statement.executeQuery(text.sql());
  }

  @Override
  public void close() throws SQLException {
    for (Statement each : opened) {
      each.close();
    }
  }
}
