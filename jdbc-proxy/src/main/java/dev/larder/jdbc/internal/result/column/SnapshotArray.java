package dev.larder.jdbc.internal.result.column;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array of a captured column, over data that nobody changes. Its elements as rows are the
 * driver's to give, on the connection that the result in memory belongs to. For one thread, as an
 * Array is.
 */
public abstract class SnapshotArray implements Array {

  private @Nullable Statement owner;

  /** One of the methods that give the elements as rows. */
  protected interface Rows {
    ResultSet of(Array own) throws SQLException;
  }

  /**
   * Says which statement the result is of.
   *
   * @param statement null for none
   */
  public final void of(@Nullable Statement statement) {
    owner = statement;
  }

  /** An element, of the same statement if it is an array itself. */
  protected final @Nullable Object owned(@Nullable Object element) {
    if (element instanceof SnapshotArray array) {
      array.of(owner);
    }
    return element;
  }

  /** Asks the driver's own array on the statement's connection. */
  protected abstract ResultSet rows(Statement statement, Rows rows) throws SQLException;

  private ResultSet rows(Rows rows) throws SQLException {
    Statement statement = owner;
    if (statement == null) {
      throw new SQLFeatureNotSupportedException("The rows of an array without a statement");
    }
    return rows(statement, rows);
  }

  @Override
  public final ResultSet getResultSet() throws SQLException {
    return rows(Array::getResultSet);
  }

  @Override
  public final ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return rows(own -> own.getResultSet(map));
  }

  @Override
  public final ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(own -> own.getResultSet(index, count));
  }

  @Override
  public final ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return rows(own -> own.getResultSet(index, count, map));
  }
}
