package dev.larder.jdbc.internal.route;

import dev.larder.jdbc.internal.session.SessionBaseline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How a product's servers tell how far a log has come, on the primary and on what follows it: made
 * anew for each data source. Implementations are thread-safe.
 *
 * <p>Positions are numbers that grow. A replica that has come to a position shows everything that
 * the primary had answered before it told of that position.
 */
public interface Replication {

  /**
   * Where the primary's log ends.
   *
   * @param history which history of commits that is, which replicas must share; 0 where this is no
   *     primary
   * @param serverStart which run of which server answered, as connections' profiles tell it
   * @param isFlushed whether replicas can get there by themselves
   */
  record End(long position, long history, long serverStart, boolean isFlushed) {}

  /**
   * How far a replica has come.
   *
   * @param follows whether it takes what it has from a primary alone
   * @param history which history of commits it has come in
   */
  record Progress(boolean follows, long replayed, long history, long serverStart) {}

  /** Asks the primary for its log's end; with one parameter if {@link #flushes}. */
  String endQuestion();

  /** The answer to {@link #endQuestion}. */
  End end(ResultSet row) throws SQLException;

  /**
   * Whether the question for the end takes a position below which the log is to be flushed: a
   * commit of no content does that.
   */
  boolean flushes();

  /**
   * Looks at a primary before it is asked the first time on a connection.
   *
   * @throws SQLException where commits may be missing in its log
   */
  default void requireWholeLog(Connection primary) throws SQLException {}

  /** Asks a replica how far it has come. */
  String progressQuestion();

  /** The answer to {@link #progressQuestion}. */
  Progress progress(ResultSet row) throws SQLException;

  /** Whether a replica's session begins as the primary's do, so that it answers alike. */
  default boolean beginsAlike(SessionBaseline primary, SessionBaseline replica) {
    return primary.equals(replica);
  }

  /** Whether a statement without tables fixes the snapshot of a transaction that has none yet. */
  boolean anyStatementFixesSnapshot();
}
