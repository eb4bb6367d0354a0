package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One execution of a text that asks for rows. Used by one thread. */
public interface QueryRequest {

  CachedStatement text();

  ResultShape shape();

  /** The parameters, sharing the application's values; null where they cannot be part of a key. */
  @Nullable BoundValues values();

  /** What in the statement itself asks for the driver, or null. */
  @Nullable BypassReason objection();

  /** Whether it must run on the connection it belongs to, whatever the session allows. */
  boolean needsItsConnection() throws SQLException;

  /**
   * Runs it on another connection, by a statement of its own there, which {@link
   * ResultSet#getStatement()} of the answer leads to.
   */
  ResultSet executeOn(Connection other) throws SQLException;

  /** Runs it on the database. May be called twice, where capturing the first answer failed. */
  ResultSet run() throws SQLException;
}
